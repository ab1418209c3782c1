"""What operators do: build, update, check and roll back an index, and look at its state."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from indexer.answers.facets import UNKNOWN
from indexer.content_key import Fingerprint
from indexer.errors import DamagedIndexError, SourceError
from indexer.known_lines import KnownLines, write_lines
from indexer.pipeline import BLOCK_DOCUMENTS, ReadReport, Work, read_sources, silent
from indexer.reading.sources import find_sources
from indexer.reports import BuildReport, IndexStats
from indexer.search_records import FACETS
from indexer.settings import read_settings
from indexer.stage_clock import StageClock
from indexer.store.engine import kernels
from indexer.store.engine.compiling import compile_kernels
from indexer.store.engine.shard_files import read_shards
from indexer.store.engine.whoosh_engine import WhooshEngine
from indexer.store.engine.whoosh_writer import create_index
from indexer.store.fallbacks import read_fallbacks
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
from indexer.writing import write_blocks, write_index

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from indexer.reports import Progress
    from indexer.store.generations import Generation


def build_index(
    source: Path,
    index: Path,
    *,
    jobs: int = 1,
    progress: Progress = silent,
    block_documents: int = BLOCK_DOCUMENTS,
) -> BuildReport:
    """Index the whole source into a new generation and let it serve.

    When no source gives a document, an index already there stays as it is. SourceError,
    LockedIndexError and DamagedIndexError say what prevents a build. So many documents are written
    at a time: a build that was killed goes on behind those that were.
    """
    started = time.monotonic()
    clock = StageClock(progress)
    work = Work(read_settings().extract, jobs, clock, block_documents)
    find_sources(source)  # A source that can't be used leaves no empty index behind.
    with write_lock(index), Library(index / LIBRARY) as library:
        read = _read(source, index, library, work)
        before = _members(index, library)
        name = current_name(index)
        if read.members or name is None:
            name = _write_whole(index, library, read, work)
    compile_kernels()  # So that whoever searches first need not wait for it.
    return _report(read, before, name, started, clock)


def update_index(
    source: Path, index: Path, *, jobs: int = 1, progress: Progress = silent
) -> BuildReport:
    """Bring the index up to date with its source: add the new, redo the changed, drop the gone.

    A document whose file is still there but could not be read this time stays as it was. The
    cost is that of the change: unchanged segments are shared with the generation before.
    """
    started = time.monotonic()
    clock = StageClock(progress)
    work = Work(read_settings().extract, jobs, clock)
    with write_lock(index), Library(index / LIBRARY) as library:
        current = current_generation(index)
        before = _members(index, library)
        read = _read(source, index, library, work, expected=current.documents)
        _keep_unreadable(read, before, export=source.is_file())
        name = current.name
        if read.members and (len(before) != current.documents or _is_worn(index, current)):
            # The library was lost and is filled again, so must the index be; or it is worn.
            name = _write_whole(index, library, read, work)
        elif read.members and read.fingerprint != current.fingerprint:
            name = _write_change(index, library, read, before, work)
        return _report(read, before, name, started, clock)


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
        shards=len(read_shards(generation_path(index, generation.name))),
        kernels="numba" if kernels.NATIVE else "numpy",
        fallbacks=read_fallbacks(index),
    )


def compile_search() -> bool:
    """Compile what searches run on, kept on disk; return False where numpy serves instead."""
    return compile_kernels()


def _count_bytes(index: Path) -> int:
    """Return what the directory takes on disk; generations share files."""
    states = [path.stat() for path in index.rglob("*") if path.is_file()]
    return sum({(state.st_dev, state.st_ino): state.st_size for state in states}.values())


def _name_unknown(counts: Mapping[str, int]) -> dict[str, int]:
    return {value or UNKNOWN: count for value, count in counts.items()}


def _read(source: Path, index: Path, library: Library, work: Work, expected: int = 0) -> ReadReport:
    read = read_sources(source, library, work, KnownLines.open(index, library), expected)
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
    write_index(directory, write_blocks(directory, index, keys, work), frozenset(), work)
    parent = current_name(index)
    work.progress("publish", 0, 1)
    return _publish(index, directory, library, read, parent if _is_whole(index, library) else None)


def _write_change(
    index: Path, library: Library, read: ReadReport, before: Mapping[str, Member], work: Work
) -> str:
    """Write what changed beside links to the rest and return the generation's name."""
    parent = current_name(index)
    assert parent is not None  # noqa: S101 (an update begins with a current generation)
    directory = begin_generation(index)
    link_generation(index, parent, directory)
    touched = _find_touched(read.members, before)
    keys = [member.key for member in read.members if member.id in touched]
    write_index(directory, write_blocks(directory, index, keys, work), touched, work)
    work.progress("publish", 0, 1)
    return _publish(index, directory, library, read, parent)


def _find_touched(members: list[Member], before: Mapping[str, Member]) -> frozenset[str]:
    """Return the ids of documents that are gone, changed or new."""
    now = {member.id: member.key for member in members}
    touched = {id_ for id_, member in before.items() if now.get(id_) != member.key}
    return frozenset(touched | (now.keys() - before.keys()))


def _is_worn(index: Path, generation: Generation) -> bool:
    """Tell whether most documents of the index are deleted ones, which take space and time.

    That comes after as many changes as there are documents.
    """
    rows = read_shards(generation_path(index, generation.name))
    return sum(row.documents for row in rows) > 2 * generation.documents


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
    write_lines(index, read.lines)
    return generation.name


def _report(
    read: ReadReport,
    before: Mapping[str, Member],
    generation: str | None,
    started: float,
    clock: StageClock,
) -> BuildReport:
    # The last stage ends with this, the whole no earlier.
    stages, seconds = clock.seconds(), time.monotonic() - started
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
        stages=stages,
        added=states["added"],
        changed=states["changed"],
        removed=len(before.keys() - now.keys()),
        unchanged=states["unchanged"],
    )
