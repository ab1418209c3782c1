"""The new wording that an amending act quotes: content of the act, not its structure."""

from __future__ import annotations

import re

_QUOTE = re.compile('[“”"„‟″«»]')
_PART = re.compile(
    r"\s?(?:(?:Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|TIỂU MỤC|Phần|PHẦN|Khoản|Điểm|Phụ lục"
    r"|PHỤ LỤC)\s"
    r"|\d{1,3}[a-zđ]?[.)]|[a-zđ]\d?\))"
)


def find_quoted_wording(text: str) -> tuple[tuple[int, int], ...]:
    r"""Return the spans of quotations that begin a line or open with a part of an act.

    Clerks close a quotation with whatever mark is at hand, so its place tells an opening mark
    from a closing one. A quotation that is never closed gives no span.

    >>> text = 'Sửa Điều 5 như sau:\n“Điều 5. Tên\n1. Nội dung”.\nĐiều 2. Thi hành'
    >>> [text[start:end] for start, end in find_quoted_wording(text)]
    ['“Điều 5. Tên\n1. Nội dung”']
    """
    spans: list[tuple[int, int]] = []
    begin, depth = -1, 0
    for match in _QUOTE.finditer(text):
        at = match.start()
        opens = _opens(text, at)
        quotes_part = opens and bool(_PART.match(text, at + 1))
        if opens and (quotes_part or (depth == 0 and _begins_line(text, at))):
            # New wording never quotes new wording: the one before was left open.
            if depth:
                spans.append((begin, at))
            begin, depth = at, 1
        elif depth:
            depth += 1 if opens else -1
            if depth == 0:
                spans.append((begin, at + 1))
    return tuple(spans)


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (not before or before.isspace() or before in "([:") and bool(after.strip())


def _begins_line(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"
