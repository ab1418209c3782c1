"""The verbs work on a real index, from the first build to its repair."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from indexer.cli import main
from indexer.cli_exit import blame_damage
from indexer.errors import NoIndexError

ROOT = Path(__file__).parent.parent

TEXTS = {
    "nghi-quyet.txt": (
        "HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\n-------\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 12/2023/NQ-HĐND\nHà Nội, ngày 10 tháng 7 năm 2023\n\nNGHỊ QUYẾT\n"
        "Quy định mức thu học phí đối với cơ sở giáo dục công lập\n\n"
        "HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HÀ NỘI\nKHÓA XVI, KỲ HỌP THỨ 12\n\n"
        "Điều 1. Mức thu học phí của năm học mới được giữ như năm học trước.\n"
        "Điều 2. Nghị quyết này có hiệu lực từ ngày 20 tháng 7 năm 2023.\n\n"
        "CHỦ TỊCH\n\nNguyễn Văn Mẫu\n"
    ),
    "tin-tuc.txt": (
        "Đại biểu tiếp xúc cử tri trước kỳ họp\n\n"
        "Ngày 05/06/2024, Tổ đại biểu HĐND xã Tam Hưng tiếp xúc cử tri trước kỳ họp giữa năm. "
        "Cử tri kiến nghị sửa chữa tuyến đường liên thôn và thu gom rác thải đúng giờ.\n"
    ),
    "bao-cao.txt": (
        "Báo cáo kết quả giám sát việc thu gom rác thải sinh hoạt\n\n"
        "Ngày 02/03/2022, Ban Kinh tế - Xã hội HĐND huyện Thanh Oai báo cáo kết quả giám sát. "
        "Việc thu gom rác thải ở các xã còn chậm; cử tri nhiều nơi phản ánh mùi hôi.\n"
    ),
}


def run(*args: str | Path) -> Result:
    """Return the outcome of one call of the command line."""
    return CliRunner().invoke(main, [str(arg) for arg in args])


def run_json(*args: str | Path, code: int = 0) -> dict[str, Any]:
    """Return what a call answers in JSON."""
    result = run(*args, "--json")
    assert result.exit_code == code, result.output
    told = json.loads(result.stdout)
    assert isinstance(told, dict)
    return told


def write_source(folder: Path, texts: dict[str, str]) -> Path:
    """Return a folder that holds these texts."""
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def shared_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of the three texts that tests read and never change."""
    folder = tmp_path_factory.mktemp("cli")
    source = write_source(folder / "source", TEXTS)
    assert run("build", source, "--into", folder / "index").exit_code == 0
    return folder / "index"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a folder of two texts that a test may change."""
    return write_source(tmp_path / "source", {name: TEXTS[name] for name in list(TEXTS)[:2]})


def test_a_build_reports_every_file(source: Path, tmp_path: Path) -> None:
    """Found is indexed, skipped and failed; one broken file makes the exit code 1."""
    (source / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing that follows is a PDF")
    (source / "old.7z").write_bytes(b"7z\xbc\xaf\x27\x1c")
    told = run_json("build", source, "--into", tmp_path / "index", code=1)
    assert (told["found"], told["indexed"]) == (4, 2)
    assert [refusal["path"] for refusal in told["failed"]] == ["broken.pdf"]
    assert [refusal["path"] for refusal in told["skipped"]] == ["old.7z"]
    assert all(refusal["reason"] for refusal in told["failed"] + told["skipped"])
    assert (told["added"], told["changed"], told["removed"], told["unchanged"]) == (2, 0, 0, 0)
    assert told["generation"]


def test_a_clean_build_says_so_in_text(source: Path, tmp_path: Path) -> None:
    """The text names the counts and the generation; two workers do as well as one."""
    result = run("build", source, "--into", tmp_path / "index", "--jobs", "2")
    assert result.exit_code == 0
    assert result.stdout.startswith("indexed 2 of 2 documents in ")


def test_a_build_if_stale_leaves_a_fresh_index_alone(source: Path, tmp_path: Path) -> None:
    """The same source gives no new generation; a changed one does."""
    build = ("build", source, "--into", tmp_path / "index", "--if-stale")
    first = run_json(*build)["generation"]
    assert run_json(*build) == {"up_to_date": True, "generation": first}
    assert run(*build).stdout == f"up to date: generation {first}\n"
    (source / "new.txt").write_text(TEXTS["bao-cao.txt"], encoding="utf-8")
    assert run_json(*build)["generation"] != first


def test_an_update_adds_redoes_and_removes(source: Path, tmp_path: Path) -> None:
    """The index follows the source, and a rollback goes back."""
    index = tmp_path / "index"
    first = run_json("build", source, "--into", index)["generation"]
    (source / "bao-cao.txt").write_text(TEXTS["bao-cao.txt"], encoding="utf-8")
    (source / "tin-tuc.txt").unlink()
    told = run_json("update", source, "--index", index)
    assert (told["added"], told["changed"], told["removed"], told["unchanged"]) == (1, 0, 1, 1)
    assert [hit["id"] for hit in run_json("search", "rác thải", "--index", index)["hits"]] == [
        "bao-cao.txt"
    ]
    assert run_json("verify", "--index", index)["verified"] == [told["generation"], first]
    assert run_json("rollback", "--index", index) == {"generation": first}
    assert [hit["id"] for hit in run_json("search", "rác thải", "--index", index)["hits"]] == [
        "tin-tuc.txt"
    ]


def test_a_rollback_beyond_the_first_generation_is_refused(shared_index: Path) -> None:
    """There is nothing older, and the index stays as it is."""
    assert run_json("rollback", "--index", shared_index, code=4)["error"]["type"] == (
        NoIndexError.__name__
    )
    assert run("verify", "--index", shared_index).exit_code == 0


def test_verify_and_stats_speak_to_people(shared_index: Path) -> None:
    """Both name the generation that serves."""
    name = run_json("stats", "--index", shared_index)["generation"]
    assert (
        run("verify", "--index", shared_index).stdout == f"{name}: every file is as it was built\n"
    )
    assert run("stats", "--index", shared_index).stdout.startswith(f"generation {name}\n")


def test_statistics_count_documents_by_facet(shared_index: Path) -> None:
    """Every facet is there, and the levels add up to the documents."""
    told = run_json("stats", "--index", shared_index)
    assert told["documents"] == 3
    assert set(told["by_facet"]) == {"category", "date", "level", "kind", "issuer"}
    assert sum(told["by_facet"]["level"].values()) == 3


def test_a_search_answers_with_hits_and_facets(shared_index: Path) -> None:
    """The JSON has the promised names."""
    told = run_json("search", "cử tri", "--index", shared_index)
    assert told["total"] == 2
    assert {"id", "title", "number", "kind", "level", "issued_on", "score", "snippet"} <= set(
        told["hits"][0]
    )
    assert set(told["facets"]) == {"category", "date", "level", "kind", "issuer"}
    assert {"value", "label", "count", "selected"} <= set(told["facets"]["level"][0])


def test_a_number_finds_its_document_first(shared_index: Path) -> None:
    """However it is written."""
    for query in ("12/2023/NQ-HĐND", "12/2023/nq-hdnd"):
        assert run_json("search", query, "--index", shared_index)["hits"][0]["id"] == (
            "nghi-quyet.txt"
        )


def test_filters_of_one_facet_mean_or_and_of_two_mean_and(shared_index: Path) -> None:
    """Two years widen the answer, a level narrows it again."""
    search = ("search", "cử tri", "--index", shared_index, "--filter", "date=2022")
    assert run_json(*search)["total"] == 1
    assert run_json(*search, "--filter", "date=2024")["total"] == 2
    assert run_json(*search, "--filter", "date=2024", "--filter", "level=xã")["total"] == 1


def test_a_search_turns_pages_and_sorts(shared_index: Path) -> None:
    """One hit a page: the second page of the newest first holds the older one."""
    search = ("search", "cử tri", "--index", shared_index, "--limit", "1", "--sort")
    ids = [
        run_json(*search, order, "--page", page)["hits"][0]["id"]
        for order, page in (("newest", "1"), ("newest", "2"), ("oldest", "1"))
    ]
    assert ids == ["tin-tuc.txt", "bao-cao.txt", "bao-cao.txt"]


def test_a_search_shows_text_to_people(shared_index: Path) -> None:
    """Vietnamese stays whole."""
    result = run("search", "học phí", "--index", shared_index)
    assert result.exit_code == 0
    assert result.stdout.startswith("1 match")
    assert "12/2023/NQ-HĐND · nghị quyết · tỉnh · 2023-07-10" in result.stdout
    assert "id: nghi-quyet.txt" in result.stdout


def test_what_was_understood_can_be_declined(shared_index: Path) -> None:
    """`--plain` with the key that an answer names makes these words plain words."""
    told = run_json("search", "nghị quyết học phí", "--index", shared_index)
    [kind] = told["understood"]
    assert (kind["key"], kind["effect"]) == ("kind:nghi-quyet", "filters")
    again = run_json(
        "search", "nghị quyết học phí", "--plain", kind["key"], "--index", shared_index
    )
    assert again["understood"] == []
    assert again["total"] == told["total"] + told["literal_total"]
    text = run("search", "nghị quyết học phí", "--index", shared_index).stdout
    assert "understood: Nghị quyết (must have it; --plain kind:nghi-quyet)\n" in text


def test_an_empty_answer_says_which_word_to_leave_out(shared_index: Path) -> None:
    """In text and in JSON, with the query that is left."""
    assert (
        "\n  without xylophone: 2\n"
        in run("search", "cử tri xylophone", "--index", shared_index).stdout
    )
    [rescue] = run_json("search", "cử tri xylophone", "--index", shared_index)["rescues"]
    assert rescue == {"dropped": "xylophone", "total": 2, "query": "cử tri", "filters": {}}


def test_similar_lists_documents_like_one(shared_index: Path) -> None:
    """The other paper on the same matter is first, the document itself is not among them."""
    told = run_json("similar", "tin-tuc.txt", "--index", shared_index)
    assert told["id"] == "tin-tuc.txt"
    assert [each["id"] for each in told["similar"]][:1] == ["bao-cao.txt"]
    assert "tin-tuc.txt" not in {each["id"] for each in told["similar"]}
    text = run("similar", "tin-tuc.txt", "--limit", "1", "--index", shared_index).stdout
    assert text.startswith("  1. Báo cáo kết quả giám sát")
    assert text.endswith("id: bao-cao.txt\n")
    assert run("similar", "gone.txt", "--index", shared_index).exit_code == 2


def test_a_query_may_begin_with_a_dash(shared_index: Path) -> None:
    """After `--` nothing is an option."""
    result = run("search", "--index", shared_index, "--", '-"cử tri" rác')
    assert result.exit_code == 0
    assert result.stdout.startswith("0 matches")
    other = run("search", "--index", shared_index, "--", "-phí")
    assert "tin-tuc.txt" in other.stdout
    assert "nghi-quyet.txt" not in other.stdout


@pytest.mark.parametrize(
    ("wrong", "culprit"),
    [
        (("--filter", "level"), "'level'"),
        (("--filter", "level="), "'level='"),
        (("--filter", "thôn=1"), "'thôn'"),
        (("--filter", "level=thôn"), "'thôn'"),
        (("--filter", "date=2024-13"), "'2024-13'"),
        (("--page", "0"), "0"),
        (("--page", "abc"), "'abc'"),
        (("--limit", "0"), "0"),
        (("--sort", "random"), "'random'"),
        (("--frobnicate",), "--frobnicate"),
    ],
)
def test_a_wrong_option_is_named_and_answers_nothing(
    shared_index: Path, wrong: tuple[str, ...], culprit: str
) -> None:
    """Exit code 2, one line that holds the culprit, and stdout stays empty."""
    result = run("search", "cử tri", "--index", shared_index, *wrong)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    assert culprit in result.stderr


@pytest.mark.parametrize("query", ["phí " * 5000, '"học phí', "???"])
def test_an_odd_query_never_breaks_the_search(shared_index: Path, query: str) -> None:
    """It is answered, or refused in one line."""
    result = run("search", "--index", shared_index, "--", query)
    assert result.exit_code in {0, 2}
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == (result.exit_code == 2)


def test_explain_says_what_counts(shared_index: Path) -> None:
    """The words asked and held are counted; an unknown id is a usage error."""
    told = run_json("explain", "rác thải", "tin-tuc.txt", "--index", shared_index)
    assert (told["id"], told["standing"]) == ("tin-tuc.txt", "full")
    assert told["words_held"] == told["words_asked"] == 2
    assert sum(part["score"] for part in told["parts"]) == pytest.approx(told["first_score"])
    assert sum(part["score"] for part in told["reordering"]) == pytest.approx(told["score"])
    text = run("explain", "rác thải", "tin-tuc.txt", "--index", shared_index).stdout
    assert text.startswith("tin-tuc.txt: full match · 2 of 2 words")
    assert run("explain", "rác thải", "gone.txt", "--index", shared_index).exit_code == 2


def test_a_source_that_is_not_there_is_a_usage_error(source: Path, tmp_path: Path) -> None:
    """The message names it, and the index stays as it was."""
    index = tmp_path / "index"
    name = run_json("build", source, "--into", index)["generation"]
    for verb in (("build", "--into"), ("update", "--index")):
        result = run(verb[0], tmp_path / "nowhere", verb[1], index)
        assert (result.exit_code, "nowhere" in result.stderr) == (2, True)
    assert run_json("stats", "--index", index)["generation"] == name


@pytest.mark.parametrize(
    "verb",
    [
        ("verify",),
        ("rollback",),
        ("stats",),
        ("search", "phí"),
        ("similar", "id"),
        ("explain", "phí", "id"),
    ],
)
def test_without_an_index_the_message_says_to_build(verb: tuple[str, ...], tmp_path: Path) -> None:
    """Exit code 4 and one line."""
    result = run(*verb, "--index", tmp_path / "index")
    assert result.exit_code == 4
    assert result.stderr.startswith("error: ")
    assert str(tmp_path / "index") in result.stderr


def test_a_damaged_index_is_named_and_a_rollback_mends_it(source: Path, tmp_path: Path) -> None:
    """One changed byte in a file is found by verify, exit code 4."""
    index = tmp_path / "index"
    first = run_json("build", source, "--into", index)["generation"]
    (source / "new.txt").write_text(TEXTS["bao-cao.txt"], encoding="utf-8")
    second = run_json("build", source, "--into", index)["generation"]
    folder = index / "generations" / second
    victim = max(folder.iterdir(), key=lambda path: path.stat().st_size)
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 0xFF
    victim.unlink()
    victim.write_bytes(content)
    told = run_json("verify", "--index", index, code=4)
    assert victim.name in told["error"]["message"]
    assert run_json("rollback", "--index", index) == {"generation": first}
    assert run_json("search", "cử tri", "--index", index)["total"] == 1


# Whoosh leaves a table of contents open that it can't read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "verb", [("search", "cử tri"), ("similar", "id"), ("explain", "cử tri", "id"), ("stats",)]
)
def test_a_fault_in_changed_files_is_called_damage(
    source: Path, tmp_path: Path, verb: tuple[str, ...]
) -> None:
    """Whatever odd error a changed byte leads to, the message names the file, exit code 4."""
    index = tmp_path / "index"
    run("build", source, "--into", index)
    (contents,) = index.glob("generations/*/*.toc")
    contents.write_bytes(bytes(byte ^ 0xFF for byte in contents.read_bytes()))
    told = run_json(*verb, "--index", index, code=4)
    assert contents.name in told["error"]["message"]


def test_a_fault_over_sound_files_stays_a_fault(shared_index: Path) -> None:
    """Our own mistakes are not blamed on the index."""
    with pytest.raises(ZeroDivisionError), blame_damage(shared_index):
        raise ZeroDivisionError


def test_an_index_of_another_schema_says_to_build_again(source: Path, tmp_path: Path) -> None:
    """Exit code 4, and the message holds the command."""
    index = tmp_path / "index"
    name = run_json("build", source, "--into", index)["generation"]
    path = index / "generations" / name / "generation.json"
    described = json.loads(path.read_text(encoding="utf-8")) | {"schema_version": 0}
    path.write_text(json.dumps(described), encoding="utf-8")
    result = run("search", "phí", "--index", index)
    assert result.exit_code == 4
    assert "build" in result.stderr


def test_a_second_writer_is_turned_away(source: Path, tmp_path: Path) -> None:
    """While another process holds the lock, a build ends with exit code 3."""
    index = tmp_path / "index"
    assert run("build", source, "--into", index).exit_code == 0
    with (index / "lock").open("a+", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run("build", source, "--into", index).exit_code == 3
        assert run("update", source, "--index", index).exit_code == 3
        assert run("search", "phí", "--index", index).exit_code == 0


def test_evaluate_measures_and_writes_a_run(shared_index: Path, tmp_path: Path) -> None:
    """Both queries have their document first, so every measure is 1."""
    queries, qrels = tmp_path / "queries.tsv", tmp_path / "qrels.tsv"
    queries.write_text("q1\thọc phí\nq2\ttiếp xúc cử tri\nq3\tđất đai\n", encoding="utf-8")
    qrels.write_text("q1 0 nghi-quyet.txt 1\nq2 0 tin-tuc.txt 2\n", encoding="utf-8")
    ask = ("evaluate", "--index", shared_index, "--queries", queries, "--qrels", qrels)
    told = run_json(*ask, "--run", tmp_path / "run.tsv")
    assert [told[name] for name in ("nDCG@10", "MRR@10", "recall@10", "recall@100")] == [1] * 4
    assert (told["queries"], told["without_relevant"]) == (2, 1)
    rows = [
        line.split("\t") for line in (tmp_path / "run.tsv").read_text(encoding="utf-8").splitlines()
    ]
    assert {len(row) for row in rows} == {6}
    assert [row[:4] for row in rows if row[3] == "1"][:2] == [
        ["q1", "Q0", "nghi-quyet.txt", "1"],
        ["q2", "Q0", "tin-tuc.txt", "1"],
    ]
    assert run(*ask).stdout.startswith("nDCG@10     1.0000\n")


def test_evaluate_refuses_what_it_can_not_use(shared_index: Path, tmp_path: Path) -> None:
    """A faulty line, a missing folder and a shallow depth are told before the work."""
    queries, qrels = tmp_path / "queries.tsv", tmp_path / "qrels.tsv"
    queries.write_text("q1\thọc phí\n", encoding="utf-8")
    qrels.write_text("q1 0 nghi-quyet.txt\n", encoding="utf-8")
    ask = ("evaluate", "--index", shared_index, "--queries", queries, "--qrels", qrels)
    faulty = run(*ask)
    assert (faulty.exit_code, "qrels.tsv:1:" in faulty.stderr) == (2, True)
    nowhere = run(*ask, "--run", tmp_path / "gone" / "run.tsv")
    assert (nowhere.exit_code, "gone" in nowhere.stderr) == (2, True)
    assert run(*ask, "--depth", "99").exit_code == 2


def start(*args: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Return the outcome of one call in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "indexer", *map(str, args)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_the_module_runs_and_lists_its_verbs() -> None:
    """`python -m indexer --help` names every verb and the exit codes."""
    result = start("--help")
    assert result.returncode == 0
    assert all(verb in result.stdout.decode() for verb in main.commands)
    assert "\n    3    locked: another process is writing to the index\n" in result.stdout.decode()


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "ascii"}, {"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}],
)
def test_answers_reach_terminals_of_every_encoding(
    shared_index: Path, environment: dict[str, str]
) -> None:
    """Text is written in full, and JSON says the same as everywhere."""
    text = start("search", "học phí", "--index", shared_index, **environment)
    assert (text.returncode, text.stderr) == (0, b"")
    assert b"nghi-quyet.txt" in text.stdout
    value = start("search", "học phí", "--index", shared_index, "--json", **environment)
    assert json.loads(value.stdout)["hits"][0]["number"] == "12/2023/NQ-HĐND"


def test_words_are_utf8_whatever_the_locale_says(shared_index: Path) -> None:
    """A query, a filter and an id keep their accents where Python reads arguments as ASCII."""
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    asked = ("search", "học phí", "--filter", "level=tỉnh", "--index", shared_index, "--json")
    told = json.loads(start(*asked, **ascii_only).stdout)
    assert (told["query"], told["total"]) == ("học phí", 1)


@pytest.mark.parametrize(
    "args",
    [
        ("search", "h\udcff"),
        ("search", "phí", "--filter", "issuer=\udcff"),
        ("explain", "phí", "\udcff.txt"),
        ("explain", "\udc80", "nghi-quyet.txt"),
    ],
)
def test_words_in_no_known_encoding_are_a_usage_error(
    shared_index: Path, args: tuple[str, ...]
) -> None:
    """Bytes that are no UTF-8 are named, and neither searched for nor a fault of the program."""
    result = start(*args, "--index", shared_index)
    assert result.returncode == 2
    assert b"is not UTF-8" in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_reader_who_leaves_early_is_no_error(shared_index: Path) -> None:
    """A closed pipe ends the answer without a traceback, with exit code 0."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        result = subprocess.run(
            [sys.executable, "-m", "indexer", "stats", "--index", str(shared_index)],
            cwd=ROOT,
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
    assert (result.returncode, result.stderr) == (0, b"")


def test_the_index_directory_comes_from_the_environment(
    shared_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --index, HDND_INDEX says where; a setting that is no number is a usage error."""
    monkeypatch.setenv("HDND_INDEX", str(shared_index))
    assert run("stats").exit_code == 0
    monkeypatch.setenv("HDND_EXTRACT_SECONDS", "soon")
    result = run("stats")
    assert (result.exit_code, "HDND_EXTRACT_SECONDS" in result.stderr) == (2, True)
