"""What sets a document apart from its collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.answers.similar import MOST_TERMS, characteristic_terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.records import CouncilDocument


def test_rare_terms_of_the_title_say_most(make_document: Callable[..., CouncilDocument]) -> None:
    """A term of every document says nothing, and one of this document alone finds nothing."""
    document = make_document(
        "Hội đồng nhân dân quyết nghị. Mức thu học phí mầm non.", title="Mức thu học phí"
    )
    found = {"hoi_dong": 100, "dong_nhan": 100, "hoc_phi": 3, "muc_thu": 9, "mam_non": 3}
    terms = characteristic_terms(document, lambda _field, term: found.get(term, 1), 100)
    assert [term.term for term in terms] == ["hoc_phi", "muc_thu", "mam_non"]
    assert [term.field for term in terms] == ["bigrams"] * 3
    assert terms[0].weight > terms[1].weight > terms[2].weight > 0


def test_an_endless_document_has_a_bounded_number_of_terms(
    make_document: Callable[..., CouncilDocument],
) -> None:
    """And asks the index about a bounded number of them."""
    asked: list[str] = []

    def frequency(_field: str, term: str) -> int:
        asked.append(term)
        return 2

    document = make_document(" ".join(f"chữ{i}" for i in range(3000)))
    assert len(characteristic_terms(document, frequency, 100)) == MOST_TERMS
    assert len(asked) <= 200


def test_a_document_without_text_is_like_nothing(
    make_document: Callable[..., CouncilDocument],
) -> None:
    """No terms, no guess."""
    assert characteristic_terms(make_document(""), lambda _field, _term: 5, 100) == ()
