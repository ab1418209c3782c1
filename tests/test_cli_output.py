"""Text for people is compact and whole, JSON stays JSON, and no stream breaks either."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from indexer import cli_json, cli_output, cli_results
from indexer.answers.evaluation import Evaluation
from indexer.query_records import Understood
from indexer.records import Refusal
from indexer.reports import BuildReport, IndexStats
from indexer.search_records import (
    FACETS,
    Explanation,
    FacetValue,
    Fragment,
    Hit,
    Passage,
    Rescue,
    ScorePart,
    SearchRequest,
    SearchResults,
    Suggestion,
)

if TYPE_CHECKING:
    from collections.abc import Callable

REPORT = BuildReport(
    found=1240,
    indexed=1237,
    skipped=(Refusal("scan.pdf", "needs OCR", skipped=True),),
    failed=(Refusal("a.docx", "is no ZIP file"), Refusal("b\x1b[2J.pdf", "is empty")),
    partly=(Refusal("half.pdf", "needs OCR: pages 2", skipped=True),),
    generation="g7",
    seconds=75.0,
    stages={"read": 50.0, "write": 24.5},
    added=3,
    changed=2,
    removed=1,
    unchanged=1232,
)
HIT = Hit(
    id="12/2023 NQ",
    title=(Fragment("Nghị quyết về "), Fragment("học phí", marked=True)),
    passages=(
        Passage(
            (Fragment("mức thu "), Fragment("học phí", marked=True), Fragment(" năm học")),
            page=2,
            article="5",
            citation="khoản 2 Điều 5",
        ),
        Passage((Fragment("học phí mầm non"),), page=7),
    ),
    score=7.5,
    kind="nghị quyết",
    category="Giáo dục",
    level="tỉnh",
    number="12/2023/NQ-HĐND",
    issued_on=date(2023, 7, 10),
    date_known="stated",
)
RESULTS = SearchResults(
    request=SearchRequest("học phí", page=2, page_size=10),
    total=11,
    literal_total=0,
    partial_total=4,
    hits=(HIT, replace(HIT, standing="partial", sample=True, date_known="inferred", number=None)),
    facets={
        **dict.fromkeys(FACETS, ()),
        "level": (
            FacetValue("tỉnh", "Tỉnh/thành phố", 1100),
            FacetValue("xã", "Xã", 0),
            FacetValue("huyện", "Huyện", 0, selected=True),
        ),
        "issuer": tuple(FacetValue(f"HĐND xã {n}", f"HĐND xã {n}", 1) for n in range(15)),
    },
    pages=2,
    seconds=0.018,
)
STATS = IndexStats(
    generation="g7",
    built_at="2026-11-23T09:00:00+00:00",
    schema_version=1,
    documents=54_583,
    bytes=300 * 2**20,
    kept_generations=("g7", "g6"),
    source="corpus",
    by_facet={
        "level": {"xã": 3, "tỉnh": 1200, "": 1},
        "issuer": {f"HĐND {n}": n for n in range(15)},
    },
    shards=2,
    kernels="numba",
    fallbacks={"Phrase": 1200, "Near": 1},
)
EXPLANATION = Explanation(
    id="seed.txt",
    standing="partial",
    words_held=2,
    words_asked=4,
    words_needed=3,
    weight_held=0.5,
    weight_needed=0.0,
    score=1.25,
    parts=(ScorePart("text: cử", 3, 0.5), ScorePart("text: tri", 2.5, 0.25)),
    first_score=0.75,
)
PROVINCE = Understood("unit:hà nội", "unit", "tỉnh, thành phố Hà Nội", "hà nội", "prefers")
EVALUATION = Evaluation(
    ndcg_at_10=0.6123,
    mrr_at_10=0.5,
    recall_at_10=0.75,
    recall_at_100=0.9,
    queries=1370,
    without_hits=2,
    without_relevant=3,
    not_asked=4,
)


def test_a_report_counts_and_names_what_gave_no_document() -> None:
    """Every refusal has its path and reason; control characters can't reach the terminal."""
    assert cli_output.draw_build(REPORT).splitlines() == [
        "indexed 1,237 of 1,240 documents in 1 min 15 s: generation g7",
        "added 3, changed 2, removed 1, unchanged 1,232",
        "read 50 s, write 24 s",
        "skipped 1:",
        "  scan.pdf: needs OCR",
        "failed 2:",
        "  a.docx: is no ZIP file",
        "  b [2J.pdf: is empty",
        "indexed without some of their pages 1:",
        "  half.pdf: needs OCR: pages 2",
    ]


def test_a_report_without_refusals_has_three_lines() -> None:
    """Nothing failed, so nothing is said of failures."""
    drawn = cli_output.draw_build(replace(REPORT, skipped=(), failed=(), partly=()))
    assert len(drawn.splitlines()) == 3


def test_a_long_list_of_refusals_is_cut_and_says_so() -> None:
    """The text shows fifty, the JSON all of them."""
    report = replace(REPORT, failed=(Refusal("a.pdf", "is empty"),) * 51, partly=())
    assert cli_output.draw_build(report).endswith("  … and 1 more; --json lists all")
    assert len(cli_json.build_as_json(report)["failed"]) == 51


def test_a_report_in_json_adds_up() -> None:
    """Found is what was indexed, skipped and failed."""
    told = cli_json.build_as_json(REPORT)
    assert told["found"] == told["indexed"] + len(told["skipped"]) + len(told["failed"])
    assert told["skipped"] == [{"path": "scan.pdf", "reason": "needs OCR"}]
    assert told["partly"] == [{"path": "half.pdf", "reason": "needs OCR: pages 2"}]
    assert (told["generation"], told["seconds"]) == ("g7", 75.0)
    assert told["stages"] == {"read": 50.0, "write": 24.5}
    assert [told[name] for name in ("added", "changed", "removed", "unchanged")] == [3, 2, 1, 1232]


def test_hits_are_numbered_on_from_the_page_before() -> None:
    """The first hit of page 2 at ten a page is the eleventh."""
    drawn = cli_results.draw_results(RESULTS)
    assert drawn.startswith("11 matches, 4 partial · page 2 of 2 · 18 ms\n\n 11. Nghị quyết về ")


def test_a_hit_shows_what_a_reader_would_cite_it_by() -> None:
    """Number, kind, level and date stand on one line, the id on its own."""
    plain = click_unstyle(cli_results.draw_results(RESULTS))
    assert "     12/2023/NQ-HĐND · nghị quyết · tỉnh · 2023-07-10 · score 7.50\n" in plain
    assert "     mức thu học phí năm học [khoản 2 Điều 5, page 2]\n" in plain
    assert "     học phí mầm non [page 7]\n     id: 12/2023 NQ\n" in plain


def test_a_hit_without_passages_goes_without() -> None:
    """A document of a title only, or one whose text the library lost, is listed all the same."""
    bare = replace(HIT, passages=(Passage((Fragment("mức thu"),)),))
    assert "     mức thu\n     id:" in cli_results.draw_results(replace(RESULTS, hits=(bare,)))
    none = cli_results.draw_results(replace(RESULTS, hits=(replace(HIT, passages=()),)))
    assert "score 7.50\n     id:" in none


def test_what_was_understood_is_told_with_the_way_back() -> None:
    """Each by its effect, and the option that makes it plain words."""
    drawn = cli_results.draw_results(replace(RESULTS, understood=(PROVINCE,)))
    assert "understood: tỉnh, thành phố Hà Nội (first; --plain unit:hà nội)\n" in drawn
    let_go = replace(RESULTS, understood=(replace(PROVINCE, effect="empty"),))
    assert "(nothing has it: let go; --plain unit:hà nội)" in cli_results.draw_results(let_go)


def test_documents_beyond_what_was_understood_say_so() -> None:
    """They are counted apart, and each of them is marked."""
    hits = (HIT, replace(HIT, standing="literal"))
    drawn = cli_results.draw_results(replace(RESULTS, literal_total=3, hits=hits))
    assert drawn.startswith("11 matches, 3 by the words alone, 4 partial · page")
    assert drawn.count("found by the words alone") == 1


def test_another_spelling_is_asked_and_never_taken() -> None:
    """What would change is bold."""
    suggested = Suggestion("học phí", (Fragment("học "), Fragment("phí", marked=True)))
    drawn = cli_results.draw_results(replace(RESULTS, suggestion=suggested))
    assert "\ndid you mean: học \x1b[1mphí\x1b[0m\n" in drawn


def test_an_empty_result_names_what_to_leave_out() -> None:
    """And how many documents that would give."""
    rescue = Rescue("xyz", SearchRequest("học phí"), 1_200)
    nothing = replace(RESULTS, total=0, partial_total=0, hits=(), pages=0, rescues=(rescue,))
    assert cli_results.draw_results(nothing) == "0 matches · 18 ms\n  without xyz: 1,200"


def test_a_listing_names_each_document_and_its_score() -> None:
    """Without passages: there was no query."""
    assert click_unstyle(cli_results.draw_listing([HIT])).splitlines() == [
        "  1. Nghị quyết về học phí",
        "     12/2023/NQ-HĐND · nghị quyết · 2023-07-10 · score 7.50",
        "     id: 12/2023 NQ",
    ]
    assert cli_results.draw_listing([]) == "nothing like it"


def test_a_hit_says_when_it_is_a_sample_inferred_or_partial() -> None:
    """A made-up act, a concluded date and a weak match are never shown as more."""
    plain = click_unstyle(cli_results.draw_results(RESULTS))
    assert "nghị quyết · tỉnh · 2023-07-10 (inferred) · sample · partial match" in plain


def test_matches_are_bold_on_a_terminal() -> None:
    """The marked words, and only they, are styled."""
    assert "về \x1b[1mhọc phí\x1b[0m" in cli_results.draw_results(RESULTS)


def test_a_style_takes_no_room_in_a_line() -> None:
    """A line of many marked words is as long as one of plain words."""
    words = [Fragment("cử ", marked=True)] * 40
    marked = click_unstyle(
        cli_results.draw_results(
            replace(RESULTS, hits=(replace(HIT, passages=(Passage(tuple(words)),)),))
        )
    )
    assert max(map(len, marked.splitlines())) > 80


def test_facets_show_what_can_be_chosen_and_what_is() -> None:
    """A value without documents is left out unless it is chosen; long lists are cut."""
    drawn = cli_results.draw_results(RESULTS)
    assert "level     tỉnh 1,100 · *huyện 0\n" in drawn
    assert "HĐND xã 11 1 · +3 more" in " ".join(drawn.split())
    assert "category" not in drawn


def test_no_match_is_said_in_one_line() -> None:
    """There are no hits to list and no facets to choose."""
    nothing = replace(RESULTS, total=0, partial_total=0, hits=(), pages=0)
    assert cli_results.draw_results(nothing) == "0 matches · 18 ms"


def test_one_match_is_singular() -> None:
    """Counting is language, too."""
    drawn = cli_results.draw_results(replace(RESULTS, total=1, partial_total=0))
    assert drawn.startswith("1 match · page")


def test_statistics_show_the_largest_values_first() -> None:
    """Twelve values of a facet are shown, and the rest is counted."""
    lines = cli_output.draw_stats(STATS).splitlines()
    assert "documents  54,583" in lines
    assert "size       300.0 MiB" in lines
    assert "shards     2, searched by numba" in lines
    assert "fallbacks  1 × Near, 1,200 × Phrase" in lines
    level = lines.index("level")
    assert lines[level + 1 : level + 4] == ["    1,200  tỉnh", "        3  xã", "        1  —"]
    assert lines[-1] == "           … and 3 more; --json lists all"


def test_statistics_in_json_hold_every_value() -> None:
    """Nothing is cut for a script."""
    told = cli_json.stats_as_json(STATS)
    assert len(told["by_facet"]["issuer"]) == 15
    assert (told["documents"], told["kept_generations"]) == (54_583, ["g7", "g6"])
    assert (told["shards"], told["fallbacks"]) == (2, {"Phrase": 1200, "Near": 1})


def test_an_explanation_lists_what_each_part_adds() -> None:
    """The first line says which words count and how many were needed."""
    assert cli_results.draw_explanation(EXPLANATION).splitlines() == [
        "seed.txt: partial match · 2 of 4 words (3 needed) · score 1.250",
        "first stage 0.750",
        "      adds    measured  what",
        "    +0.500           3  text: cử",
        "    +0.250         2.5  text: tri",
    ]
    told = cli_json.explanation_as_json(EXPLANATION)
    assert told["parts"][0] == {"name": "text: cử", "value": 3, "score": 0.5}
    assert (told["first_score"], told["score"], told["reordering"]) == (0.75, 1.25, [])


def test_a_long_query_is_explained_by_the_weight_of_its_words() -> None:
    """Rare words weigh more, so counting them would mislead."""
    drawn = cli_results.draw_explanation(replace(EXPLANATION, weight_needed=0.4))
    assert "2 of 4 words, 50% of the weight (40% needed)" in drawn
    assert cli_json.explanation_as_json(EXPLANATION)["weight_held"] == 0.5


def test_an_explanation_tells_what_was_understood_and_both_stages() -> None:
    """The second stage's parts stand apart: they are on a scale of their own."""
    both = replace(
        EXPLANATION, reordering=(ScorePart("title", 0.5, -1.25),), understood=(PROVINCE,)
    )
    drawn = cli_results.draw_explanation(both).splitlines()
    assert drawn[1] == "understood: tỉnh, thành phố Hà Nội (first; --plain unit:hà nội)"
    assert drawn[-3:] == [
        "re-ordering 1.250",
        "      adds    measured  what",
        "    -1.250         0.5  title",
    ]
    told = cli_json.explanation_as_json(both)
    assert told["understood"] == ["tỉnh, thành phố Hà Nội"]


def test_an_explanation_without_parts_is_one_line() -> None:
    """A document that shares no word has nothing to list."""
    drawn = cli_results.draw_explanation(replace(EXPLANATION, standing="none", parts=()))
    assert drawn == "seed.txt: no match · 2 of 4 words (3 needed) · score 1.250"


def test_measures_have_four_digits_and_their_base() -> None:
    """A mean without its number of queries says little."""
    drawn = cli_output.draw_evaluation(EVALUATION)
    assert "nDCG@10     0.6123\n" in drawn
    assert "queries     1,370, of which 2 without hits\n" in drawn
    assert cli_json.evaluation_as_json(EVALUATION) == {
        "nDCG@10": 0.6123,
        "MRR@10": 0.5,
        "recall@10": 0.75,
        "recall@100": 0.9,
        "queries": 1370,
        "without_hits": 2,
        "without_relevant": 3,
        "not_asked": 4,
    }


def write_to(encoding: str, monkeypatch: pytest.MonkeyPatch, write: Callable[[], None]) -> bytes:
    """Return what is written to a stdout of that encoding."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    cli_output.prepare_streams()
    write()
    sys.stdout.flush()
    return raw.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-1", "cp1252"])
def test_narrow_terminals_get_escapes_rather_than_an_error(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the encoding can't hold is escaped."""
    written = write_to(encoding, monkeypatch, lambda: show_text("ban hành ế"))
    assert written.endswith(b"\\u1ebf\n")


@pytest.mark.parametrize("encoding", ["ascii", "cp1258", "utf-8", "UTF8", "utf-16"])
def test_json_is_json_in_every_encoding(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script reads back what was meant, a broken file name included."""
    value = {"title": "Nghị quyết", "path": "a\udc80.pdf"}
    written = write_to(encoding, monkeypatch, lambda: cli_output.show(value, "", as_json=True))
    assert json.loads(written.decode(encoding)) == value


def test_utf8_json_keeps_its_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """People read JSON, too."""
    written = write_to("utf-8", monkeypatch, lambda: cli_output.show_json({"q": "đất"}))
    assert "đất".encode() in written


def test_other_streams_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stdout that is no text wrapper has no error handler to set."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    cli_output.prepare_streams()
    show_text("đất")
    cli_output.show_json({"q": 1})
    assert stream.getvalue() == 'đất\n{\n  "q": 1\n}\n'


def test_a_closed_pipe_ends_the_writing_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader who has seen enough is no error, now or when Python ends."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        show_text("x" * 100_000)
        # What is still buffered goes nowhere.
        assert os.fstat(pipe.fileno()).st_rdev == Path(os.devnull).stat().st_rdev


def test_a_full_disk_is_no_closed_pipe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Results that could not be written must not look like success."""

    class FullDisk(io.StringIO):
        def write(self, text: str, /) -> int:
            raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path / text[:1]))

    monkeypatch.setattr(sys, "stdout", FullDisk())
    with pytest.raises(OSError, match="No space left"):
        show_text("x")


def show_text(text: str) -> None:
    """Write the text as a verb does."""
    empty: dict[str, Any] = {}
    cli_output.show(empty, text, as_json=False)


def click_unstyle(text: str) -> str:
    """Return the text as it looks where there is no terminal."""
    return text.replace("\x1b[1m", "").replace("\x1b[0m", "")
