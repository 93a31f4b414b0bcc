"""A run's own files, told from what was put in their place: to write through a link is to write elsewhere.

Every file that is written where it lies is looked at here first: the history and what SQLite keeps beside it, the
lock, the log. The others are written beside their name and renamed onto it, which follows no link.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.text import printable


def check_own(path: Path, expected: str) -> bool:
    """Whether there is a file at `path`, which then has this one name and is no way to another one.

    Raises:
        UserError: something else is in its place; the sentence ends in what was `expected`.
    """
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise UserError(f"{printable(str(path))} cannot be read ({error.strerror}): expected {expected}") from error
    if (problem := _problem(status)) is not None:
        raise UserError(f"{printable(str(path))} {problem}: expected {expected}")
    return True


def append_opener(path: str, flags: int) -> int:
    """An opener for `open`, which waits for no pipe's other end and follows no link.

    Raises:
        OSError: it cannot be opened, or something else is in the file's place.
    """
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_NOFOLLOW, 0o666)
    if (problem := _problem(os.fstat(descriptor))) is not None:
        os.close(descriptor)
        raise OSError(errno.EINVAL, problem, path)
    return descriptor


def _problem(status: os.stat_result) -> str | None:
    if stat.S_ISLNK(status.st_mode):
        return "is a link, and not a regular file"
    if not stat.S_ISREG(status.st_mode):
        return "is not a regular file"
    if status.st_nlink > 1:
        return "is a file of a second name elsewhere (a hard link), which would be written with it"
    return None
