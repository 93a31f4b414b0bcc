"""An event file that is whole, or not there."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from lstm_engine.errors import UserError
from lstm_engine.formats.event_file.writer import event_file_name, is_event_file
from lstm_engine.text import printable


@contextmanager
def exported_event_file(output: Path, wall: float) -> Iterator[tuple[BinaryIO, Path]]:
    """A file to write, and where in the folder `output`, which is made, it will lie at the end of the `with` block.

    wall: when it begins, seconds since 1970.

    Raises:
        UserError: the folder has event files, which TensorBoard would take for the same run's; nothing was written.
        OSError: the file cannot be written; nothing is left of it.
    """
    output.mkdir(parents=True, exist_ok=True)
    if any(is_event_file(path.name) for path in output.iterdir()):
        place = printable(str(output))
        raise UserError(
            f"{place} has event files, which TensorBoard would mix with this run's: expected another folder"
        )
    path = output / event_file_name(wall)
    part = output / f".{secrets.token_hex(4)}.part"
    try:
        with part.open("xb") as file:
            yield file, path
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
