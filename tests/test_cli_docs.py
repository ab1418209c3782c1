"""No command and no option is without help and a place in the operator's guide."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from indexer import cli_exit, settings
from indexer.cli import main

GUIDE = Path(__file__).parent.parent / "docs" / "operator.md"

VERBS = sorted(main.commands)
OPTIONS = [
    (verb, option)
    for verb in VERBS
    for option in main.commands[verb].params
    if isinstance(option, click.Option)
]


def section_of(verb: str) -> str:
    """Return what the guide says under the verb's heading."""
    found = re.search(rf"(?ms)^### `{verb}\b.*?(?=^##|\Z)", GUIDE.read_text(encoding="utf-8"))
    assert found, f"docs/operator.md has no heading for {verb}"
    return found.group()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_and_a_section(verb: str) -> None:
    """The help is a sentence, and the guide has a heading for the verb."""
    assert (main.commands[verb].help or "").strip().endswith(".")
    assert section_of(verb)


@pytest.mark.parametrize(("verb", "option"), OPTIONS)
def test_every_option_has_help_and_stands_in_its_verbs_section(
    verb: str, option: click.Option
) -> None:
    """An option that the guide doesn't name under its verb can't be found there."""
    assert option.help
    names = re.findall(r"--[a-z-]+", section_of(verb))
    assert set(option.opts) <= set(names)


@pytest.mark.parametrize("verb", VERBS)
def test_the_guide_names_no_option_that_is_gone(verb: str) -> None:
    """What a section shows can be typed."""
    known = {name for option in main.commands[verb].params for name in option.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section_of(verb))) <= known


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_can_answer_in_json(verb: str) -> None:
    """Scripts need no verb's text."""
    assert any("--json" in option.opts for option in main.commands[verb].params)


def test_exit_codes_are_the_same_in_help_docstring_and_guide() -> None:
    """Three places list them, and all of them list the same."""
    codes = {
        str(value)
        for name, value in vars(cli_exit).items()
        if name.isupper() and type(value) is int
    }
    assert set(re.findall(r"(?m)^    (\d+) ", cli_exit.__doc__ or "")) == codes
    assert set(re.findall(r"(?m)^ +(\d+) {2}", main.help or "")) == codes
    assert set(re.findall(r"(?m)^\| (\d+) +\|", GUIDE.read_text(encoding="utf-8"))) == codes


def test_every_environment_variable_is_in_the_guide() -> None:
    """An operator need not read settings.py."""
    names = set(re.findall(r"HDND_[A-Z_]+", settings.__doc__ or ""))
    assert names
    assert names <= set(re.findall(r"HDND_[A-Z_]+", GUIDE.read_text(encoding="utf-8")))
