"""Which options stand on the command line."""

from __future__ import annotations

import click
from click.testing import CliRunner

from tui.cli.options.given_option import given_option


@click.command()
@click.option("-a", "--alpha", default=1)
@click.option("--beta", default=2)
@click.pass_context
def command(context: click.Context, **_: int) -> None:
    click.echo(given_option(context, "alpha", "beta"))


def test_the_first_one_is_told_as_it_is_written() -> None:
    outputs = [
        CliRunner().invoke(command, words).output for words in ([], ["--beta", "2"], ["--beta", "1", "-a", "1"])
    ]
    assert outputs == ["\n", "--beta\n", "--alpha\n"]
