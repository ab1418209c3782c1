"""Where sentences begin: the units that snippets are made of."""

from __future__ import annotations

import re
from bisect import bisect_right

# Behind these a full stop is no end: "TP. Huế", "ThS. Y", "khoản 2.1", "Điều 5."
_SHORTENED = re.compile(
    r"(?:^|[\s(\"“])(?:TP|Tp|tp|TX|TT|ThS|TS|PGS|GS|BS|KS|CN|v\.v|\d{1,3}(?:\.\d{1,3})*"
    r"|[a-zđA-ZĐ]|[IVX]{1,5}|(?:Điều|Khoản|Mục|Chương|Phần)\s[\dIVX]{1,5})$"
)
_CANDIDATE = re.compile(r"\n\s*|(?<=[.?!;…])[”\")’]?\s+")
_BEGINS_A_PART = re.compile(
    r"(?:Điều|Chương|Mục|Phần|Khoản|Căn cứ|Xét|Phụ lục)\b"
    r"|[-–—+•*] |\d{1,3}(?:\.\d{1,3})*[.)] |[a-zđ]\) "
)
_LOOK_BACK = 24


class Sentences:
    """The sentences of a text. A paragraph always ends one."""

    def __init__(self, text: str) -> None:
        """Take the text as a whole; time grows with its length."""
        self.starts = [0]
        self.starts += [m.end() for m in _CANDIDATE.finditer(text) if _ends_here(text, m)]
        self._length = len(text)

    def around(self, offset: int) -> tuple[int, int]:
        """Return where the sentence that holds an offset begins, and where the next one does."""
        at = bisect_right(self.starts, offset) - 1
        return self.starts[at], self._end(at)

    def end_before(self, offset: int) -> int:
        """Return the last place, at the offset or before it, where one sentence follows another."""
        return (
            self.starts[bisect_right(self.starts, offset) - 1] if offset < self._length else offset
        )

    def _end(self, at: int) -> int:
        return self.starts[at + 1] if at + 1 < len(self.starts) else self._length


def _ends_here(text: str, gap: re.Match[str]) -> bool:
    before = text[max(0, gap.start() - _LOOK_BACK) : gap.start()]
    if "\n" in gap.group():
        if gap.group().count("\n") > 1 or not before:
            return True
        # A wrapped line goes on; one that ends a clause or stands before a numbered one does not,
        # nor does a heading in capitals, nor a letterhead.
        ends = before[-1] in ".;:?!…" or bool(_BEGINS_A_PART.match(text, gap.end()))
        after = text[gap.end() : gap.end() + _LOOK_BACK].partition("\n")[0]
        return ends or before.rpartition("\n")[2].isupper() != after.isupper()
    return not (before.endswith(".") and _SHORTENED.search(before[:-1]))
