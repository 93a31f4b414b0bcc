"""Text for a file, or for standard output."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from lstm_engine.errors import UserError
from lstm_engine.text import printable


def write_text(output: Path | None, write: Callable[[TextIO], object], stream: TextIO) -> None:
    """What `write` writes, to `output` or else to `stream`.

    A file is complete or not there; a pipe or a device that stands at `output` already is written to, and so is what a
    link leads to.

    Raises:
        UserError: the file cannot be written.
        OSError: the stream cannot be written.
    """
    if output is None:
        write(stream)
        return
    try:
        if output.exists() and not output.is_file():
            with output.open("w", encoding="utf-8", newline="") as file:
                write(file)
        else:
            _replace(output.resolve(), write)
    except OSError as error:
        raise UserError(f"{printable(str(output))} cannot be written ({error.strerror}): expected a file") from error


def _replace(path: Path, write: Callable[[TextIO], object]) -> None:
    """Write a file that takes its place when it is complete; raises OSError."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with part.open("x", encoding="utf-8", newline="") as file:
        try:
            write(file)
            file.flush()
            part.replace(path)
        except BaseException:
            part.unlink()
            raise
