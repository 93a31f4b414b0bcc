"""The README stays true: every key and option stands in it, and its pictures exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from tui.actions import ACTIONS
from tui.cli.main import cli

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("label", sorted({action.label for action in ACTIONS}))
def test_every_key_is_in_it(label: str) -> None:
    assert f"`{label}`" in README


def options() -> set[str]:
    """The long names of all options, of all commands."""
    commands: list[click.Command] = [cli, *cli.commands.values()]
    return {name for command in commands for parameter in command.params for name in parameter.opts if "--" in name}


@pytest.mark.parametrize("option", sorted(options() - {"--version"}))
def test_every_option_is_in_it(option: str) -> None:
    assert re.search(rf"`[^`]*{option}\b", README)


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_is_in_it(command: str) -> None:
    assert f"`lstm-tui {command}" in README


@pytest.mark.parametrize("target", re.findall(r"\]\(<?([^)>]+)>?\)", README))
def test_what_it_links_to_exists(target: str) -> None:
    assert (ROOT / target).is_file()
