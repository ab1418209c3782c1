"""How values look on a page: marks, dates, thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from indexer.search_records import Fragment


def mark(fragments: Iterable[Fragment]) -> Markup:
    """Return the fragments as safe HTML, the marked ones within <mark>.

    >>> from indexer.search_records import Fragment
    >>> print(mark([Fragment("a < b "), Fragment("phí", marked=True)]))
    a &lt; b <mark>phí</mark>
    """
    # Joined as plain text: Markup's own join and format take four times as long.
    return Markup(  # noqa: S704 - every text is escaped
        "".join(
            f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in fragments
        )
    )


def day(value: date) -> str:
    """Return a date as Vietnamese readers write it.

    >>> import datetime
    >>> day(datetime.date(2024, 4, 9))
    '09/04/2024'
    """
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def thousands(number: int) -> str:
    """Return a number with Vietnamese separators.

    >>> thousands(1234567)
    '1.234.567'
    """
    return f"{number:,}".replace(",", ".")


FILTERS = {"mark": mark, "day": day, "thousands": thousands}
