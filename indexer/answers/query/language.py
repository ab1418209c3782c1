"""The query language: whatever is typed gives a Query, or a QueryError that points at the fault.

docs/query-language.md is its manual. The stages: `query_tokens` cuts, `query_tree` joins,
`understand` reads council shorthand in plain words, `query_plain` and `expansion` make terms.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.answers.query import faults
from indexer.answers.query.faults import FaultyQueryError
from indexer.answers.query.parts import (
    Condition,
    Either,
    Every,
    Neighbours,
    Quote,
    Run,
    Stem,
    Without,
)
from indexer.answers.query.plain import read_plain, read_stem, read_words
from indexer.answers.query.tokens import prepare_text
from indexer.answers.query.tree import read_tree
from indexer.answers.ranking import PREFER
from indexer.answers.understanding.expansion import expand, expansion_key, name_expansions
from indexer.answers.understanding.understand import understand
from indexer.errors import QueryError
from indexer.language.analysis import find_syllables
from indexer.query_records import (
    And,
    InField,
    Near,
    Not,
    NumberClause,
    Or,
    Phrase,
    Plain,
    Preference,
    Prefix,
    Query,
)
from indexer.records import CleanText
from indexer.settings import QUERY_CHARACTERS, QUERY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer.answers.query.parts import Tree
    from indexer.query_records import Node

# Names of people have two to five syllables.
_NAME_WORDS = range(2, 6)
_EDITS = 16
"""Faults that are mended one after the other before only the words are offered."""


def parse_query(typed: str, declined: tuple[str, ...] = ()) -> Query:
    """Return what was typed as a Query; an empty one asks for every document.

    `declined` are keys of what was understood that the reader wants as plain words. QueryError
    has the place of the fault in `typed` and, where anything is left, a query that parses.

    >>> [word.syllable for word in parse_query('"đầu tư công"').root.words]
    ['đầu', 'tư', 'công']
    >>> parse_query("").is_empty
    True
    """
    if len(typed) > QUERY_CHARACTERS:
        kept = typed[:QUERY_CHARACTERS]
        whole = prepare_text(kept.rpartition(" ")[0] or kept)
        raise _explain(faults.too_many_characters(len(typed)), QUERY_CHARACTERS, whole)
    text = prepare_text(typed)
    if not text:
        return Query()
    try:
        tree = read_tree(text)
    except FaultyQueryError as fault:
        raise _explain(fault, _place_in_typed(typed, fault.position), text) from fault
    return _read_query(tree, declined)


def _explain(fault: FaultyQueryError, place: int, text: CleanText) -> QueryError:
    """Return the fault as readers get it: where in what was typed, and what to ask instead."""
    return QueryError(
        f"at character {place + 1}: {fault}",
        f"Ở ký tự thứ {place + 1}: {fault.vietnamese}",
        position=place,
        suggestion=_mend(text, fault),
    )


def _place_in_typed(typed: str, place: int) -> int:
    """Return where the character at a place of the prepared text was typed.

    >>> _place_in_typed("ho\u0323c\u200b  phi\u0301 OR", 8)
    12
    """
    # The more is typed, the longer the text gets: half of what is left is ruled out each time.
    ends = range(1, len(typed) + 1)
    found = bisect_left(ends, place + 1, key=lambda end: len(prepare_text(typed[:end])))
    return min(found, len(typed))


def _mend(text: CleanText, fault: FaultyQueryError) -> str:
    """Return the query nearest to the text that parses; empty when nothing is left of it."""
    mended = text
    for _ in range(_EDITS):
        mended = prepare_text(fault.edit.apply(mended))
        if not mended or len(mended) > QUERY_CHARACTERS:
            break
        try:
            read_tree(mended)
        except FaultyQueryError as next_fault:
            fault = next_fault
        else:
            return mended
    return _bare_words(text)


def _bare_words(text: CleanText) -> str:
    """Return the words of a text and nothing else: in small letters, no word is an operator."""
    words = [text[word.start : word.end].lower() for word in find_syllables(text)]
    return " ".join(words[:QUERY_WORDS])[:QUERY_CHARACTERS]


def _read_query(tree: Tree, declined: tuple[str, ...]) -> Query:
    """Return the query: plain words that no operator touches are understood and counted."""
    parts = tree.parts if isinstance(tree, Every) and not tree.written else (tree,)
    others = [_node(part) for part in parts if not isinstance(part, Run)]
    # What stood apart when typed stands apart here: no pair reaches across.
    plain = " ; ".join(part.text for part in parts if isinstance(part, Run))
    if not plain:
        return Query(_join(others))
    reading = understand(CleanText(plain), declined)
    words = _counted(reading.text, declined)
    root = _join([words, *reading.nodes, *others])
    literal = None
    if root is None or len(reading.nodes) > len(reading.literal):
        literal = _join([_counted(reading.literal_text, declined), *reading.literal, *others])
    # Where nothing is left to look for, the words are: no root would mean every document.
    return Query(
        root or literal,
        literal if root else None,
        (*reading.preferences, *_prefer_signer(words)),
        reading.division,
        (*reading.understood, *name_expansions(words.expansions if words else ())),
    )


def _counted(text: CleanText, declined: tuple[str, ...]) -> Plain | None:
    plain = _expanded(read_plain(text, counted=True), text)
    if plain is None or not declined:
        return plain
    kept = (each for each in plain.expansions if expansion_key(each.words) not in declined)
    return replace(plain, expansions=tuple(kept))


def _prefer_signer(plain: Plain | None) -> Iterator[Preference]:
    """Yield what puts first the acts that a person of this name signed, where it may be a name."""
    if plain and len(plain.words) in _NAME_WORDS:
        signer = InField("signer", plain.words, phrase=True)
        yield Preference(signer, PREFER.signed, "người ký")


def _expanded(plain: Plain | None, text: CleanText) -> Plain | None:
    return replace(plain, expansions=expand(plain.words, text)) if plain else None


def _join(nodes: Iterable[Node | None]) -> Node | None:
    """Return what finds all of them; None for none."""
    there = tuple(node for node in nodes if node is not None)
    return And(there) if len(there) > 1 else there[0] if there else None


def _node(tree: Tree) -> Node | None:
    """Return the node of a part in which every word counts; None where it has no word."""
    if isinstance(tree, Every):
        return _join(map(_node, tree.parts))
    if isinstance(tree, Either):
        parts = tuple(node for node in map(_node, tree.parts) if node is not None)
        return Or(parts) if len(parts) > 1 else _join(parts)
    if isinstance(tree, Without):
        part = _node(tree.part)
        return Not(part) if part else None
    return _leaf(tree)


def _leaf(tree: Run | Quote | Stem | Neighbours | Condition) -> Node | None:
    if isinstance(tree, Condition):
        return tree.node
    if isinstance(tree, Run):
        return _every_word(tree)
    if isinstance(tree, Stem):
        return Prefix(read_stem(tree.text))
    if isinstance(tree, Neighbours):
        phrases = [_leaf(part) for part in (tree.left, tree.right) if isinstance(part, Quote)]
        return _join([*phrases, _near(f"{tree.left.text} {tree.right.text}", tree.reach)])
    if tree.reach is not None:
        return _near(tree.text, tree.reach)
    return Phrase(words) if (words := read_words(tree.text)) else None


def _near(text: str, reach: int) -> Node | None:
    words = read_words(text)
    distinct = tuple(dict.fromkeys(words))
    if len(distinct) < 2:  # noqa: PLR2004 - one word is near itself.
        return Phrase(distinct) if distinct else None
    return Near(distinct, len(words) + reach)


def _every_word(run: Run) -> Node | None:
    """Return plain words beside an operator: each must be there, numbers are numbers."""
    reading = understand(CleanText(run.text), ())
    text = reading.literal_text
    plain = _expanded(read_plain(text, counted=False), text)
    return _join([plain, *reading.literal])


def find_numbers(node: Node | None) -> Iterator[NumberClause]:
    """Yield the document numbers that a tree asks for."""
    if isinstance(node, (And, Or)):
        for part in node.parts:
            yield from find_numbers(part)
    elif isinstance(node, NumberClause):
        yield node


def marked_leaves(query: Query) -> tuple[Node, ...]:
    """Return what may be marked in a found document: all that is asked for, nothing excluded.

    Plain words, phrases, words near each other, prefixes and words of a field come as they stand
    in the tree; other ways to say plain words, and spelt-out numbers, as phrases.
    """
    roots = (query.root, query.literal)
    return tuple(dict.fromkeys(leaf for root in roots if root for leaf in _leaves(root)))


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, (And, Or)):
        for part in node.parts:
            yield from _leaves(part)
    elif isinstance(node, (Plain, Phrase, Near, Prefix, InField)):
        yield node
        if isinstance(node, Plain):
            yield from (phrase for each in node.expansions for phrase in each.phrases)
    elif isinstance(node, NumberClause) and node.phrase:
        yield node.phrase
