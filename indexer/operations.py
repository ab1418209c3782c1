"""What operators do: build, update, check and roll back an index, and look at its state."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from indexer.answers.facets import UNKNOWN
from indexer.content_key import Fingerprint
from indexer.errors import DamagedIndexError, SourceError
from indexer.pipeline import ReadReport, Work, read_sources, silent
from indexer.reading.sources import find_sources
from indexer.reports import BuildReport, IndexStats
from indexer.search_records import FACETS
from indexer.settings import read_settings
from indexer.store.engine.whoosh_engine import WhooshEngine
from indexer.store.engine.whoosh_writer import create_index, list_segments, publish_segments
from indexer.store.generations import (
    LIBRARY,
    begin_generation,
    current_generation,
    current_name,
    generation_path,
    kept_generations,
    link_generation,
    publish_generation,
    read_generation,
    verify_generation,
    write_lock,
)
from indexer.store.generations import roll_back as roll_back_generation
from indexer.store.library import Library, Member
from indexer.writing import SEGMENT_DOCUMENTS, write_segments, write_sidecars

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from indexer.reports import Progress

# More small segments than this are rewritten as one, so that updates never slow the search.
_SMALL_SEGMENTS = 4


def build_index(
    source: Path, index: Path, *, jobs: int = 1, progress: Progress = silent
) -> BuildReport:
    """Index the whole source into a new generation and let it serve.

    When no source gives a document, an index already there stays as it is. SourceError,
    LockedIndexError and DamagedIndexError say what prevents a build.
    """
    started = time.monotonic()
    work = Work(read_settings().extract, jobs, progress)
    find_sources(source)  # A source that can't be used leaves no empty index behind.
    with write_lock(index), Library(index / LIBRARY) as library:
        read = _read(source, library, work)
        before = _members(index, library)
        name = current_name(index)
        if read.members or name is None:
            name = _write_whole(index, library, read, work)
        return _report(read, before, name, time.monotonic() - started)


def update_index(
    source: Path, index: Path, *, jobs: int = 1, progress: Progress = silent
) -> BuildReport:
    """Bring the index up to date with its source: add the new, redo the changed, drop the gone.

    A document whose file is still there but could not be read this time stays as it was. The
    cost is that of the change: unchanged segments are shared with the generation before.
    """
    started = time.monotonic()
    work = Work(read_settings().extract, jobs, progress)
    with write_lock(index), Library(index / LIBRARY) as library:
        current = current_generation(index)
        before = _members(index, library)
        read = _read(source, library, work)
        _keep_unreadable(read, before, export=source.is_file())
        name = current.name
        if read.members and len(before) != current.documents:
            # The library was lost and is filled again; so must the index be.
            name = _write_whole(index, library, read, work)
        elif read.members and read.fingerprint != current.fingerprint:
            name = _write_change(index, library, read, before, work)
        return _report(read, before, name, time.monotonic() - started)


def is_current(source: Path, index: Path) -> bool:
    """Tell whether the index was built from exactly this source, by this code."""
    generation = current_generation(index)
    fingerprint = Fingerprint()
    for item in find_sources(source):
        fingerprint.add(item)
    return fingerprint.value() == generation.fingerprint


def verify_index(index: Path) -> tuple[str, ...]:
    """Check the library and every file of every kept generation; return the generations' names."""
    current_generation(index)
    names = kept_generations(index)
    with Library(index / LIBRARY, writable=False) as library:
        for name in names:
            library.check(name, verify_generation(index, name).documents)
    return names


def roll_back(index: Path) -> str:
    """Let the generation before the current one serve again, and return its name."""
    return roll_back_generation(index)


def index_stats(index: Path) -> IndexStats:
    """Return what stands in the index directory."""
    generation = current_generation(index)
    engine = WhooshEngine(generation_path(index, generation.name))
    try:
        counts = engine.count_all()
    finally:
        engine.close()
    return IndexStats(
        generation=generation.name,
        built_at=generation.built_at,
        schema_version=generation.schema_version,
        documents=generation.documents,
        bytes=_count_bytes(index),
        kept_generations=kept_generations(index),
        source=generation.source,
        by_facet={
            facet: _name_unknown(counts["month" if facet == "date" else facet]) for facet in FACETS
        },
    )


def _count_bytes(index: Path) -> int:
    """Return what the directory takes on disk; generations share files."""
    states = [path.stat() for path in index.rglob("*") if path.is_file()]
    return sum({(state.st_dev, state.st_ino): state.st_size for state in states}.values())


def _name_unknown(counts: Mapping[str, int]) -> dict[str, int]:
    return {value or UNKNOWN: count for value, count in counts.items()}


def _read(source: Path, library: Library, work: Work) -> ReadReport:
    read = read_sources(source, library, work)
    if not read.found:
        raise SourceError(f"{source}: no documents there; name the folder or export that has them")
    return read


def _members(index: Path, library: Library) -> dict[str, Member]:
    name = current_name(index)
    return {member.id: member for member in library.members(name)} if name else {}


def _keep_unreadable(read: ReadReport, before: Mapping[str, Member], *, export: bool) -> None:
    """Keep documents whose source failed this time, or may lie behind an export's broken end."""
    failed = {refusal.path for refusal in read.failed}
    known = {member.id for member in read.members}
    all_stay = export and read.cut_short
    read.members += [
        m for m in before.values() if m.id not in known and (all_stay or m.path in failed)
    ]


def _write_whole(index: Path, library: Library, read: ReadReport, work: Work) -> str:
    """Write every document into a generation of its own and return its name."""
    directory = begin_generation(index)
    create_index(directory)
    keys = [member.key for member in read.members]
    new = write_segments(directory, index / LIBRARY, keys, work)
    publish_segments(directory, new, dropped=frozenset())
    write_sidecars(directory, work)
    parent = current_name(index)
    return _publish(index, directory, library, read, parent if _is_whole(index, library) else None)


def _write_change(
    index: Path, library: Library, read: ReadReport, before: Mapping[str, Member], work: Work
) -> str:
    """Write what changed beside links to the rest and return the generation's name."""
    parent = current_name(index)
    assert parent is not None  # noqa: S101 (an update begins with a current generation)
    directory = begin_generation(index)
    link_generation(index, parent, directory)
    rewritten = _find_rewritten(directory, read.members, before)
    keys = [member.key for member in read.members if member.id in rewritten]
    new = write_segments(directory, index / LIBRARY, keys, work)
    publish_segments(directory, new, dropped=rewritten)
    write_sidecars(directory, work)
    return _publish(index, directory, library, read, parent)


def _find_rewritten(
    directory: Path, members: list[Member], before: Mapping[str, Member]
) -> frozenset[str]:
    """Return the ids to take out of the segments: gone, changed or new, and small segments'."""
    now = {member.id: member.key for member in members}
    touched = {id_ for id_, member in before.items() if now.get(id_) != member.key}
    touched |= now.keys() - before.keys()
    small = [ids for count, ids in list_segments(directory) if count < SEGMENT_DOCUMENTS // 2]
    if len(small) > _SMALL_SEGMENTS:
        touched.update(*small)
    return frozenset(touched)


def _is_whole(index: Path, library: Library) -> bool:
    """Tell whether one could roll back to what serves now: its description and documents."""
    name = current_name(index)
    try:
        if name:
            library.check(name, read_generation(index, name).documents)
    except DamagedIndexError:
        return False
    return True


def _publish(
    index: Path, directory: Path, library: Library, read: ReadReport, parent: str | None
) -> str:
    library.set_members(directory.name, read.members)
    library.commit()
    generation = publish_generation(
        directory,
        source=str(read.source.resolve()),
        fingerprint=read.fingerprint,
        documents=len(read.members),
        parent=parent,
    )
    library.forget_others(kept_generations(index))
    return generation.name


def _report(
    read: ReadReport, before: Mapping[str, Member], generation: str | None, seconds: float
) -> BuildReport:
    now = {member.id: member.key for member in read.members}
    states = Counter(
        "added" if id_ not in before else "unchanged" if before[id_].key == key else "changed"
        for id_, key in now.items()
    )
    return BuildReport(
        found=read.found,
        indexed=read.found - len(read.skipped) - len(read.failed),
        skipped=tuple(read.skipped),
        failed=tuple(read.failed),
        partly=tuple(read.partly),
        generation=generation or "",
        seconds=round(seconds, 3),
        added=states["added"],
        changed=states["changed"],
        removed=len(before.keys() - now.keys()),
        unchanged=states["unchanged"],
    )
