"""A history as its last transaction left it, read without a lock.

SQLite lets nobody commit while somebody reads, and a reader may be stopped in the middle for as long as its terminal
likes: the training would wait for it. So the file's bytes are copied, and it is the reader who has to see that nobody
wrote meanwhile. SQLite makes that possible:

- The file is written to while there is a journal beside it, and at no other time.
- Each transaction that is committed counts the header's change counter up, before the journal goes.

Whoever looks at the counter, then for a journal, copies, and looks for a journal and then at the counter again, and
finds no journal and the same counter, has copied what one transaction left. (The counter before the journal: the other
way round, a transaction that begins in between shows its counter first, and its other pages later.) A transaction that
was taken back counts nothing; the file's time of modification tells of it, but where the clock has not ticked. So what
was written to of late is copied twice.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.run.history import Columns
from lstm_engine.store.database import HISTORY, Store
from lstm_engine.store.holding.lock import in_use
from lstm_engine.store.sqlite_file import EXPECTED, check_place, journal_of

#: Attempts that are made in any case: time passes while a reader is stopped, too.
_ATTEMPTS = 100

#: Seconds that transactions are waited for, and between two attempts. One takes milliseconds, and there is one a
#: second; but on a disk that is slow for others' sake each takes about as long as there is to the next.
_PATIENCE, _PAUSE = 30.0, 0.003

#: Bytes that are copied at most: SQLite takes no larger image.
_LARGEST = 1 << 30

#: Of the file's beginning, in which the change counter is.
_HEADER = 100

#: It waits for no pipe's other end, and follows no link.
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW

#: Nanoseconds in which a clock of files has ticked for certain.
_TICK = 1_000_000_000


def open_to_read(directory: Path, columns: Columns) -> Store:
    """The history in `directory`, to be read only. Who writes to it is not kept waiting.

    What a transaction left behind that nobody will end is taken back first, by SQLite.

    Raises:
        UserError: as `Store.open`; or it is written to all the time.
    """
    path = directory / HISTORY
    check_place(path)
    try:
        image = image_of(path, lambda: in_use(directory))
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}): expected {EXPECTED}") from error
    return Store.open(directory, columns) if image is None else Store.open_image(path, image, columns)


def image_of(path: Path, is_held: Callable[[], bool]) -> bytes | None:
    """What the last transaction left in the file at `path`; None where SQLite has to read it.

    That is where nobody holds the run, and the file is large, or a transaction did not end.

    Raises:
        OSError: it cannot be read.
        UserError: who holds the run writes all the time, or the file is too large to be copied.
    """
    if path.stat().st_size > _LARGEST:
        if is_held():
            raise UserError(f"{path} is too large to be read while the run is held: expected {_LARGEST >> 30} GiB")
        return None
    end = time.monotonic() + _PATIENCE
    last: bytes | None = None
    for attempt in itertools.count(1):
        image = _copied(path)
        if image is not None and (image == last or not _was_written_of_late(path)):
            return image
        if image is None and _has_journal(path) and not is_held():
            return None
        if attempt >= _ATTEMPTS and time.monotonic() > end:
            break
        if image is None:
            time.sleep(_PAUSE)
        last = image
    raise UserError(f"{path} is written to all the time: expected a moment to read it in")


@dataclass(frozen=True)
class Mark:
    """What a file is known again by, where nobody wrote to it. changed: nanoseconds."""

    device: int
    number: int
    size: int
    changed: int
    header: bytes


def _copied(path: Path) -> bytes | None:
    """The file's bytes; None where a transaction was under way, or came to its end meanwhile. Raises OSError."""
    before = mark_of(path)
    if _has_journal(path):
        return None
    data = _read(path)
    if _has_journal(path) or mark_of(path) != before:
        return None
    return data


def mark_of(path: Path) -> Mark:
    """What the file is like now. Raises OSError.

    The file is opened for it: an NFS client looks at the server's then, and not at its memory.
    """
    descriptor = os.open(path, _FLAGS)
    try:
        status = os.fstat(descriptor)
        header = os.pread(descriptor, _HEADER, 0)
        return Mark(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, header)
    finally:
        os.close(descriptor)


def _read(path: Path) -> bytes:
    with os.fdopen(os.open(path, _FLAGS), "rb", buffering=0) as file:
        return file.read()


def _has_journal(path: Path) -> bool:
    """Whether a transaction is under way, or did not end. Raises OSError. The folder is opened as the file is."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.stat(journal_of(path).name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    finally:
        os.close(folder)
    return True


def _was_written_of_late(path: Path) -> bool:
    """Or in the future: then the clock that tells is another one. Raises OSError."""
    return time.time_ns() - path.stat().st_mtime_ns < _TICK
