"""What completion is made of."""

from __future__ import annotations

from typing import Literal, NamedTuple

from indexer.records import CleanText

CompletionKind = Literal["phrase", "title", "number", "unit", "kind"]
COMPLETION_KINDS: tuple[CompletionKind, ...] = ("phrase", "title", "number", "unit", "kind")
SEPARATOR = "\0"
"""Parts the text, detail and id of an entry's line. Clean text never holds it; an id may, and
comes last."""


class CompletionEntry(NamedTuple):
    """One thing to offer."""

    kind: CompletionKind
    text: CleanText
    weight: float
    """From 0.0 to 1.0, comparable within its kind."""
    detail: str = ""
    """What tells it from others, for readers."""
    id: str | None = None
    """The one document it stands for."""
    also: CleanText = CleanText("")
    """Words that find it too, though it does not show them."""

    @property
    def line(self) -> str:
        """What is kept of it to show: text, detail and id."""
        parts = (self.text, self.detail, *([] if self.id is None else [self.id]))
        return SEPARATOR.join(parts)
