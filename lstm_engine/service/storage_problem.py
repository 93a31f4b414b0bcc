"""What a disk that fails is told as."""

from __future__ import annotations

import sqlite3

from lstm_engine.store.holding.held_folder import FolderGoneError


def storage_problem(error: Exception) -> str:
    """A storage error as a sentence."""
    if isinstance(error, FolderGoneError):
        return str(error)
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return f"could not write: {error.strerror or error}{where}"
    if isinstance(error, sqlite3.Error):
        return f"could not write the history: {error}"
    return str(error)
