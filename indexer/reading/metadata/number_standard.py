"""Old and local spellings of a number, and the one that all of them are looked up by.

Until about 2004 councils numbered "12 NQ/HĐND", "12-NQ/HĐND" and "12/2003/NQ/HĐND"; some wrote
their term behind it ("NQ-HĐND7", "NQ-HĐND.K8") or a T for the province's. The Party's own order
("59-CV/TU") is another class and stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.reading.metadata.number_codes import kind_signs

_COUNCILS = "hdnd|ubnd"
_TERM = r"(?P<term>[-./]?(?:k?\d{1,2}|k[ivx]{1,6})|t)"
_THOUSANDS = re.compile(r"^(\d{1,2})\.(\d{3})(?=[-/])")


@lru_cache(maxsize=1)
def _council_number() -> re.Pattern[str]:
    kinds = "|".join(sorted(map(re.escape, kind_signs()), key=len, reverse=True))
    return re.compile(
        rf"(?P<serial>\d{{1,5}}(?:\.\d{{1,2}})?[a-z]??)[-/]?(?P<year>(?:19|20)\d\d[-/])?"
        rf"(?P<kind>{kinds})[-./](?P<council>{_COUNCILS}){_TERM}?(?P<rest>[-./][^\d].*)?"
    )


def standard_keys(key: str) -> tuple[str, ...]:
    """Return a folded number in the spelling of today, then without the term behind it.

    Where the spelling is no council's, it stays as it is, but for a point between thousands.

    >>> standard_keys("12nq/hdnd"), standard_keys("24/2006/nq.hdnd7"), standard_keys("59-cv/tu")
    (('12/nq-hdnd',), ('24/2006/nq-hdnd-k7', '24/2006/nq-hdnd'), ('59-cv/tu',))
    """
    key = _THOUSANDS.sub(r"\1\2", key)
    match = _council_number().fullmatch(key)
    if match is None:
        return (key,)
    year = f"{match['year'][:4]}/" if match["year"] else ""
    plain = f"{match['serial']}/{year}{match['kind']}-{match['council']}"
    rest = (match["rest"] or "").replace(".", "-").replace("/", "-")
    term = _spell_term(match["term"] or "")
    return (f"{plain}{term}{rest}", f"{plain}{rest}") if term else (plain + rest,)


def _spell_term(term: str) -> str:
    bare = term.lstrip("-./").removeprefix("k")
    return "t" if bare == "t" else f"-k{bare}" if bare else ""
