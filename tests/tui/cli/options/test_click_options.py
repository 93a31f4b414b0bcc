"""The options that several commands have in common: each is in every command that it belongs to, and is explained."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from tui.cli.main import cli
from tui.cli.options import click_options


def options_of(*names: str) -> set[str]:
    found: click.Command = cli
    for name in names:
        assert isinstance(found, click.Group)
        found = found.commands[name]
    return {option for parameter in found.params for option in parameter.opts}


ENGINE = {"--checkpoints", "--save-every", "--keep", "--on-hangup", "--shared", "--tensorboard", "--on-end"}


@pytest.mark.parametrize("command", [(), ("resume",), ("train",)])
def test_whoever_may_start_an_engine_says_how(command: tuple[str, ...]) -> None:
    assert options_of(*command) >= ENGINE


@pytest.mark.parametrize("command", [(), ("resume",), ("attach",)])
def test_whoever_shows_a_dashboard_says_how_it_is_drawn(command: tuple[str, ...]) -> None:
    assert options_of(*command) >= {"--fps", "--marker", "--no-bell"}


def test_a_group_of_options_is_in_the_help_in_its_order() -> None:
    @click.command()
    @click_options.engine_options
    def command(**_: object) -> None:
        """Nothing."""

    text = CliRunner().invoke(command, ["--help"]).output
    places = [text.index(option) for option in ("--checkpoints", "--save-every", "--keep", "--on-hangup", "--shared")]
    assert places == sorted(places)


@pytest.mark.parametrize(("value", "status"), [("continue", 0), ("stop", 0), ("explode", 2)])
def test_on_hangup_is_one_of_two(value: str, status: int) -> None:
    seen: list[object] = []

    @click.command()
    @click_options.engine_options
    def command(on_hangup: str | None, **_: object) -> None:
        seen.append(on_hangup)

    result = CliRunner().invoke(command, ["--on-hangup", value])
    assert result.exit_code == status
    assert seen == ([value] if status == 0 else [])
    assert CliRunner().invoke(command, []).exit_code == 0
    assert seen[-1] is None, "what was not said, the run remembers"


def test_epochs_have_a_text_of_each_command_s_own() -> None:
    @click.command()
    @click_options.epochs_option("how many more")
    def command(epochs: int | None) -> None:
        click.echo(epochs)

    assert "how many more" in CliRunner().invoke(command, ["--help"]).output
    assert CliRunner().invoke(command, ["--epochs", "7"]).output == "7\n"
