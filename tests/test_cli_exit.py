"""Every outcome has its exit code, and every error is one line and, if asked, a JSON object."""

from __future__ import annotations

import json
import sqlite3

import click
import pytest
from click.testing import CliRunner, Result

from indexer import cli_exit
from indexer.cli_exit import CommandLine
from indexer.errors import (
    BadPageError,
    DamagedIndexError,
    DocumentNotFoundError,
    HdndError,
    LockedIndexError,
    ManifestError,
    NoIndexError,
    QueryError,
    SkippedSourceError,
    StaleIndexError,
    UnknownFacetValueError,
    UnreadableSourceError,
    WorkerLostError,
)


def run_raising(error: BaseException, *args: str) -> Result:
    """Return the outcome of a verb that raises the error."""

    @click.group(cls=CommandLine)
    def program() -> None:
        """Raise."""

    @program.command()
    @click.option("--json", is_flag=True)
    def fail(*, json: bool) -> None:
        del json
        raise error

    return CliRunner().invoke(program, ["fail", *args])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UnreadableSourceError("a.pdf: is empty"), 1),
        (SkippedSourceError("a.pdf: needs OCR"), 1),
        (HdndError("HDND_EXTRACT_SECONDS='x' is not a number"), 2),
        (ManifestError("manifest.jsonl:3: names a.pdf twice"), 2),
        (QueryError("no words", "không có từ"), 2),
        (BadPageError("page 0", "trang 0"), 2),
        (UnknownFacetValueError("level", "thôn"), 2),
        (DocumentNotFoundError("no-such"), 2),
        (click.UsageError("no such option"), 2),
        (click.FileError("a.tsv"), 2),
        (LockedIndexError("process 12 is writing"), 3),
        (NoIndexError("nothing was built there"), 4),
        (StaleIndexError("built by schema 3"), 4),
        (DamagedIndexError("postings.npy differs"), 4),
        (WorkerLostError("a worker process was killed"), 5),
        (OSError(28, "No space left on device"), 5),
        (PermissionError(13, "Permission denied", "var/index"), 5),
        (sqlite3.OperationalError("database or disk is full"), 5),
        (sqlite3.ProgrammingError("wrong number of values"), 70),
        (ZeroDivisionError("division by zero"), 70),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_error_has_its_exit_code(error: BaseException, code: int) -> None:
    """Scripts can tell usage from a lock, damage, the machine and our own faults."""
    assert run_raising(error).exit_code == code


def test_an_error_is_one_line_on_stderr() -> None:
    """No traceback, no usage text, nothing on stdout."""
    result = run_raising(NoIndexError("nothing was built there;\n  run build first"))
    assert result.stderr == "error: nothing was built there; run build first\n"
    assert result.stdout == ""


def test_a_fault_of_the_program_shows_its_traceback() -> None:
    """Whoever mends it needs the place; the code still tells it from 1, which means done."""
    result = run_raising(ZeroDivisionError("division by zero"))
    assert result.stderr.startswith("Traceback")
    assert result.stderr.endswith("error: division by zero\n")


def test_an_error_without_words_is_named() -> None:
    """A bare exception still gives a line that says something."""
    assert run_raising(NotImplementedError()).stderr.endswith("error: NotImplementedError\n")


def test_json_errors_are_objects_with_what_is_known() -> None:
    """Position and suggestion of a query's fault reach the script that asked."""
    error = QueryError("quote is open", "thiếu dấu", position=4, suggestion='"phí"')
    result = run_raising(error, "--json")
    assert json.loads(result.stdout) == {
        "error": {
            "type": "QueryError",
            "message": "quote is open",
            "exit_code": 2,
            "vietnamese": "thiếu dấu",
            "position": 4,
            "suggestion": '"phí"',
        }
    }
    assert result.stderr == "error: quote is open\n"


def test_a_wrong_option_is_a_json_error_too() -> None:
    """Even where the command line can't be parsed, stdout is JSON and names the help."""
    result = run_raising(ValueError(), "--json", "--frobnicate")
    assert result.exit_code == 2
    told = json.loads(result.stdout)["error"]
    assert told["type"] == "NoSuchOption"
    assert told["message"].endswith("see program fail --help")


def test_json_after_the_double_dash_is_a_word() -> None:
    """`-- --json` is no option, so stdout stays empty."""
    assert run_raising(ValueError(), "--", "--json").stdout == ""


def test_the_machine_names_the_file_it_refused() -> None:
    """The system's reason comes first, then the path, without its number."""
    result = run_raising(PermissionError(13, "Permission denied", "var/index/CURRENT"))
    assert result.stderr == "error: Permission denied: var/index/CURRENT\n"


def test_a_full_disk_is_told_in_words() -> None:
    """The system's number says nothing to an operator, and there is no traceback."""
    result = run_raising(OSError(28, "No space left on device"))
    assert result.stderr == "error: No space left on device\n"
    full = run_raising(sqlite3.OperationalError("database or disk is full"))
    assert full.stderr == "error: database or disk is full\n"


def test_a_verb_gives_its_own_exit_code() -> None:
    """What the verb returns is what the process leaves with."""

    @click.group(cls=CommandLine)
    def program() -> None:
        """Return codes."""

    @program.command()
    def partly() -> int:
        return cli_exit.SOME_FAILED

    @program.command()
    def fully() -> int:
        return cli_exit.DONE

    runner = CliRunner()
    assert runner.invoke(program, ["partly"]).exit_code == 1
    assert runner.invoke(program, ["fully"]).exit_code == 0
    assert runner.invoke(program, ["--help"]).exit_code == 0


def test_a_call_without_a_verb_is_a_usage_error() -> None:
    """Nothing was done, so the code is not 0, and one line says where the verbs are."""

    @click.group(cls=CommandLine, no_args_is_help=False)
    def program() -> None:
        """Do nothing."""

    result = CliRunner().invoke(program, [])
    assert result.exit_code == 2
    assert result.stderr == "error: Missing command; see program --help\n"
