"""Only regular, readable files below the root are opened, whatever happens meanwhile."""

from __future__ import annotations

import hashlib
import os
import socket
import unicodedata
from typing import TYPE_CHECKING

import pytest

from indexer.errors import UnreadableSourceError
from indexer.reading.file_check import examine_file, open_inside, open_source, read_listed
from indexer.records import SourceFile

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Nghị quyết về học phí.\n"
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()


def reason_against(root: Path, path: str) -> str:
    """Return why a file is not taken."""
    with pytest.raises(UnreadableSourceError) as raised:
        examine_file(root, path)
    return str(raised.value)


def test_a_file_is_found_and_summed_up(tmp_path: Path) -> None:
    """Links within the root lead to their files, in either spelling of Unicode."""
    name = unicodedata.normalize("NFD", "nghị quyết.txt")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "link").symlink_to(f"a/{name}")
    (tmp_path / "folder").symlink_to("a")
    assert examine_file(tmp_path, "a/nghị quyết.txt") == (tmp_path / "a" / name, SHA256)
    assert examine_file(tmp_path, "link")[1] == SHA256
    assert examine_file(tmp_path, f"folder/{name}")[1] == SHA256


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two gigabytes of nothing take no time and no memory."""
    with (tmp_path / "a.pdf").open("wb") as sparse:
        sparse.truncate(2**31)
    monkeypatch.setattr(hashlib, "sha256", lambda: pytest.fail("was read"))
    assert reason_against(tmp_path, "a.pdf").startswith("larger than 512 MiB; split it")


def test_what_is_no_file_is_not_even_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe would wait, and some devices do things when they are opened."""
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # The names of sockets are short.
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
    opened: list[object] = []

    def note(path: object, *more: int, **places: int) -> int:
        opened.append(path)
        return real_open(path, *more, **places)  # type: ignore[arg-type]

    real_open = os.open
    monkeypatch.setattr(os, "open", note)
    for name in ("pipe", "socket"):
        assert reason_against(tmp_path, name).startswith("no regular file")
    assert "pipe" not in opened
    assert "socket" not in opened


def test_a_device_is_refused(tmp_path: Path) -> None:
    """As anything that is no document."""
    try:
        os.mknod(tmp_path / "null", 0o20666, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only the superuser makes devices")
    assert reason_against(tmp_path, "null").startswith("no regular file")


def test_something_put_in_the_place_of_a_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The open file is looked at again, and closed."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    file = (tmp_path / "a.txt").stat()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "pipe").replace(tmp_path / "a.txt")
    monkeypatch.setattr(os, "stat", lambda *_, **__: file)
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - Path.iterdir asks os.stat
    with (
        pytest.raises(UnreadableSourceError, match="no regular file"),
        open_inside(tmp_path, tmp_path / "a.txt"),
    ):
        pass
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


@pytest.mark.parametrize("swapped", ["d/a.txt", "d"])
def test_a_link_swapped_in_on_the_way_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swapped: str
) -> None:
    """Neither in the place of the file nor of a folder above it."""
    root, outside = tmp_path / "root", tmp_path / "outside"
    for folder in (root / "d", outside):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    real_path = os.path.realpath

    def swap_after_looking(path: str) -> str:
        found = real_path(path)
        if not (root / swapped).is_symlink() and str(path) != str(root):
            (root / swapped).rename(tmp_path / "moved")
            (root / swapped).symlink_to(outside if swapped == "d" else outside / "a.txt")
        return found

    monkeypatch.setattr(os.path, "realpath", swap_after_looking)
    reason = reason_against(root, "d/a.txt")
    assert reason.startswith(("can't be opened", "no regular file"))


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone.txt", "missing"),
        ("a.txt/b.txt", "can't be opened (Not a directory)"),
        ("d", "a folder"),
        ("empty.txt", "empty file"),
        ("../a.txt", "a link out of the folder"),
        ("ring", "no regular file"),
        ("to-nothing", "a link to nothing"),
        ("n" * 300, "can't be opened (File name too long)"),
        ("a\0b", "can't be opened (ValueError)"),
    ],
)
def test_each_fault_has_its_reason(tmp_path: Path, path: str, reason: str) -> None:
    """With what to do about it."""
    root = tmp_path / "root"
    (root / "d").mkdir(parents=True)
    (root / "a.txt").write_text(TEXT, encoding="utf-8")
    (root / "empty.txt").touch()
    (root / "ring").symlink_to("ring")
    (root / "to-nothing").symlink_to("gone.txt")
    told = reason_against(root, path)
    assert told.startswith(reason)
    assert "; " in told


class _Broken:
    """A file on a bad disk."""

    def read(self, _: int) -> bytes:
        raise OSError(5, "Input/output error")

    def seek(self, *_: int) -> int:
        return 9


def test_a_file_that_breaks_off_is_refused() -> None:
    """A bad disk is told as such."""
    source = SourceFile("a", "a", None, SHA256)  # type: ignore[arg-type]
    with pytest.raises(UnreadableSourceError, match=r"can't be read \(Input/output error\)"):
        read_listed(_Broken(), source)  # type: ignore[arg-type]


def test_a_source_is_opened_below_its_root(tmp_path: Path) -> None:
    """The root is what is left of the place without the path."""
    (tmp_path / "root/d").mkdir(parents=True)
    location = tmp_path / "root/d/a.txt"
    location.write_text(TEXT, encoding="utf-8")
    source = SourceFile("a", "d/a.txt", location, SHA256)
    with open_source(source) as file:
        assert read_listed(file, source) == TEXT.encode()
        assert read_listed(file, source) == TEXT.encode()
    (tmp_path / "outside.txt").write_text(TEXT, encoding="utf-8")
    location.unlink()
    location.symlink_to("../../outside.txt")
    with pytest.raises(UnreadableSourceError, match="out of the folder"), open_source(source):
        pass
    location.unlink()
    location.symlink_to("../b.txt")
    (tmp_path / "root/b.txt").write_text(TEXT, encoding="utf-8")
    with open_source(source) as file:
        assert read_listed(file, source) == TEXT.encode()
