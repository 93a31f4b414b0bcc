"""The bytes of a file that somebody named, or a sentence on why there are none."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import BinaryIO

from lstm_engine.errors import UserError


def file_content(path: Path, place: str, largest: int) -> bytes:
    """What is in the file; where it is longer than `largest` bytes, one byte more than those.

    place: what the file is called in sentences.

    Raises:
        UserError: one sentence with the file, and that a CSV file was expected.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UserError(f"{place} is a directory: expected a CSV file")
        if not stat.S_ISREG(mode):
            raise UserError(f"{place} is not a regular file: expected a CSV file")
        with path.open("rb") as file:
            return file.read(largest + 1)
    except FileNotFoundError:
        raise UserError(f"{place} does not exist: expected a CSV file") from None
    except OSError as error:
        raise UserError(f"{place} cannot be read ({error.strerror}): expected a CSV file") from None
    except ValueError:  # a NUL in the path
        raise UserError(f"{place} is not a possible path: expected a CSV file") from None


def stream_content(stream: BinaryIO, place: str, largest: int) -> bytes:
    """What comes out of the stream, as `file_content`. Raises UserError where it cannot be read."""
    try:
        return stream.read(largest + 1)
    except OSError as error:
        raise UserError(f"{place} cannot be read ({error.strerror}): expected a CSV file") from None


def check_size(content: bytes, place: str, largest: int) -> None:
    """Raises UserError where it is longer than `largest` bytes."""
    if len(content) > largest:
        raise UserError(f"{place} is too large: expected a CSV file of at most {largest // 1_000_000} MB")
