"""Measure a build from nothing and an update of it: time by stage, memory, bytes of each part.

    python -m tests.benchmarks.measure_build --docs EXPORT [--jobs 2] [--changes 100]
        [--former TREE] [--keep DIR]

Builds the export into a new index, then updates that from a copy of the export in which as many
documents are changed as `--changes` says. Memory is what all processes take together, shared pages
divided among them (PSS), looked at twice a second. `--former` is a checked-out tree of an earlier
version, whose build is measured in the same way with the same Python. `--keep` is where the indexes
stay; otherwise they go.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS_BETWEEN_LOOKS = 0.5
_MIB = 2**20
_PROJECT = Path(__file__).parents[2]
# What each ending of a file in a generation holds; the first that fits counts.
_PARTS = {
    ".shard": "shards of the engine",
    ".trm": "Whoosh: terms",
    ".pst": "Whoosh: postings",
    ".col": "Whoosh: columns and stored fields",
    ".words": "words for suggestions",
    ".offers": "listings for completion",
    ".arrays": "completion, suggestions, deletions",
}
_REST = "descriptions"


class Run(NamedTuple):
    """What one command took."""

    report: dict[str, Any]
    seconds: float
    cpu_seconds: float
    """Of all processes, as far as they were seen: about."""
    peak_bytes: int


def main() -> None:
    """Run the measurement and print tables."""
    arguments = _read_arguments()
    with tempfile.TemporaryDirectory() as folder:
        kept = arguments.keep or Path(folder)
        index = kept / "index"
        how = ["--jobs", str(arguments.jobs), "--json"]
        text = _count_text(arguments.docs)
        build = ["build", str(arguments.docs), *how, "--into"]
        _tell_run("build from nothing", run_command(_PROJECT, [*build, str(index)]))
        _tell_parts(index, text)
        changed = Path(folder) / f"changed-{arguments.docs.name}"
        _change_documents(arguments.docs, changed, arguments.changes)
        update = ["update", str(changed), *how, "--index", str(index)]
        _tell_run(f"update of {arguments.changes} documents", run_command(_PROJECT, update))
        if arguments.former:
            run = run_command(arguments.former, [*build, str(kept / "former")])
            _tell_run("former build from nothing", run)
            _tell_parts(kept / "former", text)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--changes", type=int, default=100)
    parser.add_argument("--former", type=Path)
    parser.add_argument("--keep", type=Path)
    return parser.parse_args()


def run_command(tree: Path, arguments: list[str]) -> Run:
    """Run the command line of a tree and return its report and what it took."""
    started = time.monotonic()
    command = [sys.executable, "-m", "indexer", *arguments]
    with subprocess.Popen(command, cwd=tree, stdout=subprocess.PIPE) as process:
        peak, worked = 0, dict[int, float]()
        while process.poll() is None:
            family = list(_family(process.pid))
            peak = max(peak, sum(map(_proportional_bytes, family)))
            worked |= {each: _cpu_seconds(each) or worked.get(each, 0.0) for each in family}
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        output = process.stdout.read() if process.stdout else b""
    return Run(json.loads(output), time.monotonic() - started, sum(worked.values()), peak)


def _family(process: int) -> Iterator[int]:
    """Yield a process and all that it and its children started."""
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return
    for child in children.split():
        yield from _family(int(child))


def _proportional_bytes(process: int) -> int:
    """Return a process's share of the memory; 0 for one that has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _cpu_seconds(process: int) -> float:
    """Return how long a process has worked; 0 for one that has ended."""
    try:
        line = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    # Its name may hold anything; behind it, the twelfth and thirteenth numbers are ticks.
    user, system = line.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _tell_run(name: str, run: Run) -> None:
    peak = f"peak {run.peak_bytes / _MIB:.0f} MiB"
    sys.stdout.write(f"\n{name}: {run.seconds:.1f} s, {run.cpu_seconds:.0f} s of CPU, {peak}\n")
    for stage, seconds in run.report.get("stages", {}).items():
        sys.stdout.write(f"  {stage}\t{seconds:.1f} s\n")


def _count_text(docs: Path) -> int:
    """Return how many bytes the texts of an export take."""
    with gzip.open(docs) if docs.suffix == ".gz" else docs.open("rb") as lines:
        return sum(len((json.loads(line).get("text") or "").encode()) for line in lines)


def count_parts(generation: Path) -> Counter[str]:
    """Return the bytes of a generation's files by what they hold."""
    sizes: Counter[str] = Counter()
    for path in generation.iterdir():
        sizes[_PARTS.get(path.suffix, _REST)] += path.stat().st_size
    return sizes


def _tell_parts(index: Path, text: int) -> None:
    name = (index / "CURRENT").read_text(encoding="ascii")
    sizes = count_parts(index / "generations" / name)
    total = sum(sizes.values())
    for part, size in sizes.most_common():
        sys.stdout.write(f"  {part}\t{size / 1e6:.1f} MB\n")
    sys.stdout.write(f"  together\t{total / 1e6:.1f} MB, {total / text:.2f} x the text\n")


def _change_documents(docs: Path, changed: Path, count: int) -> None:
    """Write the export with a sentence more in some documents, spread evenly."""
    opened = gzip.open if docs.suffix == ".gz" else open
    with opened(docs, "rb") as lines:
        total = sum(1 for _ in lines)
    with opened(docs, "rb") as lines, opened(changed, "wb") as out:
        for number, line in enumerate(lines):
            if number * count // total != (number + 1) * count // total:
                document = json.loads(line)
                document["text"] = f"{document.get('text') or ''} Bổ sung một câu."
                out.write(f"{json.dumps(document)}\n".encode())
            else:
                out.write(line)


if __name__ == "__main__":
    main()
