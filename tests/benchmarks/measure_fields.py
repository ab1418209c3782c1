"""Measure which fields of a record are right, on whole documents that others labelled.

    python -m tests.benchmarks.measure_fields [--show] [--raw]

The documents lie beside the project (../shared/data). Only their text is given to the reader,
never the portal's title or fields. Where the label is not what the text says, and we looked,
`labels/labelled_corrections.tsv` has the right value; --raw leaves these out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.reading.metadata.dates import read_date
from indexer.reading.metadata.number import number_keys
from indexer.reading.metadata.record import describe_entry
from indexer.records import SourceEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from indexer.records import CouncilDocument

LABELLED = Path(__file__).parents[3] / "shared" / "data" / "labelled_documents.jsonl.gz"
CORRECTIONS = Path(__file__).parent / "labels" / "labelled_corrections.tsv"
FIELDS = ("number", "kind", "issued_on", "effective_on")
NOT_STATED = "-"


@dataclass
class Score:
    """How often a field was right over all documents."""

    right: int = 0
    wrong: int = 0
    """A value that is not the label's, or one where the text states none."""
    missing: int = 0
    absent: int = 0
    """Neither the text states a value nor did we give one."""
    unlabelled: int = 0
    disagreements: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Return the share of the values given that are right."""
        given = self.right + self.wrong
        return self.right / given if given else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the values stated that were found."""
        stated = self.right + self.missing + self._wrong_of_stated
        return self.right / stated if stated else 1.0

    _wrong_of_stated: int = 0

    def add(self, name: str, truth: str, found: str) -> None:
        """Count one document's field; an empty truth was never labelled."""
        if not truth:
            self.unlabelled += 1
        elif truth == found or (truth == NOT_STATED and not found):
            self.absent += truth == NOT_STATED
            self.right += truth != NOT_STATED
        else:
            self.missing += not found
            self.wrong += bool(found)
            self._wrong_of_stated += bool(found) and truth != NOT_STATED
            self.disagreements.append(f"{name}: expected {truth}, got {found or 'nothing'}")


def measure(*, corrected: bool = True) -> Mapping[str, Score]:
    """Return the score of each of FIELDS over the labelled documents, read from text alone."""
    corrections = read_corrections() if corrected else {}
    scores = {name: Score() for name in FIELDS}
    for label in read_labelled():
        document = _describe(label)
        truths = {**_truths(label), **corrections.get(label["file"], {})}
        for name, score in scores.items():
            score.add(label["file"], _key(name, truths[name]), _key(name, _found(document, name)))
    return scores


def read_labelled() -> Iterator[dict[str, Any]]:
    """Yield the labelled documents: paragraphs beside the portal's own fields."""
    with gzip.open(LABELLED, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_corrections() -> dict[str, dict[str, str]]:
    """Return the labels that we put right, by document and field; "-" is for not stated."""
    found: dict[str, dict[str, str]] = {}
    for line in CORRECTIONS.read_text(encoding="utf-8").splitlines()[1:]:
        document, name, value, _ = line.split("\t")
        found.setdefault(document, {})[name] = value
    return found


def _describe(label: Mapping[str, Any]) -> CouncilDocument:
    text = "\n".join(label["paragraphs"])
    return describe_entry(SourceEntry(label["file"], label["file"], "0" * 64, "", text))


def _truths(label: Mapping[str, Any]) -> dict[str, str]:
    effective = read_date(label["effective"] or "")
    return {
        "number": label["number"].rstrip("."),
        "kind": label["type"].lower(),
        "issued_on": label["issued"] or "",
        "effective_on": effective.isoformat() if effective else "",
    }


def _found(document: CouncilDocument, name: str) -> str:
    value = getattr(document, name)
    return "" if value in (None, "không rõ") else str(value)


def _key(name: str, value: str) -> str:
    """Return what is compared: numbers by their key, which folds look-alike letters."""
    return number_keys(value)[0] if name == "number" and value not in ("", NOT_STATED) else value


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line a field, and with --show each disagreement."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--show", action="store_true", help="list each disagreement")
    parser.add_argument("--raw", action="store_true", help="leave our corrections of labels out")
    options = parser.parse_args(arguments)
    if not LABELLED.is_file():
        sys.stderr.write("needs ../shared/data/labelled_documents.jsonl.gz beside the project\n")
        return 1
    scores = measure(corrected=not options.raw)
    sys.stdout.writelines(f"{line}\n" for line in _table(scores))
    if options.show:
        for name, score in scores.items():
            sys.stdout.writelines(f"{name}\t{line}\n" for line in score.disagreements)
    return 0


def _table(scores: Mapping[str, Score]) -> Iterable[str]:
    yield "field\tright\twrong\tmissing\tnot stated\tno label\tprecision\trecall"
    for name, score in scores.items():
        counts = (score.right, score.wrong, score.missing, score.absent, score.unlabelled)
        shares = (f"{score.precision:.1%}", f"{score.recall:.1%}")
        yield "\t".join((name, *map(str, counts), *shares))


if __name__ == "__main__":
    sys.exit(main())
