"""Standard input, output and error, any of which may be closed, full, or gone."""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click


def open_what_is_closed() -> None:
    """Standard input, output and error are there (`>&-`): what is opened first would be in their place.

    To write to an output that was closed is an error; what was to be said of errors goes nowhere.
    """
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(descriptor, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def say(sentence: str | None = None) -> None:
    """A sentence on standard error, and all that was left to write there."""
    try:
        if sentence is not None:
            click.echo(f"lstm-tui: {sentence}", err=True)
        sys.stderr.flush()
    except OSError:
        drop(sys.stderr)


def drop(stream: TextIO) -> None:
    """What is still in its buffer goes nowhere, or else the interpreter complains about it while it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
