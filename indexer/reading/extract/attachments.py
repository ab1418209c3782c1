"""The files that a page offers beside its text: the signed PDF, the annex as a table.

Links count in the content and under a label that says so ("Tệp đính kèm"); those of menus, side
columns and lists of other documents do not.
"""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from indexer.language.text import fold
from indexer.reading.extract.html_tree import BLOCKS, drop_element, read_lines
from indexer.records import Attachment

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

_FILE = re.compile(r"\.(?:pdf|docx?|rtf|odt|xlsx?|ods|zip|rar|7z)(?=$|[/?#&;])", re.IGNORECASE)
_QUOTED = re.compile(r"[\"']([^\"']{1,1000})[\"']")
_LABEL = re.compile(
    r"dinh kem|tai (?:ve|xuong|van ban|file|tep)|tep (?:tin|goc)|file (?:goc|van ban)|"
    r"van ban goc|ban (?:pdf|word|scan|goc)|toan van|download|attach"
)
_BOX_LABEL = re.compile(
    r"(?:(?:tai|xem|doc|toan|noi dung|danh sach|cac|file|tep|tap|tin|van ban|dinh kem|kem theo|ve|"
    r"xuong|goc|pdf|word|download|attachments?)\W*)+"
)
_LABEL_NAME = re.compile(r"dinh-?kem|attach|download|tai-?ve|tap-?tin|file", re.IGNORECASE)
_NAMELESS = re.compile(
    r"(?:(?:bam vao day )?(?:de )?(?:tai|xem|download|mo)\b.{0,25}|click.{0,20}|chi tiet|tai day|"
    r"file|tep|pdf|word|doc|\W*)$"
)
_FRAMES = frozenset({"nav", "header", "footer", "aside", "menu"})
_VIEWERS = ("iframe", "embed", "object")
_LONGEST_NAME = 200
_LONGEST_LABEL = 80
_LONGEST_BOX = 400
_MOST = 100
# More links than any document has: a page built to cost time.
_MOST_LINKS = 5_000
_LEVELS = 4
_BOX_LEVELS = 8


class FileLink(NamedTuple):
    """A link to a file, found before the page's frames were taken off."""

    attachment: Attachment
    anchor: Any
    """The element whose place decides whether the link is in the content."""
    labelled: bool
    """Stands in a box of attachments, or right behind words that announce one."""


def find_file_links(root: Any) -> list[FileLink]:
    """Return the page's links to files, in order.

    Addresses are made whole with the page's own where the page states it, else as written.
    """
    base = _read_base(root)
    links = []
    for element in islice(root.iter("a", *_VIEWERS), _MOST_LINKS):
        if address := _read_address(element):
            whole = _join(base, address)
            anchor = element if element.tag == "a" else element.getparent()
            attachment = Attachment(_read_name(element, whole), whole)
            links.append(FileLink(attachment, anchor, _is_announced(element)))
    return links


def choose_attachments(links: Iterable[FileLink], main: Any) -> tuple[Attachment, ...]:
    """Return the files of those links that are labelled or still in the content, each once."""
    found: dict[str, Attachment] = {}
    for link in links:
        if link.labelled or link.anchor is main or main in link.anchor.iterancestors():
            found.setdefault(link.attachment.address, link.attachment)
    return tuple(found.values())[:_MOST]


def drop_file_boxes(links: Iterable[FileLink], main: Any) -> list[str]:
    """Take what only offers files off the content ("Tải về: PDF, Word"); return its lines."""
    anchors = dict.fromkeys(link.anchor for link in links if link.anchor.tag == "a")
    taken: list[str] = []
    for anchor in anchors:
        box = _find_box(anchor, main, anchors)
        if box is not None:
            taken += read_lines(box)
            drop_element(box)
    return taken


def _find_box(anchor: Any, main: Any, anchors: Container[Any]) -> Any:
    """Return the largest block around the link that offers files and says nothing else."""
    around = [anchor, *islice(anchor.iterancestors(), _BOX_LEVELS)]
    if main not in anchor.iterancestors():
        return None
    box = None
    for element in takewhile(lambda element: element is not main, around):
        rest = _read_rest(element, anchors)
        if rest is None or (rest and not _BOX_LABEL.fullmatch(rest)):
            break
        # A link that names an act, without a label, may be all that a table says of it.
        offers = rest or not any(_is_named(each) for each in element.iter("a") if each in anchors)
        box = element if offers and element.tag in BLOCKS else box
    return box


def _read_rest(element: Any, anchors: Container[Any]) -> str | None:
    """Return the words of the element that are in no link to a file; None for too many."""
    words: list[str] = []
    depth = length = 0
    for count, (event, inner) in enumerate(etree.iterwalk(element, events=("start", "end"))):
        depth += (inner in anchors) * (1 if event == "start" else -1)
        outer = event == "end" and inner is element
        words.append("" if depth or outer else _text_at(event, inner))
        length += len(words[-1])
        if max(count, length) > _LONGEST_BOX:
            return None
    return _bare(" ".join(words)).strip(" :.,|-()[]")


def _text_at(event: str, element: Any) -> str:
    return (element.text if event == "start" else element.tail) or ""


def _is_named(anchor: Any) -> bool:
    shown = " ".join("".join(anchor.itertext()).split())
    return not (_NAMELESS.match(_bare(shown)) or _FILE.search(shown))


def _read_base(root: Any) -> str:
    """Return the address that the page's links start from; empty when the page doesn't tell."""
    stated = [
        *(base.get("href") for base in root.iter("base")),
        *(link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"),
        *(meta.get("content") for meta in root.iter("meta") if meta.get("property") == "og:url"),
    ]
    return next((address for address in stated if address and "://" in address), "")


def _read_address(element: Any) -> str:
    """Return where the element's file is; empty when it leads to no file."""
    href = (element.get("href") or element.get("src") or element.get("data") or "").strip()
    if href and not href.lower().startswith("javascript:"):
        return href if _FILE.search(unquote(href)) else ""
    script = href + (element.get("onclick") or "")
    quoted = [text for text in _QUOTED.findall(script) if _FILE.search(unquote(text))]
    # downloadfile('name.pdf', '/folder/name.pdf'): the one with a folder is the address.
    return max(quoted, key=lambda text: text.count("/"), default="")


def _is_announced(element: Any) -> bool:
    """Return whether a label stands over the link, and no menu or footer around it."""
    around = list(element.iterancestors())
    if any(ancestor.tag in _FRAMES for ancestor in around):
        return False
    return any(_is_labelled(ancestor) for ancestor in [element, *around[:_LEVELS]])


def _is_labelled(element: Any) -> bool:
    """Return whether the element is a box of attachments, by its name or the words before it."""
    if any(_LABEL_NAME.search(element.get(name) or "") for name in ("class", "id")):
        return True
    before = element.getprevious()
    pieces = before.itertext() if before is not None else ()
    heading = "".join(islice(pieces, _LONGEST_LABEL))
    words = f"{heading} {before.tail or ''}" if before is not None else ""
    own = element.text or ""
    return any(_LABEL.search(_bare(text)) for text in (words, own) if len(text) <= _LONGEST_LABEL)


def _read_name(element: Any, address: str) -> str:
    """Return what the link calls the file, or the file's own name where it says only "Tải về"."""
    shown = (" ".join(text.split()) for text in _names(element))
    named = next((text for text in shown if text and not _NAMELESS.match(_bare(text))), "")
    return (named or _file_name(address))[:_LONGEST_NAME]


def _names(element: Any) -> Iterator[str]:
    yield "".join(element.itertext())
    yield element.get("title") or ""
    yield element.get("download") or ""


def _file_name(address: str) -> str:
    parts = re.split(r"[/=&?]", unquote(address))
    return next((part for part in reversed(parts) if _FILE.search(part)), address)


def _join(base: str, address: str) -> str:
    try:
        whole = urljoin(base, address)
        return whole if urlsplit(whole).scheme in {"", "http", "https"} else address
    except ValueError:  # "http://[" and the like
        return address


def _bare(text: str) -> str:
    return fold(text).lower().strip()
