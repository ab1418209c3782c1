"""Numbers that a browser draws before the entries of a list: they are what a text is cited by."""

from __future__ import annotations

import re
from typing import Any

from indexer.reading.extract.list_numbers import format_number

_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NO_NUMBERS = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"\s*(?:\d|[-–—+•]|[a-zđ][.)]|[IVXL]+\.|Điều\b)")
_WHOLE = re.compile(r"-?\d{1,6}")


def number_lists(root: Any) -> None:
    """Write the numbers of ordered lists into their entries.

    Lists of links are menus, and entries that are typed with their numbers keep those.
    """
    for each in list(root.iter("ol")):
        entries = [entry for entry in each if entry.tag == "li"]
        if not _NO_NUMBERS.search(each.get("style") or "") and not any(map(_needs_none, entries)):
            _number(each, entries)


def _needs_none(entry: Any) -> bool:
    text = entry.text_content()
    linked = sum(len(link.text_content()) for link in entry.iter("a"))
    return bool(_OWN_NUMBER.match(text)) or 0 < len(text.strip()) <= linked


def _number(each: Any, entries: list[Any]) -> None:
    number = _read_whole(each.get("start"), 1)
    letters = each.get("type") or ""
    end = ")" if letters in ("a", "i") else "."
    for entry in entries:
        number = _read_whole(entry.get("value"), number)
        _put_before(entry, f"{format_number(number, _STYLES.get(letters, 'decimal'))}{end} ")
        number += 1


def _put_before(entry: Any, label: str) -> None:
    """Put the label before the entry's first words, which may stand in a paragraph of their own."""
    first = entry
    while not (first.text or "").strip() and len(first) and isinstance(first[0].tag, str):
        first = first[0]
    first.text = label + (first.text or "").lstrip()


def _read_whole(stated: str | None, otherwise: int) -> int:
    found = _WHOLE.fullmatch((stated or "").strip())
    return int(found.group()) if found else otherwise
