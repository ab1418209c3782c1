"""A corpus folder's manifest: which files are documents, and what is known of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from indexer.errors import ManifestError, UnreadableSourceError
from indexer.language.text import compose_marks
from indexer.reading.manifest_table import read_rows
from indexer.reading.stated_fields import StatedFields, read_stated_fields
from indexer.records import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST_NAMES = ("manifest.jsonl", "manifest.csv")
_DRIVE = re.compile(r"[A-Za-z]:")


class ManifestLine(NamedTuple):
    """One file that the manifest names."""

    place: str
    """Of the line: "manifest.jsonl:17"."""
    fields: StatedFields
    """With a path that has forward slashes and no "..", and with an id."""


def find_manifest(folder: Path) -> Path | None:
    """Return the folder's manifest; None without one, ManifestError when there are two."""
    found = [folder / name for name in MANIFEST_NAMES if (folder / name).is_file()]
    if len(found) > 1:
        raise ManifestError(f"{folder}: holds {' and '.join(MANIFEST_NAMES)}; keep one of them")
    return found[0] if found else None


def read_manifest(manifest: Path) -> list[ManifestLine | Refusal]:
    """Return what each line names, in order; a Refusal for each line that can't be used.

    ManifestError when the manifest as a whole can't be used.
    """
    try:
        data = manifest.read_bytes()
    except OSError as error:
        raise ManifestError(f"{manifest}: can't be opened ({error.strerror})") from error
    read = _read_json_lines if manifest.suffix == ".jsonl" else _read_table_lines
    try:
        lines = list(read(data, manifest.name))
    except ManifestError as error:
        raise ManifestError(f"{manifest}: {error}") from error
    if not lines:
        raise ManifestError(f"{manifest}: names no file; add a line for each, or remove it")
    return list(_refuse_repeats(lines))


def _read_json_lines(data: bytes, name: str) -> Iterator[ManifestLine | Refusal]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ManifestError("is UTF-16; save it as UTF-8")
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield _settle(f"{name}:{number}", line)


def _settle(place: str, line: bytes) -> ManifestLine | Refusal:
    try:
        return ManifestLine(place, _check_path(read_stated_fields(parse_object(line))))
    except UnreadableSourceError as error:
        return Refusal(place, str(error))


def parse_object(line: bytes) -> dict[str, object]:
    """Return the JSON object of a line; UnreadableSourceError when it is none.

    >>> parse_object(b'{"path": "a.pdf"}')
    {'path': 'a.pdf'}
    """
    try:
        parsed: object = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(f"not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise UnreadableSourceError(
            f"not JSON: {error.msg} at character {error.pos + 1}; write one object a line"
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableSourceError("JSON that can't be read; write one flat object") from error
    if not isinstance(parsed, dict):
        raise UnreadableSourceError('no JSON object; write one object a line: {"path": "…"}')
    return parsed


def _read_table_lines(data: bytes, name: str) -> Iterator[ManifestLine | Refusal]:
    for number, cells, wrong in read_rows(data):
        place = f"{name}:{number}"
        if wrong:
            yield Refusal(place, wrong)
            continue
        try:
            yield ManifestLine(place, _check_path(read_stated_fields(cells)))
        except UnreadableSourceError as error:
            yield Refusal(place, str(error))


def _check_path(fields: StatedFields) -> StatedFields:
    """Return the fields with a plain relative path and an id."""
    path = fields.path.strip().replace("\\", "/")
    plain = PurePosixPath(path).as_posix()
    if not path or plain == ".":
        raise UnreadableSourceError("names no path; say which file it is about")
    if any(ord(letter) < ord(" ") for letter in path):
        raise UnreadableSourceError("its path holds a line break or a control character; mend it")
    if plain.startswith("/") or _DRIVE.match(plain) or ".." in PurePosixPath(plain).parts:
        raise UnreadableSourceError(
            f"{path!r} points outside of the corpus folder; put the file into it"
        )
    return replace(fields, path=plain, id=fields.id or plain)


def _refuse_repeats(lines: list[ManifestLine | Refusal]) -> Iterator[ManifestLine | Refusal]:
    """Yield the lines, later ones that name a file or an id again as refusals."""
    paths: dict[str, str] = {}
    ids: dict[str, str] = {}
    for line in lines:
        if isinstance(line, Refusal):
            yield line
            continue
        place, fields = line
        # One name in two spellings of Unicode is one file.
        path, own = compose_marks(fields.path), compose_marks(fields.id)
        if path in paths:
            yield Refusal(place, f"names {fields.path!r} again, after {paths[path]}")
        elif own in ids:
            yield Refusal(place, f"gives the id {fields.id!r} again, after {ids[own]}")
        else:
            paths[path] = ids[own] = place
            yield line
