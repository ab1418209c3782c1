"""A reviewer's corrections, one JSON line each in a file beside the sources.

They win over manifest and text, and live through every rebuild: the file is only ever added to.
A later line for the same document and field replaces an earlier one.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.errors import SourceError, UnreadableSourceError
from indexer.language.text import compose_marks
from indexer.reading.manifest import parse_object
from indexer.reading.stated_fields import find_field, read_stated_fields
from indexer.records import KNOWN_FIELDS, Refusal, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from indexer.records import Source

OVERRIDES_NAME = "overrides.jsonl"
_NEVER_EMPTY = ("title", "kind", "category", "level")
_NOTES = ("by", "reason", "on")
"""Keys that say who corrected why and when; kept for readers of the file."""


@dataclass(slots=True)
class Overrides:
    """The corrections beside one source."""

    by_id: dict[str, dict[str, str]]
    """Each document's corrected fields, in the form of facts; "" for no value. Ids are composed,
    since one name in two spellings of Unicode is one document."""
    places: dict[str, str]
    """The last line that is about each document, by composed id."""
    refusals: list[Refusal]
    """Lines that can't be used."""

    def apply(self, items: Iterator[Source | Refusal]) -> Iterator[Source | Refusal]:
        """Yield the items with their corrections, then a refusal for each one that fits none."""
        yield from self.refusals
        waiting = dict(self.places)
        for item in items:
            # A document that can't be read today still has its corrections.
            id_ = compose_marks(item.path if isinstance(item, Refusal) else item.id)
            waiting.pop(id_, None)
            if isinstance(item, Refusal) or id_ not in self.by_id:
                yield item
            else:
                yield replace(item, corrections=self.by_id[id_])
        for id_, place in waiting.items():
            reason = f"corrects {id_!r}, but no document read has that id; mend a wrong one"
            yield Refusal(place, reason, skipped=True)


def overrides_path(source: Path) -> Path:
    """Return where the corrections of a source are kept.

    In a folder, `overrides.jsonl`; beside an export `docs.jsonl.gz`, `docs.overrides.jsonl`.
    """
    if source.is_dir():
        return source / OVERRIDES_NAME
    return source.with_name(f"{source.name.split('.jsonl')[0]}.{OVERRIDES_NAME}")


def read_overrides(source: Path) -> Overrides | None:
    """Return the corrections beside a source; None without any. SourceError when unreadable."""
    path = overrides_path(source)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SourceError(f"{path}: can't be opened ({error.strerror}); mend or move it") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        # Line by line it would only be refused, and every correction lost from the index.
        raise SourceError(f"{path}: is UTF-16; save it as UTF-8")
    found = Overrides({}, {}, [])
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            _take_line(found, f"{path.name}:{number}", line)
    return found


def _take_line(found: Overrides, place: str, line: bytes) -> None:
    try:
        id_, values = read_correction(parse_object(line))
    except UnreadableSourceError as error:
        found.refusals.append(Refusal(place, str(error)))
        return
    own = compose_marks(id_)
    found.by_id.setdefault(own, {}).update(values)
    found.places[own] = place


def read_correction(raw: Mapping[str, object]) -> tuple[str, dict[str, str]]:
    """Return the document's id and its corrected fields as facts; null and "" mean no value.

    UnreadableSourceError says what can't be.

    >>> read_correction({"id": "a.pdf", "số hiệu": "5/NQ-HĐND", "issued_on": None, "by": "VP"})
    ('a.pdf', {'number': '5/NQ-HĐND', 'issued_on': ''})
    """
    fields = read_stated_fields(raw)
    if not fields.id.strip():
        raise UnreadableSourceError("has no id; say which document it corrects")
    values: dict[str, str] = {}
    for name, value in raw.items():
        to = find_field(name)
        if to in KNOWN_FIELDS:
            values[to] = fields.facts.get(to, "")
            if to in _NEVER_EMPTY and not values[to]:
                raise UnreadableSourceError(f"leaves {to} empty, which every record has; say what")
        elif to != "id" and name not in _NOTES:
            raise UnreadableSourceError(
                f"{name!r} is no field of a record; choose from {', '.join(KNOWN_FIELDS)}"
            )
        elif name in _NOTES and not isinstance(value, str):
            raise UnreadableSourceError(f"{name} is no text; write it as one")
    if not values:
        raise UnreadableSourceError("corrects no field; name one with its right value")
    return fields.id, values


def add_correction(source: Path, correction: Mapping[str, str | None]) -> Path:
    """Add a line to the corrections beside a source and return their file.

    `correction` holds "id", fields, and who, why and when under "by", "reason" and "on".
    SourceError when it can't be, or the file can't be written.
    """
    try:
        read_correction(correction)
    except UnreadableSourceError as error:
        raise SourceError(f"the correction can't be kept: {error}") from error
    path = overrides_path(source)
    line = json.dumps(correction, ensure_ascii=False) + "\n"
    try:
        with path.open("ab+") as file:
            file.seek(0, os.SEEK_END)
            if file.tell():
                file.seek(-1, os.SEEK_END)
                # A line that was written by hand may lack its end.
                line = line if file.read(1) == b"\n" else f"\n{line}"
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SourceError(f"{path}: can't be written ({error.strerror})") from error
    return path


def correct_source(source: SourceFile, root: Path) -> SourceFile:
    """Return one file with the corrections that its corpus holds for it."""
    found = read_overrides(root)
    own = compose_marks(source.id)
    return replace(source, corrections=found.by_id.get(own, {})) if found else source
