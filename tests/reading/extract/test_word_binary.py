"""Old Word documents, read by programs from outside."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.language.syllables import syllable_share
from indexer.language.text import clean_text
from indexer.reading.extract import word_binary
from indexer.reading.extract.formats import extract_bytes
from indexer.reading.extract.media_type import DOC, WORD_XML
from indexer.reading.extract.office_program import (
    convert_to_docx,
    find_antiword,
    find_office,
    run_program,
)
from indexer.reading.extract.word_binary import extract_doc, extract_word_xml

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = Path(__file__).parents[4] / "shared" / "data" / "files"
needs_files = pytest.mark.skipif(not FILES.exists(), reason="needs ../shared/data/files")
needs_office = pytest.mark.skipif(not find_office(), reason="needs LibreOffice")
needs_antiword = pytest.mark.skipif(not find_antiword(), reason="needs antiword")

BOOK = """<?xml version="1.0"?><book><bookinfo><title>Tên</title></bookinfo><chapter>
<title/><para>
<informaltable><tgroup><tbody><row><entry>
HĐND XÃ A
Số: 1/NQ-HĐND
</entry><entry>
Độc lập - Tự do
</entry></row></tbody></tgroup></informaltable>
</para><sect1><title>NGHỊ QUYẾT</title><para>
<emphasis>Điều 1.</emphasis> Thu[pic]
phí
</para></sect1></chapter></book>"""


@pytest.fixture
def make_program(tmp_path: Path) -> Callable[[str, str], str]:
    """Return what writes a program of that name, in the shell's language."""

    def make(name: str, script: str) -> str:
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return str(program)

    return make


@pytest.fixture
def have(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None, str | None], None]:
    """Return what installs these programs instead of those of the machine."""

    def install(office: str | None, antiword: str | None) -> None:
        monkeypatch.setattr(word_binary, "find_office", lambda: office)
        monkeypatch.setattr(word_binary, "find_antiword", lambda: antiword)

    return install


@pytest.fixture
def office_saving(make_program: Callable[[str, str], str], tmp_path: Path) -> Callable[[str], str]:
    """Return what makes an office program that saves every document as one with this text."""

    def make(text: str) -> str:
        document = docx.Document()
        document.add_paragraph(text)
        document.save(str(tmp_path / "saved.docx"))
        copy = f'mkdir out && cp "{tmp_path}/saved.docx" out/source.docx'
        return make_program("soffice", copy)

    return make


def test_an_office_program_is_asked_first(
    have: Callable[..., None], office_saving: Callable[[str], str]
) -> None:
    """It tells fonts and counts lists."""
    have(office_saving("Điều 1"), "antiword")
    extracted = extract_doc(b"x")
    assert (extracted.pages, extracted.media_type) == (("Điều 1",), DOC)
    assert extracted.method == "LibreOffice"


def test_antiword_reads_where_there_is_no_office_program(
    have: Callable[..., None], make_program: Callable[[str, str], str]
) -> None:
    """Its tables stand in their place, its pictures are left out."""
    have(None, make_program("antiword", f"cat <<'E'\n{BOOK}\nE"))
    extracted = extract_doc(b"x")
    assert (extracted.method, extracted.media_type) == ("antiword", DOC)
    lines = [line for line in extracted.pages[0].split("\n") if line]
    assert lines == [
        *("HĐND XÃ A", "Số: 1/NQ-HĐND", "Độc lập - Tự do", "NGHỊ QUYẾT", "Điều 1. Thu", "phí"),
    ]


def test_antiword_steps_in_where_the_office_program_fails(
    have: Callable[..., None], make_program: Callable[[str, str], str]
) -> None:
    """Without it the failure is told."""
    office = make_program("soffice", "exit 0")
    have(office, make_program("antiword", "echo '<a><para>Phí</para></a>'"))
    assert extract_doc(b"x").pages == ("Phí",)
    for antiword in (make_program("antiword", "exit 1"), None):
        have(office, antiword)
        with pytest.raises(UnreadableSourceError, match="LibreOffice can't open it"):
            extract_doc(b"x")


def test_without_programs_a_file_is_skipped(have: Callable[..., None]) -> None:
    """The reason names the type and what to install."""
    have(None, None)
    with pytest.raises(SkippedSourceError, match=r"\.doc\), which needs .* apt-get install"):
        extract_doc(b"x")
    with pytest.raises(SkippedSourceError, match="Word 2003, which needs LibreOffice: apt-get"):
        extract_word_xml(b"x")


def test_a_document_with_a_password_is_refused() -> None:
    """Its first block says so, whichever version of Word wrote it."""
    for sign in (b"\xec\xa5", b"\xdc\xa5"):
        block = sign.ljust(11, b"\0") + b"\x01"
        with pytest.raises(UnreadableSourceError, match="password"):
            extract_doc(b"\0" * 512 + block.ljust(1024, b"\0"))


def test_an_open_document_is_not_taken_for_a_locked_one(
    have: Callable[..., None], office_saving: Callable[[str], str]
) -> None:
    """The same block says that, too."""
    have(office_saving("Phí"), None)
    assert extract_doc(b"\0" * 512 + b"\xec\xa5".ljust(1024, b"\0")).pages == ("Phí",)


def test_the_xml_of_word_2003_is_read(
    have: Callable[..., None], office_saving: Callable[[str], str]
) -> None:
    """By the office program alone."""
    have(office_saving("Điều 2"), None)
    extracted = extract_word_xml(b"<w/>")
    assert (extracted.pages, extracted.media_type) == (("Điều 2",), WORD_XML)


def test_a_program_that_fails_tells_why(
    make_program: Callable[[str, str], str], tmp_path: Path
) -> None:
    """In one line, without the folder that nobody else knows."""
    talking = make_program("talking", 'echo "$HOME/a.doc is broken\n  indeed" >&2; exit 3')
    with pytest.raises(UnreadableSourceError, match=r"talking can't read it \(a\.doc is broken in"):
        run_program([talking], tmp_path)
    with pytest.raises(UnreadableSourceError, match=r"silent can't read it \(exit code 4\)"):
        run_program([make_program("silent", "exit 4")], tmp_path)


def test_a_program_learns_little_of_its_surroundings(
    make_program: Callable[[str, str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its home is a folder of its own; what else the service was told stays with it."""
    monkeypatch.setenv("HDND_SECRET", "x")
    told = run_program([make_program("tell", "env; pwd")], tmp_path).decode()
    assert f"HOME={tmp_path}" in told
    assert "HDND_SECRET" not in told
    assert told.strip().endswith(str(tmp_path))


def test_the_office_program_runs_no_macros(
    make_program: Callable[[str, str], str], tmp_path: Path
) -> None:
    """Its settings forbid them, as they do links to other files."""
    keep = make_program("soffice", f'cp profile/user/*.xcu "{tmp_path}"')
    with pytest.raises(UnreadableSourceError):
        convert_to_docx(b"x", keep, ".doc")
    settings = (tmp_path / "registrymodifications.xcu").read_text(encoding="utf-8")
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true' in settings
    assert '/Update"><prop oor:name="Link" oor:op="fuse"><value>0' in settings


def test_programs_are_found_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems call the office program by its long name."""
    installed = {"libreoffice": "/x/libreoffice"}
    monkeypatch.setattr("shutil.which", installed.get)
    assert (find_office(), find_antiword()) == ("/x/libreoffice", None)


@pytest.fixture(scope="module")
def old_document(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give a real .doc in old letters and new ones."""
    document = docx.Document()
    for text, font in (("héi ®ång nh©n d©n", ".VnTimeH"), ("NghÞ quyÕt vÒ phÝ", ".VnTime")):
        document.add_paragraph().add_run(text).font.name = font
    document.add_paragraph("Điều 1. Mức thu", style="List Number")
    # antiword refuses documents with hardly any text.
    document.add_paragraph("Hội đồng nhân dân xã thông qua. " * 40)
    folder = tmp_path_factory.mktemp("doc")
    document.save(str(folder / "a.docx"))
    office = find_office()
    assert office
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "doc", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "a.docx")], check=True, capture_output=True)
    return (folder / "a.doc").read_bytes()


@needs_office
def test_a_real_document_is_read_with_its_fonts_and_numbers(old_document: bytes) -> None:
    """A font of capitals shows its letters as capitals; the list counts itself."""
    lines = [line for line in extract_bytes(old_document, "a.doc").pages[0].split("\n") if line]
    assert lines[:3] == ["HỘI ĐỒNG NHÂN DÂN", "Nghị quyết về phí", "1. Điều 1. Mức thu"]


@needs_office
@needs_antiword
def test_a_real_document_is_read_without_an_office_program(
    old_document: bytes, have: Callable[..., None]
) -> None:
    """Antiword gives every letter, if not its font."""
    have(None, find_antiword())
    assert "Điều 1. Mức thu" in extract_doc(old_document).pages[0]


@needs_office
@pytest.mark.shared
@needs_files
@pytest.mark.parametrize("folder", ["doc", "tcvn3"])
def test_every_real_document_is_read(folder: str) -> None:
    """In Vietnamese but for two lists of medicines and tests, which name them in English."""
    poor = []
    for file in sorted((FILES / folder).iterdir()):
        text = clean_text("\n".join(extract_bytes(file.read_bytes(), file.name).pages))
        share = syllable_share(text)
        assert share >= 0.94, file.name
        if share < 0.97:
            poor.append(file.name)
    assert len(poor) <= 2, poor
