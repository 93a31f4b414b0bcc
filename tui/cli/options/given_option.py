"""Which options stand on the command line, and which have their default."""

from __future__ import annotations

import click
from click.core import ParameterSource


def given_option(context: click.Context, *names: str) -> str | None:
    """The first of these options that stands on the command line, as it is written there."""
    for parameter in context.command.params:
        if parameter.name in names and context.get_parameter_source(parameter.name) is ParameterSource.COMMANDLINE:
            return parameter.opts[-1]
    return None
