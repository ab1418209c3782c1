"""A slip in the sign of a number is read over; what was typed may be right as well."""

from __future__ import annotations

import pytest

from indexer.answers.understanding.number_slips import find_mistyped
from indexer.answers.understanding.understand import understand
from indexer.language.text import clean_text
from indexer.query_records import NumberClause


@pytest.mark.parametrize(
    "typed",
    ["17/2022/QN-HĐND", "17/2022/NQ-HDDND", "17-2022-NQ-HNDD", "nghị quyết số 17/2022/nq-hđđnd"],
)
def test_a_slip_in_a_sign_still_means_the_number(typed: str) -> None:
    """Letters swapped or doubled, in the kind or in the body; the chip shows the right number."""
    reading = understand(clean_text(typed))
    [chip] = reading.understood
    assert (chip.key, chip.typed) == ("number:17-2022-nq-hdnd", clean_text(typed))
    [clause] = reading.nodes
    assert isinstance(clause, NumberClause)
    assert clause.keys[0] == "17/2022/nq-hdnd"
    assert len(clause.keys) == len(set(clause.keys)) == 2


@pytest.mark.parametrize(
    "typed",
    [
        "17/2022/NQ-HĐND",
        "17/2022/TT-BTC",
        "17/2022/xyz-abcdef",
        "17/2022/NQ-ABCD",
        "17/2022/zz-hđnd",
        "17/2022",
        "và/hoặc",
    ],
)
def test_right_and_unknown_signs_are_left_alone(typed: str) -> None:
    """What is no single slip from one sign alone is not guessed at."""
    assert list(find_mistyped(typed.lower())) == []


def test_a_number_without_its_year_may_have_a_slip_too() -> None:
    """The serial loses its zeros as everywhere."""
    [(short, typed)] = find_mistyped("số 07/qn-hđnd")
    assert (short[2:6], typed) == (("nq", "7", "", "hdnd"), "7/qn-hdnd")
