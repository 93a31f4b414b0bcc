"""A new event file in a run's folder, for its user alone where the run is."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import BinaryIO

from lstm_engine.formats.event_file.writer import event_file_name, is_event_file

#: The event files' folder in a run's.
FOLDER = "tensorboard"


def new_event_file(run: Path, wall: float) -> tuple[BinaryIO, bool]:
    """An event file of the run, open and empty, and whether it is the first. wall: when it begins, since 1970.

    Raises:
        OSError: it cannot be made, or a link leads elsewhere.
    """
    folder = run / FOLDER
    with contextlib.suppress(FileExistsError):
        folder.mkdir()
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        with os.scandir(descriptor) as found:
            is_first = not any(is_event_file(entry.name) for entry in found)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        return os.fdopen(os.open(event_file_name(wall), flags, 0o666, dir_fd=descriptor), "wb"), is_first
    finally:
        os.close(descriptor)
