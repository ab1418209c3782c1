"""Days as people and programs write them in manifests, exports and page headers."""

from __future__ import annotations

import re

from indexer.reading.metadata.day_patterns import make_day

_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d{4})")
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})[/.-](?P<m>\d{1,2})[/.-](?P<d>\d{1,2})")
# Excel and databases add the hour to a day.
_HOUR = r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AP]M|Z|[+-]\d{2}:?\d{2})?)?"
_FORMS = tuple(
    re.compile(form.pattern + _HOUR, re.IGNORECASE) for form in (_DAY_FIRST, _YEAR_FIRST)
)


def read_stated_date(text: str) -> str | None:
    """Return the day as YYYY-MM-DD; None when the text is no possible day from 1945 to 2100.

    >>> read_stated_date("5/7/2023"), read_stated_date("2023-07-05"), read_stated_date("31/2/2023")
    ('2023-07-05', '2023-07-05', None)
    """
    for form in _FORMS:
        found = form.fullmatch(text.strip())
        if found:
            day = make_day(found["y"], found["m"], found["d"])
            return day.isoformat() if day else None
    return None
