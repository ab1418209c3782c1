"""The shorter ways that people call a document number by: "45/2024", "nq 45", "45/NQ"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.reading.metadata.number import number_keys
from indexer.reading.metadata.number_codes import kind_signs

if TYPE_CHECKING:
    from datetime import date

# A key of `number_keys`: serial, year and signs. The Party's "59-cv/tu" has no shorter form.
_KEY = re.compile(
    r"(?P<serial>\d[\da-z.]{0,8})/(?:(?P<year>(?:19|20)\d\d)/)?(?P<kind>[a-z]+\d*)(?P<rest>.*)"
)
_LETTER = "cv"
_BY_YEAR_OF_ISSUE, _SHORTER, _SPELLED_SO = 1, 2, 3


@lru_cache(maxsize=65_536)
def number_forms(number: str) -> tuple[str, ...]:
    """Return the exact keys of a number and the shorter forms it is called by, longest first.

    >>> number_forms("45/2024/NQ-HĐND")
    ('45/2024/nq-hdnd', '45/2024/nq', '45/2024', '45/nq-hdnd', '45/nq')
    >>> number_forms("59-CV/TU")
    ('59-cv/tu',)
    >>> number_forms("245/HĐND-VP")
    ('245/hdnd-vp', '245/cv', '245/hdnd')
    """
    forms: dict[str, None] = {}
    for key in number_keys(number):
        forms[key] = None
        if match := _KEY.fullmatch(key):
            serial, kind = match["serial"], match["kind"]
            if kind not in kind_signs():
                # A letter names its body alone ("245/HĐND-VP"); readers call it "cv 245".
                year = f"/{match['year']}" if match["year"] else ""
                forms |= dict.fromkeys((f"{serial}{year}/{_LETTER}", f"{serial}/{_LETTER}"))
            if match["year"]:
                forms |= dict.fromkeys((f"{serial}/{match['year']}/{kind}", key[: match.end(2)]))
            else:
                forms[f"{serial}/{kind}"] = None
    return tuple(forms)


def own_number_keys(number: str | None, issued_on: date | None) -> dict[str, int]:
    """Return the keys to find a document by its own number, the surest with the highest value.

    3 for its own spelling, 2 for a shorter form. A number without a year is known by its year of
    issue too, since readers type it so: 1.

    >>> from datetime import date
    >>> keys = own_number_keys("380/NQ-HĐND", date(2016, 12, 16))
    >>> keys["380/nq-hdnd"], keys["380/2016/nq-hdnd"], keys["380/2016"]
    (3, 1, 1)
    """
    if not number:
        return {}
    exact = number_keys(number)[0]
    keys: dict[str, int] = {}
    match = _KEY.fullmatch(exact)
    if issued_on and match and not match["year"]:
        with_year = f"{match['serial']}/{issued_on.year}/{match['kind']}{match['rest']}"
        keys = dict.fromkeys(number_forms(with_year), _BY_YEAR_OF_ISSUE)
    return keys | dict.fromkeys(number_forms(number), _SHORTER) | {exact: _SPELLED_SO}
