"""A source becomes the files and entries that wait to be read.

A source is a corpus folder (with a manifest), any folder of files, or a `.jsonl` export.
Nothing vanishes silently: what can't be taken comes out as a Refusal with its reason.
"""

from __future__ import annotations

import itertools
import os
import unicodedata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from indexer.errors import SourceError, UnreadableSourceError
from indexer.reading.export import EXPORT_ENDINGS, is_export, read_changes, read_export
from indexer.reading.file_check import examine_file
from indexer.reading.manifest import ManifestLine, find_manifest, read_manifest
from indexer.reading.overrides import OVERRIDES_NAME, correct_source, read_overrides
from indexer.records import Refusal, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.reading.export import KnownEntry, Recall
    from indexer.records import Source

_Item = TypeVar("_Item")
_CLUTTER = frozenset({"thumbs.db", "desktop.ini"})
_LOCK = "~$"
# Control characters, line and paragraph separators, and stray bytes that are not UTF-8.
_NO_TEXT = frozenset({"Cc", "Zl", "Zp", "Cs"})


_FolderId = tuple[int, int]
"""Device and number of a folder, whatever path leads to it."""


def find_sources(source: Path) -> Iterator[Source | Refusal]:
    """Return what the source holds, in an order that depends on its content alone.

    A corpus folder gives its manifest's order, any other folder the order of its paths, an export
    its lines, one at a time. SourceError when there is no such source, ManifestError when its
    manifest can't be used; both before the first item.
    """
    if not source.exists():
        raise SourceError(f"{source}: no such folder or export; check the spelling")
    items = _find_items(source)
    overrides = read_overrides(source)
    return overrides.apply(items) if overrides else items


def find_changes(source: Path, recall: Recall) -> Iterator[Source | KnownEntry | Refusal]:
    """Return what `find_sources` does, but of an export's known lines only what is known of them.

    Where there are corrections, a line alone does not tell what comes of it, so none is known.
    """
    if is_export(source) and source.is_file() and not read_overrides(source):
        return _start(read_changes(source, recall))
    return iter(find_sources(source))


def _find_items(source: Path) -> Iterator[Source | Refusal]:
    if source.is_dir():
        manifest = find_manifest(source)
        return _corpus_files(source, read_manifest(manifest)) if manifest else _folder_files(source)
    if is_export(source) and source.is_file():
        return _start(read_export(source))
    raise SourceError(
        f"{source}: neither a folder nor a {' or '.join(EXPORT_ENDINGS)} export; "
        "give the folder it lies in, or `inspect` the file"
    )


def read_single(path: Path) -> SourceFile:
    """Return one file, with the facts of the manifest that names it where there is one.

    Corrections beside the manifest count as well. SourceError when it is no file, or one that an
    index could not take.
    """
    if not path.is_file():
        raise SourceError(f"{path}: no such file; check the spelling")
    # A link stays what it is: the manifest names the link, not its target.
    whole = path.parent.resolve() / path.name
    try:
        return _find_in_corpus(whole) or correct_source(
            _take_file(whole.parent, whole.name), whole.parent
        )
    except UnreadableSourceError as error:
        raise SourceError(f"{path}: {error}") from error


def _start(items: Iterator[_Item]) -> Iterator[_Item]:
    """Return the same items with the first one fetched, so that errors come at once."""
    first = list(itertools.islice(items, 1))
    return itertools.chain(first, items)


def _find_in_corpus(path: Path) -> SourceFile | None:
    for folder in path.parents:
        manifest = find_manifest(folder)
        if manifest is None:
            continue
        wanted = _composed(path.relative_to(folder).as_posix())
        for line in read_manifest(manifest):
            if isinstance(line, ManifestLine) and _composed(line.fields.path) == wanted:
                return correct_source(_take_listed(folder, line), folder)
        return None
    return None


def _corpus_files(root: Path, lines: list[ManifestLine | Refusal]) -> Iterator[Source | Refusal]:
    """Yield the manifest's files, then refusals for files beside them that it does not name."""
    for line in lines:
        if isinstance(line, Refusal):
            yield line
            continue
        try:
            yield _take_listed(root, line)
        except UnreadableSourceError as error:
            yield Refusal(_readable(line.fields.path), str(error))
    listed = [line.fields.path for line in lines if isinstance(line, ManifestLine)]
    yield from _unlisted_files(root, listed)


def _take_listed(root: Path, line: ManifestLine) -> SourceFile:
    fields = line.fields
    location, sha256 = examine_file(root, fields.path)
    if fields.sha256 not in {"", sha256}:
        raise UnreadableSourceError(
            f"its sha256 is not the one at {line.place}; fetch the file again or correct the line"
        )
    return SourceFile(
        id=fields.id,
        path=fields.path,
        location=location,
        sha256=sha256,
        facts=fields.facts,
        origin=fields.origin,
        sample=fields.sample,
    )


def _unlisted_files(root: Path, listed: list[str]) -> Iterator[Refusal]:
    """Yield a refusal for each file that lies in a folder of documents but is not named."""
    known = {_composed(path) for path in listed}
    folders = {PurePosixPath(path).parts[0] for path in listed if "/" in path}
    # A folder that is not there was reported with each file that should lie in it.
    for folder in sorted(name for name in folders if (root / name).is_dir()):
        for path, wrong in sorted(_walk(root, folder)):
            if wrong:
                yield Refusal(_readable(path), wrong)
            elif _composed(path) not in known:
                reason = "not named in the manifest; add a line for it or move it away"
                yield Refusal(_readable(path), reason, skipped=True)


def _folder_files(root: Path) -> Iterator[Source | Refusal]:
    for path, wrong in sorted(_walk(root, "")):
        if path == OVERRIDES_NAME:
            continue
        if wrong:
            yield Refusal(_readable(path), wrong)
            continue
        try:
            yield _take_file(root, path)
        except UnreadableSourceError as error:
            yield Refusal(_readable(path), str(error))


def _take_file(root: Path, path: str) -> SourceFile:
    if _readable(path) != path:
        raise UnreadableSourceError(
            "its name holds a line break, a control character or stray bytes, not UTF-8; rename it"
        )
    location, sha256 = examine_file(root, path)
    return SourceFile(id=path, path=path, location=location, sha256=sha256)


def _walk(root: Path, start: str) -> Iterator[tuple[str, str]]:
    """Yield the path of each file below a folder of the root, and what is wrong with it.

    Links to folders are not followed: inside, their files are found by their own paths. A folder
    mounted into itself is not entered again.
    """
    waiting: list[tuple[str, frozenset[_FolderId]]] = [(start, frozenset())]
    while waiting:
        folder, above = waiting.pop()
        try:
            entries = list(os.scandir(root / folder))
            above |= {_enter(root / folder, above)}
        except UnreadableSourceError as error:
            yield folder, str(error)
            continue
        except OSError as error:
            yield folder, f"a folder that can't be opened ({error.strerror}); check its permissions"
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if _is_clutter(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((path, above))
            # os.path answers where DirEntry raises: a link may lead to itself.
            elif not os.path.isdir(entry.path):  # noqa: PTH112 - Path.is_dir raises before 3.12
                yield path, ""
            elif not Path(os.path.realpath(root / path)).is_relative_to(os.path.realpath(root)):
                yield path, "a link out of the folder; put the files themselves there"


def _enter(folder: Path, above: frozenset[_FolderId]) -> _FolderId:
    """Return what a folder is, by whatever path; UnreadableSourceError when it lies in itself."""
    state = folder.stat()
    identity = (state.st_dev, state.st_ino)
    if identity in above:
        raise UnreadableSourceError("a folder that lies in itself; unmount it")
    return identity


def _is_clutter(name: str) -> bool:
    return name.startswith((".", _LOCK)) or name.lower() in _CLUTTER


def _composed(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _readable(path: str) -> str:
    r"""Return the path, on one line, with a question mark for each sign that is no text.

    >>> _readable("nghị quyết\n12.pdf"), _readable("qu\udcfd.txt")
    ('nghị quyết?12.pdf', 'qu?.txt')
    """
    return "".join("?" if unicodedata.category(sign) in _NO_TEXT else sign for sign in path)
