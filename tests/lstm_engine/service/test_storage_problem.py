"""What a disk that fails is told as."""

import sqlite3

import pytest

from lstm_engine.service.storage_problem import storage_problem
from lstm_engine.store.holding.held_folder import FolderGoneError


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device"), "could not write: No space left on device"),
        (OSError(28, "No space left on device", "/a/b"), "could not write: No space left on device (/a/b)"),
        (OSError("no free name"), "could not write: no free name"),
        (sqlite3.OperationalError("disk I/O error"), "could not write the history: disk I/O error"),
        (FolderGoneError("the run's folder is gone"), "the run's folder is gone"),
    ],
)
def test_what_is_told(error: Exception, told: str) -> None:
    assert storage_problem(error) == told
