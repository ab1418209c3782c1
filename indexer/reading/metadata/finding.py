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
    return _found(value, "manifest", words, 1.0)


def stated(value: Value, quote: str, confidence: float = 0.95) -> Finding[Value]:
    """Return the value as one that the source says in so many words.

    `confidence` is lower where the words may be of something else.
    """
    return _found(value, "stated", quote, confidence)


def inferred(value: Value, quote: str, confidence: float = 0.6) -> Finding[Value]:
    """Return the value as one that we concluded from the quoted words."""
    return _found(value, "inferred", quote, confidence)


def assumed(value: Value) -> Finding[Value]:
    """Return the value that stands where nothing decides."""
    return _found(value, "default", "", 0.0)


def _found(value: Value, how: How, quote: str, confidence: float) -> Finding[Value]:
    words = " ".join(quote.split())[:_QUOTE_CHARACTERS]
    return Finding(value, Evidence(how, words, confidence=confidence))
