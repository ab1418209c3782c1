"""A value found in a source, with the evidence that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from indexer.records import Evidence

if TYPE_CHECKING:
    from indexer.records import How

Value = TypeVar("Value")

# A quote is there to be checked by a reader, not to be read instead of the document.
_QUOTE_CHARACTERS = 200


@dataclass(frozen=True)
class Finding(Generic[Value]):
    """What a field holds and why."""

    value: Value
    evidence: Evidence


def manifest(value: Value, words: str) -> Finding[Value]:
    """Return the value as one that a manifest or an export states."""
    return _found(value, "manifest", words)


def stated(value: Value, quote: str) -> Finding[Value]:
    """Return the value as one that the source says in so many words."""
    return _found(value, "stated", quote)


def inferred(value: Value, quote: str) -> Finding[Value]:
    """Return the value as one that we concluded from the quoted words."""
    return _found(value, "inferred", quote)


def _found(value: Value, how: How, quote: str) -> Finding[Value]:
    return Finding(value, Evidence(how, " ".join(quote.split())[:_QUOTE_CHARACTERS]))
