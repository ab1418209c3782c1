"""The benchmark beside other engines: what it asks, how it compares, what it writes."""

from __future__ import annotations

import gzip
import io
import json
import sys
from contextlib import redirect_stdout
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.operations import build_index
from tests.benchmarks.bench import __main__ as command
from tests.benchmarks.bench import comparison, host, product
from tests.benchmarks.bench.documents import Text, deal, prepare, read_texts, split_words
from tests.benchmarks.bench.figures import fit_growth
from tests.benchmarks.bench.growth import compose_growth, measure_growth
from tests.benchmarks.bench.indexes import index_of, prepare_documents, recipe_of
from tests.benchmarks.bench.limits import count_words
from tests.benchmarks.bench.machine import measure_bandwidth
from tests.benchmarks.bench.over_http import ask_all, measure_http
from tests.benchmarks.bench.page import compose_page, read_figures, write_page
from tests.benchmarks.bench.questions import QueriesFileError, read_queries
from tests.benchmarks.bench.runner import Rounds, compare, find_disagreements, keys_of
from tests.benchmarks.bench.sides import (
    ROOT,
    SIDES,
    EngineEndedError,
    OpenSide,
    Side,
    is_there,
)
from tests.benchmarks.bench.sides import (
    build_index as build_side,
)
from tests.benchmarks.bench.work import FACETS, Found, Question, read_records

if TYPE_CHECKING:
    from tests.benchmarks.bench.indexes import Documents
    from tests.benchmarks.bench.runner import Classes

PEERS = ROOT / "var" / "peers"
ALWAYS = tuple(
    side for side in SIDES if side.name in {"ours", "ours_numpy", "whoosh", "sqlite_fts5"}
)
QUERIES = """\
# a remark
term_common\tnhân
and2\tCử Tri
and2\tđò ngang

or_long\tbến đò ngang cử tri
or_long\tkhông đâu có
phrase\tbến đò
phrase\tđò bến
"""
TEXTS = (
    "Hội đồng nhân dân xã Bến Đò họp về bến đò ngang.",
    "Cử tri hỏi: bao giờ sửa đò? Đò ngang cũ nát, nhân dân lo.",
    "Nhân dân thôn Gió góp ý. Cử tri thôn Mây góp ý.",
    "",
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a packed export of forty small documents, one line of which is no document."""
    path = tmp_path_factory.mktemp("documents") / "docs.jsonl.gz"
    entries = [
        {"id": f"d{n}", "title": f"Văn bản {n}", "text": TEXTS[n % len(TEXTS)]} for n in range(40)
    ]
    lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join([*lines, '{"id": ""}']) + "\n")
    return path


@pytest.fixture(scope="module")
def queries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a file of queries."""
    path = tmp_path_factory.mktemp("queries") / "queries.tsv"
    path.write_text(QUERIES, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that indexes are kept in, from one test to the next."""
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="module")
def documents(source: Path, work: Path) -> Documents:
    """Give the documents, made ready."""
    return prepare_documents(source, work)


@pytest.fixture(scope="module")
def classes(queries: Path) -> Classes:
    """Give the queries by class."""
    return read_queries(queries)


def test_a_queries_file_gives_classes_in_its_order(classes: Classes) -> None:
    """Remarks and blank lines are no queries; words are normalised as the index's are."""
    assert list(classes) == ["term_common", "and2", "or_long", "phrase"]
    assert [asked.question for asked in classes["and2"]] == [
        Question("all", ("cử", "tri")),
        Question("all", ("đò", "ngang")),
    ]
    assert classes["or_long"][0].question.kind == "any"
    assert classes["phrase"][1].question == Question("phrase", ("đò", "bến"))


@pytest.mark.parametrize("line", ["and2 không có tab", "and2\t", "\tcử tri", "and2\t---"])
def test_a_line_that_is_no_query_is_named(tmp_path: Path, line: str) -> None:
    """The message says which line of which file."""
    path = tmp_path / "own.tsv"
    path.write_text(f"and2\tcử tri\n{line}\n", encoding="utf-8")
    with pytest.raises(QueriesFileError, match=r"own\.tsv:2"):
        read_queries(path)


def test_a_file_without_queries_is_refused(tmp_path: Path) -> None:
    """Nothing asked is nothing measured."""
    path = tmp_path / "own.tsv"
    path.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(QueriesFileError, match="holds no queries"):
        read_queries(path)


def test_our_own_queries_can_be_read() -> None:
    """Where no file is given and none lies beside the project, six classes are there."""
    own = Path(command.__file__).with_name("queries.tsv")
    assert len(read_queries(own)) == 6


def test_facets_are_dealt_alike_every_time() -> None:
    """The seed decides; categories, levels and years all occur."""
    first, again = list(islice(deal(), 200)), list(islice(deal(), 200))
    assert first == again
    assert len(set(first)) > 50
    assert {dealt.level for dealt in first} > {"tỉnh", "xã"}


def test_every_engine_is_given_the_same_words(source: Path, tmp_path: Path) -> None:
    """A record's words are the text's syllables, without its title; empty texts stay."""
    records = tmp_path / "records.jsonl"
    assert prepare(read_texts(source), records, tmp_path / "export.jsonl") == 40
    read = list(read_records(records))
    assert read[1].words.split() == split_words(TEXTS[1])
    assert read[3].words == ""
    assert (read[1].category, read[1].level, read[1].year) == list(islice(deal(), 2))[1]
    entry = json.loads((tmp_path / "export.jsonl").read_text(encoding="utf-8").splitlines()[1])
    assert entry["issued_on"] == f"{read[1].year}-07-01"


def test_documents_repeated_have_ids_of_their_own(source: Path, work: Path) -> None:
    """The first ten, twice, are twenty."""
    twice = prepare_documents(source, work, most=10, times=2)
    assert twice.number == 20
    assert len({record.id for record in read_records(twice.records)}) == 20


def test_a_folder_of_files_can_be_measured_too(tmp_path: Path) -> None:
    """It is read as our own build reads it."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.txt").write_text("Kỳ họp thứ hai của xã Bến Đò\n\nBàn về đò.", encoding="utf-8")
    ready = prepare_documents(folder, tmp_path / "work")
    assert ready.number == 1
    assert "đò" in next(iter(read_records(ready.records))).words


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.name)
def test_every_engine_finds_the_same(side: Side, documents: Documents, classes: Classes) -> None:
    """Totals, facets and the number of titles are those of a plain loop over the documents."""
    if not is_there(side, PEERS):
        pytest.skip(f"{side.needs} is not installed for {side.python}; make bench installs it")
    with OpenSide(side, index_of(side, documents, PEERS).directory, PEERS) as opened:
        for name, place in keys_of(classes, sums_only=side.sums_only):
            question = classes[name][place].question
            assert_same(opened.ask(question, whole=True).found, look_through(documents, question))


def look_through(documents: Documents, question: Question) -> Found:
    """Return what a question finds, by looking at every document; titles in no order."""
    found = [record for record in read_records(documents.records) if _holds(record.words, question)]
    facets: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for record in found:
        for facet, counts in facets.items():
            value = str(getattr(record, facet))
            counts[value] = counts.get(value, 0) + 1
    return Found(len(found), facets, tuple(record.title for record in found))


def _holds(text: str, question: Question) -> bool:
    if question.kind == "phrase":
        return f" {' '.join(question.words)} " in f" {text} "
    held = [word in text.split() for word in question.words]
    return any(held) if question.kind == "any" else all(held)


def assert_same(answer: Found, expected: Found) -> None:
    """Compare an engine's answer with what is there."""
    assert answer.total == expected.total
    assert answer.facets == expected.facets
    assert len(answer.titles) == min(10, expected.total)
    assert set(answer.titles) <= set(expected.titles)


def test_a_wrong_count_is_found(classes: Classes) -> None:
    """One document too few, or in another category, is a disagreement that names the query."""
    right = {key: Found(3, {"level": {"xã": 3}}, ("a", "b", "c")) for key in keys_of(classes)}
    assert find_disagreements(classes, {"ours": right, "same": dict(right)}) == []
    fewer = right | {("and2", 1): Found(2, {"level": {"xã": 3}}, ("a", "b", "c"))}
    other = right | {("phrase", 0): Found(3, {"level": {"tỉnh": 3}}, ("a", "b", "c"))}
    told = find_disagreements(classes, {"ours": right, "fewer": fewer, "other": other})
    assert told[0].startswith("and2, 'đò ngang': ours says 3, fewer 2")
    assert "facet level" in told[1]
    assert len(told) == 2


def test_disagreement_ends_the_command_with_1(
    monkeypatch: pytest.MonkeyPatch, source: Path, queries: Path, work: Path, tmp_path: Path
) -> None:
    """The pages are written all the same, and list it."""
    monkeypatch.setattr(command, "Peers", lambda peers, tell: comparison.Peers(peers, tell, ALWAYS))
    monkeypatch.setattr(
        "tests.benchmarks.bench.runner.find_disagreements", lambda *_: ["and2, 'cử tri': amiss"]
    )
    assert _run(source, queries, work, tmp_path) == 1
    assert "- and2, 'cử tri': amiss" in (tmp_path / "benchmarks.md").read_text(encoding="utf-8")


def test_the_command_writes_what_it_promises(
    monkeypatch: pytest.MonkeyPatch, source: Path, queries: Path, work: Path, tmp_path: Path
) -> None:
    """{"documents", "classes": {name: {engine: {"p50_ms", "p95_ms", "hits"}}}}, and a page."""
    monkeypatch.setattr(command, "Peers", lambda peers, tell: comparison.Peers(peers, tell, ALWAYS))
    assert _run(source, queries, work, tmp_path) == 0
    figures = read_figures(tmp_path)
    assert figures["documents"] == 40
    assert set(figures["classes"]) == {"term_common", "and2", "or_long", "phrase"}
    for of_class in figures["classes"].values():
        assert set(of_class) == {side.name for side in ALWAYS}
        assert len({measured["hits"] for measured in of_class.values()}) == 1
        for measured in of_class.values():
            assert 0 < measured["p50_ms"] <= measured["p95_ms"]
    assert figures["classes"]["and2"]["ours"]["hits"] == 40
    assert figures["versions"]["ours_numpy"].startswith("numpy ")
    assert set(figures["limits"]) == set(figures["classes"])
    page = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert "All engines found the same" in page
    assert "| and2 |" in page


def _run(source: Path, queries: Path, work: Path, out: Path) -> int:
    options = {"docs": source, "queries": queries, "work": work, "out": out, "peers": PEERS}
    arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    with redirect_stdout(io.StringIO()):
        return command.main([*arguments, "--rounds", "1", "--parts", "classes"])


def test_a_wrong_queries_file_ends_the_command_with_2(
    source: Path, work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is measured or written."""
    wrong = tmp_path / "own.tsv"
    wrong.write_text("chỉ có chữ\n", encoding="utf-8")
    assert _run(source, wrong, work, tmp_path / "out") == 2
    assert "own.tsv:1" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_engine_that_is_not_installed_is_left_out(tmp_path: Path) -> None:
    """The others are measured, and it is said what is missing."""
    told: list[str] = []
    sides = (
        *ALWAYS[:1],
        Side("gone", "sqlite", "no_such_module"),
        Side("lost", "sqlite", "sqlite3", python=str(tmp_path / "python3")),
    )
    there = comparison.find_sides(comparison.Peers(tmp_path, told.append, sides))
    assert [side.name for side in there] == ["ours"]
    assert [sentence.split(":")[0] for sentence in told] == ["gone", "lost"]


def test_an_engine_that_fails_says_why(tmp_path: Path) -> None:
    """Building over a missing file and opening a missing index name the engine."""
    side = Side("plain", "sqlite", "sqlite3")
    with pytest.raises(EngineEndedError, match=r"plain: .*No such file"):
        build_side(side, tmp_path / "none.jsonl", tmp_path / "index", PEERS)
    with pytest.raises(EngineEndedError, match="plain: "):
        OpenSide(side, tmp_path / "none", PEERS)


def test_an_index_is_kept_until_its_code_changes(
    monkeypatch: pytest.MonkeyPatch, documents: Documents
) -> None:
    """The same code finds it again; other code builds anew and leaves nothing of the former."""
    side = ALWAYS[-1]
    first = index_of(side, documents, PEERS)
    assert index_of(side, documents, PEERS) == first
    monkeypatch.setattr("tests.benchmarks.bench.indexes.recipe_of", lambda _engine: "changed")
    second = index_of(side, documents, PEERS)
    assert second.directory != first.directory
    assert not first.directory.exists()
    assert recipe_of("ours") != recipe_of("whoosh")


def test_the_host_builds_and_answers_in_json(
    monkeypatch: pytest.MonkeyPatch, documents: Documents, tmp_path: Path
) -> None:
    """One line with the version, one for each turn with each time's milliseconds."""
    host.main(["build", "sqlite", str(documents.records), str(tmp_path)])
    turns = [
        {"kind": "all", "words": ["đò"], "times": 3, "whole": False},
        {"kind": "phrase", "words": ["cử", "tri"], "times": 1, "whole": True},
    ]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(map(json.dumps, turns))))
    with redirect_stdout(io.StringIO()) as written:
        host.main(["serve", "sqlite", str(tmp_path)])
    version, brief, whole = map(json.loads, written.getvalue().splitlines())
    assert list(version) == ["version"]
    assert (len(brief["ms"]), brief["total"]) == (3, 20)
    assert "titles" not in brief
    assert (whole["total"], len(whole["titles"])) == (20, 10)


def test_the_first_time_of_a_turn_stands_apart(documents: Documents, classes: Classes) -> None:
    """It woke the engine; slow engines have none."""
    sides = [(side, index_of(side, documents, PEERS).directory) for side in ALWAYS]
    found = compare(sides, classes, Rounds(1, 0), PEERS)
    assert found.classes["phrase"]["ours"].first is not None
    assert found.classes["phrase"]["whoosh"].first is None
    assert set(found.queries["phrase"]) == {"bến đò", "đò bến"}


def test_words_are_counted_for_the_limit(documents: Documents) -> None:
    """How many documents hold a word, and how often it occurs."""
    held = count_words(documents.records, ["đò", "gió"])
    assert (held.documents["đò"], held.places["đò"]) == (20, 40)
    assert held.documents["gió"] == 10


def test_growth_is_the_slope_of_logarithms() -> None:
    """A time that doubles with the collection has exponent 1; a constant one has 0."""
    assert fit_growth([100, 200, 400], [1, 2, 4]).exponent == pytest.approx(1)
    assert fit_growth([100, 200, 400], [2, 2, 2]).exponent == pytest.approx(0)
    assert fit_growth([1000, 4000], [1, 16]).largest == pytest.approx(17_000, abs=1000)
    # What was constant so far is not promised to stay so.
    assert fit_growth([1000, 2000], [3, 3]).largest == 200_000


def test_growth_tells_exponents_by_class() -> None:
    """From the figures of several collections."""
    runs = [
        {"and2": {"ours": {"p50_ms": n / 10_000, "p95_ms": n / 1000}}} for n in (1000, 2000, 8000)
    ]
    grown = compose_growth([1000, 2000, 8000], runs)
    assert grown["classes"]["and2"]["exponent"] == pytest.approx(1)
    assert grown["classes"]["and2"]["largest"] == 300_000


def test_growth_is_measured_at_three_sizes(
    monkeypatch: pytest.MonkeyPatch, source: Path, classes: Classes, work: Path, tmp_path: Path
) -> None:
    """Some, all, and all four times; the page tells it."""
    monkeypatch.setattr("tests.benchmarks.bench.growth.SMALL", 10)
    grown = measure_growth(source, classes, Rounds(1, 0), work, lambda _sentence: None)
    assert grown["sizes"] == [10, 40, 160]
    when = {"machine": {"sentence": "A machine."}, "measured_on": "01/01/2026"}
    write_page(tmp_path, {"growth": grown | when})
    assert "| and2 |" in (tmp_path / "benchmarks.md").read_text(encoding="utf-8")


def test_what_is_not_measured_anew_stays_on_the_page(tmp_path: Path) -> None:
    """Growth is measured by a command of its own."""
    growth = {
        "sizes": [10],
        "classes": {
            "and2": {"measured": [{"p50_ms": 1, "p95_ms": 2}], "exponent": 0.5, "largest": 99}
        },
        "machine": {"sentence": "A machine."},
        "measured_on": "01/01/2026",
    }
    write_page(tmp_path, {"growth": growth})
    write_page(tmp_path, {})
    assert read_figures(tmp_path) == {"growth": growth}
    assert "## Growth" in "\n".join(compose_page(read_figures(tmp_path)))


def test_memory_has_a_speed() -> None:
    """Bytes a second, read and written."""
    assert measure_bandwidth(1 << 20) > 1e6


@pytest.fixture(scope="module")
def index(documents: Documents, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give our own build's index of the documents."""
    directory = tmp_path_factory.mktemp("product") / "index"
    build_index(documents.export, directory)
    return directory


def test_the_products_query_is_measured_in_every_way(
    monkeypatch: pytest.MonkeyPatch, index: Path, classes: Classes, tmp_path: Path
) -> None:
    """In the process, as a page, over HTTP, and its ranking; nothing fails."""
    monkeypatch.setattr(product, "measure_http", lambda i, r: measure_http(i, r, count=16))
    figures = product.measure_product(
        index, classes, Rounds(1, 0), tmp_path, lambda _sentence: None
    )
    assert figures["documents"] == 40
    for way in ("plain", "filtered", "without_accents"):
        assert figures["search"][way]["p50_ms"] > 0
    assert figures["html"]["p50_ms"] > 0
    assert {"ours", "ours_reordered"} <= set(figures["ranking"])
    assert (figures["http"]["requests"], figures["http"]["errors"]) == (16, 0)
    assert figures["http"]["memory_mib"] > 1
    assert "## The product's query" in "\n".join(compose_page({"product": figures}))


def test_requests_that_fail_are_counted() -> None:
    """Nobody listens at this address."""
    answers = ask_all("127.0.0.1:1", ["/", "/"], 2)
    assert [answer.failed for answer in answers] == [True, True]


def test_texts_without_an_id_are_left_out(source: Path) -> None:
    """The export has forty documents and a line that is none."""
    assert sum(isinstance(text, Text) for text in read_texts(source)) == 40
