"""The fields of the index, by name. SCHEMA_VERSION rises with every change to them.

text            syllables with positions: the words as written
text_folded     the same without accents, for readers who type none
bigrams         folded neighbours, for words that stand together
compounds       pyvi's words of several syllables: a bonus, never a condition
title(_folded)  the title's syllables again, since a title weighs more
issuer_words …  a name's syllables, with and without accents at the same positions
number_keys     spellings of the document's own number, and how near each is to it (2, 1)
facts           what the document itself is: "unit:thành phố hà nội", "session:15"
keys            what its text mentions: "number:45/2024/nq-hdnd", "date:2024-04-19"
category …      facet columns; `day` is the proleptic ordinal of the date, 0 without one
"""

from __future__ import annotations

SCHEMA_VERSION = 3
INDEX_NAME = "MAIN"
"""Whoosh's name of the one index in a directory."""

FACET_COLUMNS = ("category", "level", "kind", "issuer")
NAME_FIELDS = ("issuer", "signer", "publisher")
"""Fields of a document whose words are searched in an index field of their own, `…_words`."""

PLACED_FIELDS = (
    *("text", "text_folded", "title", "title_folded"),
    *(f"{name}_words" for name in NAME_FIELDS),
)
"""Index fields that keep where each term stands."""
COUNTED_FIELDS = ("bigrams", "compounds", "keys", "number_keys", "facts", "id")
"""Index fields that keep how often each term stands in a document, or that it does."""
SCORED_FIELDS = (*PLACED_FIELDS, "bigrams", "compounds", "keys")
"""Index fields whose lengths count."""
