"""How often Whoosh's own matcher had to answer since an index was made: DIR/fallbacks.json.

Counted by every process that serves, by kind of query node; `stats` shows it. A number that rises
says that readers ask for something no kernel takes.
"""

from __future__ import annotations

import fcntl
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FILE = "fallbacks.json"


def note_fallback(index: Path, kind: str) -> None:
    """Count one more of this kind, where the directory can be written to."""
    try:
        with (index / _FILE).open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            counts = _parse(file.read())
            counts[kind] = counts.get(kind, 0) + 1
            file.truncate(0)
            file.write(json.dumps(counts))
    except OSError:
        return  # Whoever serves need not own the index, and an answer is worth more than its count.


def read_fallbacks(index: Path) -> dict[str, int]:
    """Return the counts by kind of node; none where nothing was counted."""
    try:
        return _parse((index / _FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return {}


def _parse(text: str) -> dict[str, int]:
    try:
        counts = json.loads(text or "{}")
    except ValueError:
        return {}  # Cut off in the middle of a write: counting begins anew.
    known = counts.items() if isinstance(counts, dict) else ()
    return {str(kind): count for kind, count in known if isinstance(count, int)}
