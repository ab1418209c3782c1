"""The project's own files keep their promises: floors, locks, commands."""

from __future__ import annotations

import configparser
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "corpus" / "README.md"])


def bounds(section: str, option: str) -> dict[str, str]:
    """Return the requirement lines of setup.cfg by lower-case name."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = [
        line for line in config[section][option].splitlines() if line and not line.startswith("#")
    ]
    names = (re.split(r"[ \[><=]", line, maxsplit=1)[0].lower() for line in lines)
    return dict(zip(names, lines, strict=True))


def test_pdfminer_is_newer_than_its_code_execution() -> None:
    """Releases before 20251230 run pickled code out of a PDF (CVE-2025-64512)."""
    assert int(version("pdfminer.six")) >= 20251230
    assert ">=20251230" in bounds("options", "install_requires")["pdfminer.six"]


def test_whoosh_is_pinned() -> None:
    """The engine reads the posting blocks of this version from inside."""
    assert version("whoosh") == "2.7.4"
    assert bounds("options", "install_requires")["whoosh"] == "whoosh ==2.7.4"


@pytest.mark.parametrize(
    ("section", "option", "lock"),
    [
        ("options", "install_requires", "requirements.lock"),
        ("options.extras_require", "test", "requirements-test.lock"),
    ],
)
def test_every_dependency_has_a_bound_and_a_locked_version(
    section: str, option: str, lock: str
) -> None:
    """setup.cfg says how old a dependency may be, the lock file which one it is."""
    locked = (ROOT / lock).read_text(encoding="utf-8").lower().replace("_", "-")
    for name, line in bounds(section, option).items():
        assert re.search(r"[><=]=?", line), line
        package = re.escape(re.sub(r"[._]", "-", name))
        assert re.search(rf"^{package}(\[[a-z,]+\])?==", locked, re.MULTILINE), name
    assert "http" not in locked


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_links_to_a_file_that_is_gone(page: Path) -> None:
    """Links into the project lead somewhere."""
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_code_names_no_page_that_is_gone() -> None:
    """Who follows a docstring to docs/ finds the page."""
    code = [path for wing in ("indexer", "webapp", "tests") for path in (ROOT / wing).rglob("*.py")]
    named = {
        page
        for path in code
        for page in re.findall(r"docs/[\w./-]+\.md", path.read_text(encoding="utf-8"))
    }
    assert named
    assert {page for page in named if not (ROOT / page).is_file()} == set()


@pytest.mark.parametrize("package", ["indexer", "webapp"])
def test_the_wheel_takes_every_file_that_is_no_code(package: str) -> None:
    """A template or table that no pattern of setup.cfg names would be missing once installed."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    patterns = config["options.package_data"][package].split(",")
    named = {path for pattern in patterns for path in (ROOT / package).glob(pattern.strip())}
    files = {path for path in (ROOT / package).rglob("*") if path.is_file()}
    assert {p for p in files if p.suffix != ".py" and p.parent.name != "__pycache__"} <= named


def test_make_names_a_missing_venv_package(tmp_path: Path) -> None:
    """Debian splits venv off Python; one line says so and how to mend it."""
    python = tmp_path / "python3"
    python.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexit 0\n')
    python.chmod(0o755)
    make = ["make", "run", f"PYTHON={python}", f"VENV={tmp_path / 'venv'}"]
    made = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode != 0
    assert "python3-venv is missing; install it: sudo apt-get install python3-venv" in made.stderr


def test_make_names_a_python_that_is_too_old(tmp_path: Path) -> None:
    """Python 3.9 is told apart from no Python at all by the same line."""
    python = tmp_path / "python3"
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    make = ["make", "test", f"PYTHON={python}", f"VENV={tmp_path / 'venv'}"]
    made = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Python 3.10 or newer is missing" in made.stderr
