"""Tantivy with the fields, boosts and facets of the product's own ranking."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from indexer.answers.ranking import WEIGHTS
from indexer.language.analysis import fold_bigrams, split_runs
from indexer.language.text import clean_text, fold
from indexer.query_records import And, Or, Phrase, Plain
from indexer.reading.metadata.search_keys import find_keys
from indexer.store.generations import LIBRARY, current_generation
from indexer.store.library import Library
from tests.benchmarks.bench.documents import split_words
from tests.benchmarks.bench.work import BEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.query_records import Node, Query, Word
    from indexer.records import CouncilDocument

FACETS = ("category", "level", "kind", "issuer", "month")
_FIELDS = ("text", "text_folded", "title", "title_folded", "bigrams")
_WORDS = "blanks"
_HEAP = 3_500_000_000
_MOST_VALUES = 5000


class Wanted(NamedTuple):
    """A query as tantivy is given it."""

    words: tuple[Word, ...]
    bigrams: tuple[str, ...] = ()
    least: int = 1
    """How many of the words a document must hold."""
    phrase: bool = False


def read_wanted(query: Query) -> Wanted | None:
    """Return the words, pairs and conditions of a query; None where it has no words.

    What the product knows beyond them (other ways to say it, preferences) is left out: that is
    work which only we are asked to do.
    """
    return _find_words(query.literal or query.root)


def _find_words(node: Node | None) -> Wanted | None:
    if isinstance(node, Plain):
        least = node.needs.full_words if node.needs else len(node.words)
        return Wanted(node.words, node.bigrams, least)
    if isinstance(node, Phrase):
        return Wanted(node.words, phrase=True)
    if isinstance(node, (And, Or)):
        return next(filter(None, map(_find_words, node.parts)), None)
    return None


def build(index: Path, directory: Path) -> None:
    """Write tantivy's index of what our own build made of the documents."""
    tantivy = import_module("tantivy")
    directory.mkdir()
    target = tantivy.Index(_schema(), str(directory))
    _register(target)
    numbers: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    writer = target.writer(heap_size=_HEAP, num_threads=1)
    for document in _read_documents(index):
        values: dict[str, Any] = _fields_of(document)
        for facet, value in _facets_of(document).items():
            values[facet] = numbers[facet].setdefault(value, len(numbers[facet]))
        writer.add_document(tantivy.Document.from_dict(values, target.schema))
    writer.commit()
    writer.wait_merging_threads()
    (directory / "values.json").write_text(json.dumps(numbers), encoding="utf-8")


def _read_documents(index: Path) -> Iterator[CouncilDocument]:
    name = current_generation(index).name
    with Library(index / LIBRARY, writable=False) as library:
        for member in library.members(name):
            yield library.get_document(member.key)


def _fields_of(document: CouncilDocument) -> dict[str, str]:
    """Return what each field holds, as our own index has it."""
    title, text = clean_text(document.title), document.text
    named = (document.number, document.issuer, document.publisher)
    names = clean_text(" ; ".join(name for name in named if name))
    heading = split_words(title)
    words = heading + split_words(names) + split_words(text)
    runs = split_runs(title, find_keys(title)) + split_runs(names)
    runs += split_runs(text, find_keys(text))
    return {
        "id": document.id,
        "text": " ".join(words),
        "text_folded": " ".join(map(fold, words)),
        "title": " ".join(heading),
        "title_folded": " ".join(map(fold, heading)),
        "bigrams": " ".join(fold_bigrams(runs)),
    }


def _facets_of(document: CouncilDocument) -> dict[str, str]:
    month = document.issued_on.strftime("%Y-%m") if document.issued_on else ""
    values = {facet: getattr(document, facet) or "" for facet in FACETS[:-1]}
    return {**values, "month": month}


class TantivyRanking:
    """The open index."""

    def __init__(self, directory: Path) -> None:
        tantivy = import_module("tantivy")
        self._query = tantivy.Query
        self._occur = tantivy.Occur
        self._schema = _schema()
        index = tantivy.Index.open(str(directory))
        _register(index)
        self._searcher = index.searcher()
        self._counts = {
            facet: {"terms": {"field": facet, "size": _MOST_VALUES}} for facet in FACETS
        }
        numbers = json.loads((directory / "values.json").read_text(encoding="utf-8"))
        self._values = {facet: list(known) for facet, known in numbers.items()}

    def compose(self, wanted: Wanted) -> Any:
        """Return the query: words by their spelling, title and pairs as boosts."""
        if wanted.phrase:
            return self._compose_phrase(wanted)
        every = len(wanted.words) == wanted.least
        texts = [self._term(_field("text", word), word.syllable) for word in wanted.words]
        must = self._occur.Must if every else self._occur.Should
        condition = self._query.boolean_query(
            [(must, text) for text in texts],
            minimum_number_should_match=None if every else wanted.least,
        )
        boosts = [
            self._query.boost_query(self._term(_field("title", word), word.syllable), WEIGHTS.title)
            for word in wanted.words
        ]
        boosts += [
            self._query.boost_query(self._term("bigrams", pair), WEIGHTS.bigrams)
            for pair in wanted.bigrams
        ]
        parts = [(self._occur.Must, condition), *((self._occur.Should, b) for b in boosts)]
        return self._query.boolean_query(parts)

    def _compose_phrase(self, wanted: Wanted) -> Any:
        exact = all(word.accented for word in wanted.words)
        field = "text" if exact else "text_folded"
        words = [word.syllable if exact else fold(word.syllable) for word in wanted.words]
        if len(words) == 1:
            return self._term(field, words[0])
        return self._query.phrase_query(self._schema, field, words)

    def _term(self, field: str, term: str) -> Any:
        return self._query.term_query(self._schema, field, term, "freq")

    def rank(self, query: Any) -> tuple[int, dict[str, dict[str, int]], list[str]]:
        """Return how many documents it finds, the counts of every facet, the best ten's ids."""
        counted = self._searcher.aggregate(query, self._counts)
        best = self._searcher.search(query, limit=BEST, count=False).hits
        facets = {
            facet: {
                self._values[facet][int(bucket["key"])]: bucket["doc_count"]
                for bucket in counted[facet]["buckets"]
            }
            for facet in FACETS
        }
        ids = [self._searcher.doc(address)["id"][0] for _score, address in best]
        return sum(facets["level"].values()), facets, ids


def _field(name: str, word: Word) -> str:
    return name if word.accented else f"{name}_folded"


def _schema() -> Any:
    builder = import_module("tantivy").SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in _FIELDS:
        option = "freq" if field == "bigrams" else "position"
        builder.add_text_field(field, tokenizer_name=_WORDS, index_option=option)
    for facet in FACETS:
        builder.add_unsigned_field(facet, fast=True)
    return builder.build()


def _register(index: Any) -> None:
    tantivy = import_module("tantivy")
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_WORDS, words)
    index.reload()
