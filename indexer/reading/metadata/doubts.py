"""What a person should look at again: fields that are missing, doubtful or disputed.

A council's own papers have a number, an issuer and a day; where the text shows one and we found
none, or found one that rests on little, a reviewer is asked. Each doubt has a weight, so that a
list can begin with the worst document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.reading.metadata.kind import NEWS
from indexer.records import UNKNOWN_KIND, CouncilDocument, Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What readers ask for, by how much they miss it.
_WEIGHTS: Mapping[str, float] = {
    "number": 1.0,
    "kind": 1.0,
    "issuer": 1.0,
    "issued_on": 1.0,
    "level": 0.8,
    "abstract": 0.5,
    "effective_on": 0.4,
    "signer": 0.3,
}
_DEFAULT_WEIGHT = 0.2
# Kinds that are written without a number, or that bear none of their own.
_UNNUMBERED = frozenset({NEWS, UNKNOWN_KIND, "biên bản", "chương trình kỳ họp", "văn bản hợp nhất"})
_OF_NEWS = ("issued_on",)
_OF_EVERY_PAPER = ("issuer", "issued_on", "level")
_DOUBTFUL_BELOW = 0.7
_POOR_OCR = 0.8


def find_doubts(document: CouncilDocument) -> tuple[Doubt, ...]:
    """Return the doubts about a record, the heaviest first; none for what a reviewer corrected.

    >>> from indexer.language.text import clean_text
    >>> paper = CouncilDocument(
    ...     id="a", path="a", sha256="", title="", text=clean_text("Số:   /NQ-HĐND"),
    ...     kind="nghị quyết", category="", level="xã", media_type="", issuer="HĐND xã Mẫu")
    >>> [(doubt.field, doubt.why) for doubt in find_doubts(paper)][:2]
    [('issued_on', 'missing'), ('number', 'missing')]
    """
    found = [*_missing(document), *_weak(document), *_disputed(document), *_unread(document)]
    return tuple(sorted(found, key=lambda doubt: -doubt.weight))


def _missing(document: CouncilDocument) -> Iterator[Doubt]:
    wanted = [*_OF_EVERY_PAPER]
    if document.kind == UNKNOWN_KIND:
        wanted.append("kind")
    elif document.kind not in _UNNUMBERED:
        wanted += ["number", "abstract", "signer"]
    for name in wanted:
        unknown = getattr(document, name) in (None, "không rõ")
        if unknown and not _is_corrected(document, name):
            yield Doubt(name, "missing", weight=_WEIGHTS[name])


def _weak(document: CouncilDocument) -> Iterator[Doubt]:
    """Yield the doubtful values; a report of the press states nothing but its day anyway."""
    names = _OF_NEWS if document.kind == NEWS else _WEIGHTS
    for name in names:
        known = document.evidence.get(name)
        if known and known.how in ("stated", "inferred") and known.confidence < _DOUBTFUL_BELOW:
            weight = _WEIGHTS[name] * (1 - known.confidence)
            yield Doubt(name, "doubtful", str(getattr(document, name)), known.quote, weight)


def _disputed(document: CouncilDocument) -> Iterator[Doubt]:
    for conflict in document.conflicts:
        weight = _WEIGHTS.get(conflict.field, _DEFAULT_WEIGHT)
        words = conflict.other_quote or conflict.other
        yield Doubt(conflict.field, "disputed", conflict.kept, words, weight)


def _unread(document: CouncilDocument) -> Iterator[Doubt]:
    if document.scans:
        pages = ", ".join(str(page + 1) for page in document.scans)
        yield Doubt("text", "unread", f"pages {pages}", weight=1.0)
    poor = [page for page, confidence in document.ocr.items() if confidence < _POOR_OCR]
    if poor:
        pages = ", ".join(str(page + 1) for page in poor)
        worst = min(document.ocr[page] for page in poor)
        yield Doubt("text", "doubtful", f"OCR of pages {pages}", weight=1 - worst)


def _is_corrected(document: CouncilDocument, name: str) -> bool:
    known = document.evidence.get(name)
    return known is not None and known.how == "corrected"
