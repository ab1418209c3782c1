"""What can be wrong with a query, one function for each fault, and how each is mended.

A fault knows its place in the cleaned text and the edit that would mend it; the door
(`query_language.parse_query`) turns it into a QueryError with the place in what was typed and a
suggestion that parses.
"""

from __future__ import annotations

from typing import NamedTuple

from indexer.errors import QueryError
from indexer.settings import QUERY_CHARACTERS, QUERY_WORDS


class Edit(NamedTuple):
    """A replacement in a text: `text[start:end]` becomes `put`."""

    start: int
    end: int
    put: str = ""

    def apply(self, text: str) -> str:
        """Return the text with the replacement made, without white space that it left over.

        >>> Edit(8, 11).apply("học phí OR")
        'học phí'
        """
        edited = f"{text[: self.start]}{self.put}{text[self.end :]}"
        return " ".join(edited.split())


class FaultyQueryError(QueryError):
    """A QueryError on its way: `position` counts in the cleaned text, `edit` mends it."""

    def __init__(self, english: str, vietnamese: str, position: int, edit: Edit) -> None:
        super().__init__(english, vietnamese, position=position)
        self.edit = edit


def too_many_characters(count: int) -> FaultyQueryError:
    """Return the fault of a query that is longer than any question."""
    return FaultyQueryError(
        f"the query has {count} characters; {QUERY_CHARACTERS} are allowed: keep the words that "
        "matter",
        f"câu hỏi dài {count} ký tự, tối đa là {QUERY_CHARACTERS}. "
        "Hãy giữ lại những từ quan trọng.",
        QUERY_CHARACTERS,
        Edit(QUERY_CHARACTERS, QUERY_CHARACTERS),
    )


def too_many_words(count: int, start: int, text: str) -> FaultyQueryError:
    """Return the fault of more words than are searched; `start` is where the first of them is."""
    return FaultyQueryError(
        f"the query has {count} words; {QUERY_WORDS} are allowed: keep those that matter",
        f"câu hỏi có {count} từ, tối đa là {QUERY_WORDS}. Hãy giữ lại những từ quan trọng.",
        start,
        Edit(start, len(text)),
    )


def no_word(text: str) -> FaultyQueryError:
    """Return the fault of a query without any letter or digit."""
    return FaultyQueryError(
        "the query has no letters or digits; type a word or a document number",
        "câu hỏi không có chữ hay số nào. Hãy gõ một từ hoặc số hiệu văn bản.",
        0,
        Edit(0, len(text)),
    )


def open_quote(place: int, text: str) -> FaultyQueryError:
    """Return the fault of a quote that is never closed."""
    closed = '"' if text[place + 1 :].strip() else ""
    return FaultyQueryError(
        "the quote is never closed; close it, or leave it out",
        "dấu ngoặc kép chưa được đóng. Hãy đóng lại hoặc bỏ dấu đó đi.",
        place,
        Edit(len(text), len(text), closed) if closed else Edit(place, len(text)),
    )


def open_parenthesis(place: int, text: str) -> FaultyQueryError:
    """Return the fault of a parenthesis that is never closed."""
    closed = ")" if text[place + 1 :].strip() else ""
    return FaultyQueryError(
        "the parenthesis is never closed; close it, or leave it out",
        "dấu ngoặc đơn chưa được đóng. Hãy đóng lại hoặc bỏ dấu đó đi.",
        place,
        Edit(len(text), len(text), closed) if closed else Edit(place, len(text)),
    )


def stray_parenthesis(place: int) -> FaultyQueryError:
    """Return the fault of a parenthesis that closes nothing."""
    return FaultyQueryError(
        "the parenthesis closes none that was opened; leave it out",
        "dấu ngoặc đơn này không đóng dấu nào đã mở. Hãy bỏ dấu đó đi.",
        place,
        Edit(place, place + 1, " "),
    )


def empty_parentheses(start: int, end: int) -> FaultyQueryError:
    """Return the fault of parentheses with nothing in them."""
    return FaultyQueryError(
        "the parentheses are empty; put words into them, or leave them out",
        "cặp ngoặc đơn không có gì bên trong. Hãy thêm từ vào hoặc bỏ đi.",
        start,
        Edit(start, end, " "),
    )


def too_deep(place: int, text: str, deepest: int) -> FaultyQueryError:
    """Return the fault of parentheses within parentheses, past all reason."""
    return FaultyQueryError(
        f"parentheses stand {deepest} deep at the most; use fewer",
        f"dấu ngoặc đơn lồng nhau tối đa {deepest} lớp. Hãy dùng ít hơn.",
        place,
        Edit(0, len(text), text.replace("(", " ").replace(")", " ")),
    )


def dangling_operator(operator: str, start: int, end: int) -> FaultyQueryError:
    """Return the fault of AND, OR, NOT or NEAR with nothing to join."""
    return FaultyQueryError(
        f"{operator} needs words on the side where none stand; add them, or leave {operator} out",
        f"{operator} cần có từ đi kèm. Hãy thêm từ hoặc bỏ {operator} đi.",
        start,
        Edit(start, end, " "),
    )


def near_what(start: int, end: int) -> FaultyQueryError:
    """Return the fault of NEAR beside something that has no place in a text."""
    return FaultyQueryError(
        "NEAR stands between words or phrases only; use AND here",
        "NEAR chỉ đứng giữa các từ hoặc cụm từ. Ở đây hãy dùng AND.",
        start,
        Edit(start, end, "AND"),
    )


def too_far(start: int, end: int, widest: int) -> FaultyQueryError:
    """Return the fault of a NEAR so wide that it means AND."""
    return FaultyQueryError(
        f"words can be {widest} syllables apart at the most; for more, use AND",
        f"khoảng cách tối đa là {widest} âm tiết. Nếu cần xa hơn, hãy dùng AND.",
        start,
        Edit(start, end, str(widest)),
    )


def misplaced_wildcard(place: int, start: int, end: int, bare: str) -> FaultyQueryError:
    """Return the fault of a * that does not end the beginning of a word."""
    return FaultyQueryError(
        "* stands only at the end of a word, as in hỗ*; leave it out here",
        "dấu * chỉ đứng ở cuối một từ, như hỗ*. Ở đây hãy bỏ dấu * đi.",
        place,
        Edit(start, end, f" {bare} "),
    )


def short_prefix(start: int, end: int, stem: str, shortest: int) -> FaultyQueryError:
    """Return the fault of a prefix that half of all words begin with."""
    return FaultyQueryError(
        f"* needs at least {shortest} letters before it; type more of the word",
        f"cần ít nhất {shortest} chữ trước dấu *. Hãy gõ thêm.",
        start,
        Edit(start, end, stem),
    )


def too_many_prefixes(start: int, text: str, most: int) -> FaultyQueryError:
    """Return the fault of more prefixes than are looked up; `start` is where the first of them is.

    The words stay, without their *.
    """
    return FaultyQueryError(
        f"at most {most} words of a query can end in *; type the others in full",
        f"tối đa {most} từ có dấu * ở cuối. Hãy gõ đầy đủ các từ còn lại.",
        start,
        Edit(start, len(text), text[start:].replace("*", "")),
    )


def empty_field(name: str, start: int, end: int) -> FaultyQueryError:
    """Return the fault of a field that nothing follows."""
    return FaultyQueryError(
        f'"{name}:" needs a value: a word, a "phrase" or a (group)',
        f"“{name}:” cần một giá trị: một từ, một “cụm từ” hoặc một (nhóm).",
        start,
        Edit(start, end, f"{name} "),
    )


def field_in_field(name: str, start: int, end: int) -> FaultyQueryError:
    """Return the fault of a field inside another field's parentheses."""
    return FaultyQueryError(
        f'"{name}:" stands inside the parentheses of another field; put it outside of them',
        f"“{name}:” nằm trong ngoặc của một trường khác. Hãy đưa ra ngoài.",
        start,
        Edit(start, end, " "),
    )


def unknown_value(name: str, value: str, start: int, offered: str, edit: Edit) -> FaultyQueryError:
    """Return the fault of a value that its field can't have; `offered` is one that it can."""
    likely = f': perhaps "{offered}"' if offered else ""
    maybe = f", có thể là “{offered}”" if offered else ""
    return FaultyQueryError(
        f'"{value}" is no value of "{name}:"{likely}',
        f"“{value}” không phải là giá trị của “{name}:”{maybe}.",
        start,
        edit,
    )
