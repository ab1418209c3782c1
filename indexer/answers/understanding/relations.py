"""What an act does to the one whose number stands beside: "thay thế 44/2019/NQ-HĐND".

The words put the acts that say so before other citers. They are no condition: the act itself
is an answer, too, and does not say that it was replaced.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.answers.ranking import PREFER
from indexer.answers.understanding.meanings import Meaning, name_meaning, phrase
from indexer.query_records import Preference
from indexer.reading.metadata.loose_letters import accept_bare

if TYPE_CHECKING:
    from indexer.answers.understanding.meanings import Asked

_RELATIONS = (
    *("sửa đổi, bổ sung", "sửa đổi bổ sung", "sửa đổi", "bổ sung", "thay thế", "bãi bỏ"),
    *("đính chính", "kéo dài", "hết hiệu lực", "hướng dẫn", "căn cứ"),
)
_RELATION = re.compile(
    rf"(?<![^\W_])(?:(?:{accept_bare('bị|được')}) )?({accept_bare('|'.join(_RELATIONS))})(?![^\W_])"
)


def find_relations(asked: Asked) -> list[Meaning]:
    """Return the relations named in a query that holds a document's number."""
    return [_relation(asked, match) for match in _RELATION.finditer(asked.open)]


def _relation(asked: Asked, match: re.Match[str]) -> Meaning:
    typed = match[1]
    label = next(each for each in _RELATIONS if re.fullmatch(accept_bare(each), typed))
    chip = name_meaning(asked, match.span(), "relation", label, "prefers")
    return Meaning(
        chip, match.span(), preferences=(Preference(phrase(typed), PREFER.relation, label),)
    )
