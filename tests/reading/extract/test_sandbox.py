"""Hostile files become reasons in time, and the parent lives on."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import tempfile
import time
import zlib
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.reading.extract import EXTRACTION_VERSION, extract_file, formats, preload, sandbox
from indexer.records import ExtractedText, SourceFile
from indexer.settings import ExtractLimits

if TYPE_CHECKING:
    from collections.abc import Callable


MIB = 2**20
LIMITS = ExtractLimits(seconds=10, memory_bytes=512 * MIB, output_bytes=8 * MIB)
TIGHT = ExtractLimits(seconds=1, memory_bytes=128 * MIB, output_bytes=8 * MIB)
TEXT = "Nghị quyết về mức thu học phí."


@pytest.fixture
def as_source(tmp_path: Path) -> Callable[..., SourceFile]:
    """Return what lays bytes down as a source file."""

    def lay_down(data: bytes, name: str = "a.txt") -> SourceFile:
        location = tmp_path / name
        location.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        return SourceFile(id=name, path=name, location=location, sha256=digest)

    return lay_down


def test_a_file_is_read_by_a_child(as_source: Callable[..., SourceFile]) -> None:
    """All that the extractor found comes through the pipe."""
    page = f"<title>Tin | Cổng thông tin điện tử tỉnh A</title><h1>Học phí</h1><p>{TEXT}</p>"
    extracted = extract_file(as_source(f"<html>{page}</html>".encode(), "a.html"), LIMITS)
    assert extracted.pages == (f"Học phí\n{TEXT}",)
    assert (extracted.title, extracted.media_type) == ("Học phí", "text/html")
    assert extracted.hints == {"publisher": "Cổng thông tin điện tử tỉnh A"}
    assert EXTRACTION_VERSION >= 1


def test_each_format_has_its_reader(
    as_source: Callable[..., SourceFile],
    make_pdf: Callable[..., bytes],
    make_page: Callable[..., Any],
) -> None:
    """A PDF is a PDF whatever its name."""
    pdf = make_pdf(make_page(TEXT))
    assert extract_file(as_source(pdf, "a.txt"), LIMITS).pages == (TEXT,)


def test_a_skipped_type_stays_skipped(as_source: Callable[..., SourceFile]) -> None:
    """The child's reason comes through as it is."""
    with pytest.raises(SkippedSourceError, match="RTF"):
        extract_file(as_source(b"{\\rtf1}"), LIMITS)


def test_a_file_without_a_letter_is_a_failure(as_source: Callable[..., SourceFile]) -> None:
    """An index entry without text helps nobody."""
    with pytest.raises(UnreadableSourceError, match="no text"):
        extract_file(as_source(b" \n-- \n"), LIMITS)


def test_a_file_that_changed_is_a_failure(as_source: Callable[..., SourceFile]) -> None:
    """Its record would describe other bytes."""
    source = as_source(TEXT.encode())
    source.location.write_text("other", encoding="utf-8")
    with pytest.raises(UnreadableSourceError, match="changed while being read; run the command"):
        extract_file(source, LIMITS)


def test_a_file_that_is_gone_is_a_failure(as_source: Callable[..., SourceFile]) -> None:
    """The reason is the system's own."""
    source = as_source(TEXT.encode())
    source.location.unlink()
    with pytest.raises(UnreadableSourceError, match="No such file"):
        extract_file(source, LIMITS)


def test_a_file_too_large_to_hold_is_a_failure(
    as_source: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parent reads the bytes, so their number is bounded."""
    monkeypatch.setattr(sandbox, "_LARGEST_FILE", 10)
    with pytest.raises(UnreadableSourceError, match="larger than 0 MiB"):
        extract_file(as_source(TEXT.encode()), LIMITS)


PAGES = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>"
HOSTILE = {
    "object loop": lambda: b"%PDF-1.4\n1 0 obj\n1 0 R\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    "nested lists": lambda: b"%PDF-1.4\n1 0 obj\n" + b"[" * 10**6 + b"\ntrailer<</Root 1 0 R>>",
    "nested HTML": lambda: b"<html><body>" + b"<div>" * 10**5 + b"x",
    "many tags": lambda: b"<html>" + b"<p><b>x</b> y</p>" * 10**6,
    "many lines": lambda: b"TIN TUC\n" * 10**7,
}


@pytest.fixture
def hostile(
    make_pdf_of_objects: Callable[[list[bytes]], bytes], make_stream: Callable[..., bytes]
) -> dict[str, Callable[[], bytes]]:
    """Return what writes small files that hurt a careless reader."""

    def write_bomb() -> bytes:
        bomb = zlib.compress(zlib.compress(bytes(2**29)))
        content = make_stream(bomb, b"/Filter[/FlateDecode/FlateDecode]")
        return make_pdf_of_objects([*PAGES, PAGE + b">>", content])

    def write_fan_out() -> bytes:
        page = PAGE + b"/Resources<</XObject<</A 5 0 R>>>>>>"
        forms = [make_stream(b"/A Do " * 10, FORM % (at + 6)) for at in range(12)]
        last = make_stream(b"q Q", FORM % 5)
        return make_pdf_of_objects([*PAGES, page, make_stream(b"/A Do"), *forms, last])

    return {**HOSTILE, "flate bomb": write_bomb, "fan-out": write_fan_out}


@pytest.mark.parametrize(
    "name",
    [
        "object loop",
        "flate bomb",
        "fan-out",
        "nested lists",
        "nested HTML",
        "many tags",
        "many lines",
    ],
)
def test_a_hostile_file_becomes_a_reason_in_time(
    as_source: Callable[..., SourceFile], hostile: dict[str, Callable[[], bytes]], name: str
) -> None:
    """Time and memory are bounded, and the next file is read."""
    source = as_source(hostile[name](), "hostile")
    started = time.monotonic()
    with pytest.raises(UnreadableSourceError) as raised:
        extract_file(source, TIGHT)
    assert time.monotonic() - started < TIGHT.seconds + 2
    assert "\n" not in str(raised.value)
    assert ";" in str(raised.value)
    assert extract_file(as_source(TEXT.encode()), LIMITS).pages == (TEXT,)


def test_a_word_bomb_becomes_a_reason(
    as_source: Callable[..., SourceFile], make_zip: Callable[[dict[str, bytes]], bytes]
) -> None:
    """It is refused by the sizes it states."""
    bomb = make_zip({"word/document.xml": bytes(64 * MIB)})
    with pytest.raises(UnreadableSourceError, match="would unpack"):
        extract_file(as_source(bomb, "a.docx"), TIGHT)


def test_too_much_text_becomes_a_reason(as_source: Callable[..., SourceFile]) -> None:
    """The child itself stops before it floods the pipe."""
    limits = ExtractLimits(seconds=10, memory_bytes=512 * MIB, output_bytes=MIB)
    with pytest.raises(UnreadableSourceError, match="more than 1 MiB of text"):
        extract_file(as_source((TEXT + "\n").encode() * 60_000), limits)


def end_by(action: Callable[[], object]) -> Callable[[bytes, str], ExtractedText]:
    """Return an extractor that does that instead."""

    def extract(_data: bytes, _path: str) -> ExtractedText:
        action()
        return ExtractedText(pages=("a",), media_type="text/plain", method="none")

    return extract


def exhaust_stack() -> None:
    """Call itself until Python gives up."""
    exhaust_stack()


def raise_out_of_memory() -> None:
    """Do as a library does that finds no memory."""
    raise MemoryError


DEATHS = [
    (lambda: os.kill(os.getpid(), signal.SIGKILL), r"broke its reader \(SIGKILL\)"),
    (lambda: os.kill(os.getpid(), signal.SIGXCPU), "gave no text within 10 s"),
    (lambda: os._exit(3), r"broke its reader \(exit code 3\)"),
    (lambda: os._exit(71), "needed more than 512 MiB"),
    (lambda: bytearray(2**31), "needed more than 512 MiB"),
    (raise_out_of_memory, "needed more than 512 MiB"),
    (exhaust_stack, "nested too deeply"),
    (lambda: json.loads("{}")["Root"], r"broken \(KeyError: 'Root'\)"),
    (lambda: time.sleep(60), "gave no text within"),
]


@pytest.mark.parametrize(("action", "reason"), DEATHS)
def test_whatever_happens_to_the_child_becomes_a_reason(
    as_source: Callable[..., SourceFile],
    monkeypatch: pytest.MonkeyPatch,
    action: Callable[[], object],
    reason: str,
) -> None:
    """A signal, an exit and any exception are told in a sentence."""
    seconds = 0.5 if "within" in reason and "10 s" not in reason else 10
    limits = ExtractLimits(seconds=seconds, memory_bytes=512 * MIB, output_bytes=MIB)
    monkeypatch.setattr(formats, "extract_bytes", end_by(action))
    with pytest.raises(UnreadableSourceError, match=reason):
        extract_file(as_source(TEXT.encode()), limits)


def test_a_child_that_floods_the_pipe_is_stopped(
    as_source: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parent counts for itself."""
    monkeypatch.setattr(sandbox, "answer_for", lambda *_: b"x" * (2 * MIB))
    limits = ExtractLimits(seconds=10, output_bytes=MIB)
    with pytest.raises(UnreadableSourceError, match="more than 1 MiB"):
        extract_file(as_source(TEXT.encode()), limits)


def test_an_answer_that_breaks_off_is_a_failure(
    as_source: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a text is no text."""
    monkeypatch.setattr(sandbox, "answer_for", lambda *_: b'{"pages": ["a')
    with pytest.raises(UnreadableSourceError, match="broke its reader"):
        extract_file(as_source(TEXT.encode()), LIMITS)


def test_the_child_leaves_nothing_behind(
    as_source: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its temporary folder goes, and so does every process that it started."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pid_file = tmp_path / "grandchild"

    def misbehave() -> None:
        Path("left-over").write_text("x", encoding="utf-8")
        grandchild = os.fork()
        if grandchild == 0:
            time.sleep(60)
            os._exit(0)
        pid_file.write_text(str(grandchild), encoding="ascii")

    monkeypatch.setattr(formats, "extract_bytes", end_by(misbehave))
    limits = ExtractLimits(seconds=1, memory_bytes=512 * MIB, output_bytes=MIB)
    with pytest.raises(UnreadableSourceError, match="gave no text within 1 s"):
        extract_file(as_source(TEXT.encode()), limits)
    assert list(tmp_path.glob("hdnd-extract-*")) == []
    assert is_gone(int(pid_file.read_text(encoding="ascii")))


def is_gone(process: int) -> bool:
    """Return whether the process ended within a second (or waits for its parent to notice)."""
    state = Path(f"/proc/{process}/stat")
    for _ in range(100):
        if not state.exists() or state.read_text(encoding="utf-8").split()[2] == "Z":
            return True
        time.sleep(0.01)
    return False


def test_the_child_can_not_write_much(
    as_source: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may grow to the output limit."""
    monkeypatch.setattr(
        formats, "extract_bytes", end_by(lambda: Path("big").write_bytes(bytes(9 * MIB)))
    )
    with pytest.raises(UnreadableSourceError, match="File too large"):
        extract_file(as_source(TEXT.encode()), LIMITS)


def test_the_child_has_no_input_and_no_output(
    as_source: Callable[..., SourceFile],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A library that asks or talks meets nobody."""

    def talk() -> None:
        os.write(1, b"out")
        os.write(2, b"err")
        assert os.read(0, 1) == b""

    monkeypatch.setattr(formats, "extract_bytes", end_by(talk))
    assert extract_file(as_source(TEXT.encode()), LIMITS).pages == ("a",)
    assert capfd.readouterr() == ("", "")


def test_files_are_read_from_a_worker_of_a_pool(as_source: Callable[..., SourceFile]) -> None:
    """A pool's worker may start children of its own."""
    sources = [as_source(f"{TEXT} {at}".encode(), f"{at}.txt") for at in range(4)]
    preload()
    with get_context("fork").Pool(2) as pool:
        found = pool.starmap(extract_file, [(source, LIMITS) for source in sources])
    assert [text.pages[0] for text in found] == [f"{TEXT} {at}" for at in range(4)]


def test_no_child_outlives_its_file(
    as_source: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is waited for, so that none is left to wait for."""
    children: list[int] = []

    def fork() -> int:
        children.append(real_fork())
        return children[-1]

    real_fork = os.fork
    monkeypatch.setattr(os, "fork", fork)
    extract_file(as_source(TEXT.encode()), LIMITS)
    assert len(children) == 1
    with pytest.raises(ChildProcessError):
        os.waitpid(children[0], os.WNOHANG)


def test_limits_of_the_operator_are_never_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lower hard limit of the whole program stays."""
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (50, 100))
    monkeypatch.setattr(resource, "setrlimit", lambda _, pair: asked.append(pair))
    sandbox._lower(0, 500, 600)
    sandbox._lower(0, 5, 6)
    assert asked == [(100, 100), (5, 6)]


def test_memory_is_counted_from_what_is_mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system does not tell, all of it counts."""
    assert sandbox._mapped_bytes() > MIB

    def fail(*_: object, **__: object) -> str:
        raise FileNotFoundError(2, "No such file")

    monkeypatch.setattr("pathlib.Path.read_text", fail)
    assert sandbox._mapped_bytes() == 0


ANSWERS = [
    (b"{\\rtf1}", "skipped"),
    (b"PK\x03\x04", "unreadable"),
    (TEXT.encode(), "pages"),
]


@pytest.mark.parametrize(("data", "key"), ANSWERS)
def test_an_answer_is_plain_data(data: bytes, key: str) -> None:
    """Nothing that the child says can become code."""
    assert key in json.loads(sandbox.answer_for(data, "a.txt", LIMITS))


ERRORS = [
    (UnreadableSourceError("locked"), "locked"),
    (MemoryError(), "needed more than 512 MiB"),
    (RecursionError(), "nested too deeply"),
    (KeyError("Root\nx"), "broken (KeyError: 'Root"),
]


@pytest.mark.parametrize(("error", "reason"), ERRORS)
def test_an_error_is_told_in_one_line(error: Exception, reason: str) -> None:
    """Its name is there where nothing better is known."""
    told = sandbox._explain_error(error, LIMITS)
    assert told.startswith(reason)
    assert "\n" not in told


def test_an_answer_over_the_limit_is_none() -> None:
    """A text that is too long is told as such."""
    limits = ExtractLimits(output_bytes=10)
    answer = json.loads(sandbox.answer_for(TEXT.encode(), "a.txt", limits))
    assert "of text" in answer["unreadable"]


def test_half_letters_do_not_break_the_answer() -> None:
    """They can't be stored later either."""
    assert sandbox._pack({"pages": ["a\ud800"]}) == b'{"pages": ["a?"]}'
