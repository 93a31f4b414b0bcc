"""Whether a run's folder is still the one that was opened: a path can come to lead elsewhere, or nowhere."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


class FolderGoneError(OSError):
    """The run's folder, or its history, was deleted, renamed or replaced. The text is a sentence."""


class HeldFolder:
    """A run's folder while it is open.

    It is kept open, and so is its history by SQLite: nothing else can be given their numbers meanwhile.
    """

    def __init__(self, directory: Path, history: Path) -> None:
        """Raises OSError where one of the two cannot be opened."""
        self._open = contextlib.ExitStack()
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        self._open.callback(os.close, descriptor)
        self._directory = directory
        self._held = {directory: _identity(os.fstat(descriptor)), history: _identity(history.stat())}

    def check(self) -> None:
        """Raises FolderGoneError where it is not there any more; OSError where that cannot be told."""
        try:
            is_there = all(_identity(path.stat()) == identity for path, identity in self._held.items())
        except (FileNotFoundError, NotADirectoryError):
            is_there = False
        if not is_there:
            raise FolderGoneError(f"the run's folder is gone: {self._directory} was deleted, renamed or replaced")

    def close(self) -> None:
        """Lets go of it; once more does nothing."""
        self._open.close()


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
