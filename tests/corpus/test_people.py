"""Nobody real is named in a sample."""

from __future__ import annotations

import re

import pytest

from tests.corpus.files import read_truth, spec_of
from tests.samples.councils import is_invented
from tests.samples.forms import compose_sheet

_WORD = r"[A-ZĐÀ-Ỵ][a-zđà-ỹ]+"
_NAMED = re.compile(rf"\b(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Cc]ụ|[Cc]hị|[Aa]nh) ({_WORD}(?: {_WORD})+)")


def find_people(text: str) -> list[str]:
    """Return the full names that follow a form of address."""
    return _NAMED.findall(text)


def test_names_after_a_form_of_address_are_found() -> None:
    """The test below can see what it looks for."""
    assert find_people("Đồng chí Trần Thị Ví Dụ chủ tọa") == ["Trần Thị Ví Dụ"]


@pytest.mark.parametrize("form", ["tin tức", "nghị quyết", "biên bản", "trả lời", "giám sát"])
def test_everybody_named_is_invented(form: str) -> None:
    """Names show by themselves that nobody bears them."""
    for path, truth in read_truth().items():
        if truth["form"] == form:
            text = "\n".join(block.text for block in compose_sheet(spec_of(path)).blocks)
            for person in find_people(text):
                assert is_invented(person), (path, person)


def test_every_signer_is_invented() -> None:
    """All papers but news are signed, by people who don't exist."""
    for path, truth in read_truth().items():
        if truth["form"] == "tin tức":
            assert truth["signer"] is None
        else:
            assert is_invented(truth["signer"]), path
