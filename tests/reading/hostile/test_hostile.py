"""The hostile set goes through a build: an answer for each entry, in time, from inside only."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from tests.benchmarks.measure_hostile import measure, measure_many
from tests.reading.hostile.write_set import hostile_files, write_hostile_set

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

# They take all the time that they are given; a few of them show that it ends.
SLOW = frozenset(
    [
        "table-of-itself.doc",
        "table-loop.doc",
        "far-sector.doc",
        "garbage-stream.doc",
        "nested-lists.pdf",
        "many-headers.pdf",
        "cmap-ranges.pdf",
        "cmap-cid-ranges.pdf",
        "cmap-many-ranges.pdf",
        "fan-out.pdf",
        "fax-garbage.pdf",
        "flate-bomb.pdf",
        "flate-bomb-thrice.pdf",
        "forged-pages.pdf",
        "many-lines.pdf",
        "many-objects.pdf",
        "nested-brackets.pdf",
        "object-ring.pdf",
        "picture-bomb.pdf",
        "run-length-bomb.pdf",
        "saved-states.pdf",
        "many-tags.html",
        "line-ends.txt",
        "marks.txt",
        "old-letters.txt",
        "half-pairs.txt",
        "nested.docx",
        "nested.zip",
        "bomb.gz",
        "large.png",
        "many-entries.docx",
        "many-links.html",
        "many-attributes.html",
        "many-entities.html",
        "spans.html",
        "many-fonts.rtf",
        "code-points.rtf",
        "deep-closed-groups.rtf",
        "deep-groups.rtf",
        "no-text.rtf",
        "zeros.txt",
        "many-paragraphs.docx",
        "ratio.docx",
        "ratio.odt",
        "lying-size.docx",
        "bomb.jsonl.gz",
    ]
)


def is_quick(name: str) -> bool:
    """Return whether a file is answered at once."""
    bent = re.match(r"bent-[1-9]|cut-\d{2}|.*-as\.", name)
    return name not in SLOW and not bent


def test_each_entry_gets_an_answer_of_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None aborts the batch, none is lost, and what lies outside is not read."""
    monkeypatch.setenv("HDND_EXTRACT_SECONDS", "1")
    result = measure(tmp_path, size=20_000, take=is_quick)
    assert result.total > 150
    assert result.answered == result.total
    assert (result.torn, result.leaks) == ((), ())
    _, slowest, path = result.slowest[0]
    assert slowest < 2 * (2 + 4), f"{path}: twice, for machines with much else to do"
    assert result.growth_bytes < 50 * 2**20
    reasons = {refusal.path: refusal.reason for refusal in result.refusals}
    assert "link out of the folder" in reasons["link-out.txt"]
    assert "larger than 512 MiB" in reasons["large.pdf"]
    assert "gave no text within" in reasons["files/object-loop.pdf"]


def test_reading_many_files_takes_no_more_memory(tmp_path: Path) -> None:
    """What a file took is given back."""
    _, growth = measure_many(tmp_path, 60)
    assert growth < 20 * 2**20


def test_the_set_is_the_same_each_time(tmp_path: Path) -> None:
    """A figure measured today can be measured again."""
    names = [name for name, _ in hostile_files()]
    assert len(names) == len(set(names)) > 350
    kept = [name for name in names if name.startswith(("bent", "cut", "garbage-small"))]
    assert write_hostile_set(tmp_path / "1", size=0, take=kept.__contains__) == len(kept) + 12
    time.sleep(2)  # As long as one tick of the time that archives note.
    write_hostile_set(tmp_path / "2", size=0, take=kept.__contains__)
    for name in kept:
        first, second = (tmp_path / at / "set/files" / name for at in "12")
        assert first.read_bytes() == second.read_bytes()
