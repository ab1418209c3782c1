"""Tokens become a tree: what belongs to what, by precedence; plain words stay as typed.

NEAR binds closest, then NOT, + and -, then AND (written, or by standing side by side), then OR.
Parentheses stand `DEEPEST` deep at the most, so recursion is bounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.answers.query import faults
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
from indexer.answers.query.tokens import find_tokens
from indexer.answers.query.values import (
    fault_of_part,
    fault_of_value,
    read_prefix,
    read_value,
    take_value,
)

if TYPE_CHECKING:
    from indexer.answers.query.parts import Tree
    from indexer.answers.query.tokens import Token, TokenKind
    from indexer.query_records import Node
    from indexer.records import CleanText

DEEPEST = 8
_OPERANDS: frozenset[TokenKind] = frozenset(
    ("word", "phrase", "prefix", "field", "(", "not", "+", "-")
)


def read_tree(text: CleanText) -> Tree:
    """Return the tree of a prepared text that is not empty.

    FaultyQueryError: whatever `query_faults` knows of.

    >>> from indexer.answers.query.tokens import prepare_text
    >>> read_tree(prepare_text("học phí NOT mầm non"))
    ... # doctest: +NORMALIZE_WHITESPACE
    Every(parts=(Run(text='học phí', start=0, end=7),
                 Without(part=Run(text='mầm non', start=12, end=19))),
          written=False)
    """
    return _Parser(text).read()


class _Parser:
    """Reads the tokens from left to right, once."""

    def __init__(self, text: CleanText) -> None:
        self._text = text
        self._tokens = find_tokens(text)
        self._at = 0
        self._depth = 0
        self._field: Token | None = None
        """The field whose phrase or parentheses are being read."""

    def read(self) -> Tree:
        tree = self._any()
        if stray := self._peek():
            raise faults.stray_parenthesis(stray.start)
        if tree is None or not any(map(_says_something, self._tokens)):
            raise faults.no_word(self._text)
        return tree

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next_is(self, *kinds: TokenKind) -> bool:
        token = self._peek()
        return token is not None and token.kind in kinds

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _any(self) -> Tree | None:
        """Read parts joined by OR; None where nothing stands."""
        parts: list[Tree] = []
        while True:
            part = self._every()
            if part is None:
                if self._next_is("or"):
                    raise _dangling(self._take())
                if parts:
                    raise _dangling(self._tokens[self._at - 1])
                return None
            parts.append(part)
            if not self._next_is("or"):
                return parts[0] if len(parts) == 1 else Either(tuple(parts))
            self._take()

    def _every(self) -> Tree | None:
        """Read parts that stand side by side or are joined by AND."""
        parts: list[Tree] = []
        written = False
        while (token := self._peek()) and token.kind not in ("or", ")"):
            if token.kind == "and":
                self._take()
                if not parts or not self._next_is(*_OPERANDS):
                    raise _dangling(token)
                written = True
            else:
                parts.append(self._signed())
        if len(parts) == 1:
            return parts[0]
        return Every(tuple(parts), written) if parts else None

    def _signed(self) -> Tree:
        """Read an operand with the signs and NOTs before it."""
        sign, negative = None, False
        while self._next_is("not", "+", "-"):
            sign = self._take()
            negative ^= sign.kind != "+"
            if not self._next_is(*_OPERANDS):
                raise _dangling(sign)
        # A sign holds its one word; NOT all that follow.
        part = self._near(single=sign is not None and sign.kind != "not")
        if negative:
            return Without(part)
        return Every((part,), written=True) if sign else part

    def _near(self, *, single: bool) -> Tree:
        """Read an operand, and what NEAR joins to it."""
        first = left = self._operand(single=single)
        pairs: list[Tree] = []
        while self._next_is("near"):
            token = self._take()
            if not self._next_is(*_OPERANDS):
                raise _dangling(token)
            right = self._operand(single=False)
            if not (isinstance(left, (Run, Quote)) and isinstance(right, (Run, Quote))):
                raise faults.near_what(token.start, token.end)
            pairs.append(Neighbours(left, right, token.reach or 0))
            left = right
        if not pairs:
            return first
        return pairs[0] if len(pairs) == 1 else Every(tuple(pairs), written=True)

    def _operand(self, *, single: bool) -> Tree:
        token = self._take()
        if token.kind == "(":
            return self._group(token)
        if token.kind == "field":
            return self._condition(token)
        if token.kind == "phrase":
            return self._inside(Quote(token.value, token.start, token.end, token.reach))
        if token.kind not in ("word", "prefix"):
            raise _dangling(token)
        self._at -= 1
        return self._chunk() if single else self._words()

    def _words(self) -> Tree:
        """Read a prefix, or plain words up to whatever else follows."""
        token = self._take()
        if token.kind == "prefix":
            return self._inside(Stem(token.value, token.start, token.end))
        last = token
        while self._next_is("word") or self._next_is_no_field_after_all():
            last = self._take()
        return self._inside(Run(self._text[token.start : last.end], token.start, last.end))

    def _next_is_no_field_after_all(self) -> bool:
        """Tell whether words like "các cấp: ..." only look like a field with a value."""
        token = self._peek()
        if token is None or token.kind != "field" or token.glued:
            return False
        behind = self._tokens[self._at + 1 :]
        if behind and behind[0].kind in ("phrase", "("):
            return False
        value = take_value(self._text, token, behind)
        # "tổng số: 120 đại biểu" counts something.
        counts = token.field == "number" and behind[:1] and behind[0].value.isdigit()
        return value is None or bool(counts and value.tokens == 1)

    def _chunk(self) -> Tree:
        """Read the one word that a sign holds, however many syllables it has."""
        parts = [self._piece()]
        while self._next_is("word", "prefix"):
            if self._tokens[self._at].start != self._tokens[self._at - 1].end:
                break
            parts.append(self._piece())
        return parts[0] if len(parts) == 1 else Every(tuple(parts), written=True)

    def _piece(self) -> Tree:
        token = self._take()
        kind = Stem if token.kind == "prefix" else Run
        return self._inside(kind(token.value, token.start, token.end))

    def _group(self, opening: Token) -> Tree:
        self._depth += 1
        if self._depth > DEEPEST:
            raise faults.too_deep(opening.start, self._text, DEEPEST)
        tree = self._any()
        if not self._next_is(")"):
            raise faults.open_parenthesis(opening.start, self._text)
        closing = self._take()
        if tree is None:
            raise faults.empty_parentheses(opening.start, closing.end)
        self._depth -= 1
        return tree

    def _condition(self, token: Token) -> Tree:
        """Read a field's value: a phrase, a group or words."""
        if self._field or token.field is None:
            raise faults.field_in_field(token.value, token.start, token.end)
        if self._next_is("(", "phrase", "prefix"):
            self._field = token
            tree = self._operand(single=False)
            self._field = None
            return tree
        value = take_value(self._text, token, self._tokens[self._at :])
        if value is None:
            raise fault_of_value(self._text, token, self._tokens[self._at :])
        self._at += value.tokens
        return Condition(value.node)

    def _inside(self, part: Run | Quote | Stem) -> Tree:
        """Return the part, or the condition that it is within a field's parentheses."""
        if self._field is None or self._field.field is None:
            return part
        field = self._field.field
        if isinstance(part, Stem):
            node: Node | None = read_prefix(part.text, field)
        else:
            # Words near each other are asked for in a field as words.
            phrase = isinstance(part, Quote) and part.reach is None
            node = read_value(field, part.text, phrase=phrase).node
        if node is None:
            raise fault_of_part(self._field, part.text, part.start, part.end)
        return Condition(node)


def _says_something(token: Token) -> bool:
    """Tell whether a token is a field, or has a letter or digit to search for."""
    searched = token.kind in ("word", "phrase", "prefix", "field")
    return searched and any(map(str.isalnum, token.value))


def _dangling(token: Token) -> faults.FaultyQueryError:
    return faults.dangling_operator(token.value, token.start, token.end)
