"""Who holds a run: one program at a time, told apart by a lock that the kernel frees.

Who holds a run has its lock to itself. Who only asks shares the lock for an instant, with others who ask, and leaves
no file behind; who wants the run and finds it so waits until they are gone. The kernel's own list of locks would tell
without taking any, but not of another machine's on NFS, nor of another container's.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from lstm_engine.errors import UserError
from lstm_engine.store.database import HISTORY
from lstm_engine.store.files import write_durably
from lstm_engine.store.own_file import check_own
from lstm_engine.store.owner import OWNER, owner_of, this_process

#: Its name in a run's directory.
LOCK = "lock"

#: Seconds that those who only ask are waited for, and between two attempts; each of them takes microseconds.
_PATIENCE, _PAUSE = 2.0, 0.002

#: What the kernel says of a lock that another one has; some file systems say the last.
_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)


class InUseError(UserError):
    """Another process holds the run. run: its name. who: that process, in words."""

    def __init__(self, run: str, who: str, sentence: str = "") -> None:
        super().__init__(sentence or f"run {run} is in use by {who}: quit that one first")
        self.run = run
        self.who = who


class RunLock:
    """Keeps a second program off a run; the kernel frees it when its process dies, however it dies."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = FileLock(directory / LOCK, mode=_mode(directory))

    def acquire(self) -> None:
        """Takes the run, and leaves word who has it.

        Raises:
            InUseError: it is in use.
            UserError: what is there is no lock.
            OSError: the directory cannot be written.
        """
        self.hold()
        write_durably(self._directory / OWNER, msgspec.json.encode(this_process()))

    def hold(self) -> None:
        """Takes the run without a word, which needs no room on the disk. Raises as `acquire` does."""
        check_own(self._directory / LOCK, "a lock of lstm-tui, or nothing of that name")
        end = time.monotonic() + _PATIENCE
        while not self._is_taken():
            if in_use(self._directory) or time.monotonic() > end:
                owner = owner_of(self._directory)
                who = f"process {owner.pid} on {owner.host}" if owner else "another process"
                raise InUseError(self._directory.name, who)
            time.sleep(_PAUSE)

    def _is_taken(self) -> bool:
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        return True

    def release(self) -> None:
        """Lets another program take the run."""
        self._lock.release()


def in_use(directory: Path) -> bool:
    """Whether a program holds the run. Writes nothing."""
    try:
        descriptor = os.open(directory / LOCK, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except PermissionError:
        return True  # nobody can tell, and nobody but its owner can train it
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _HELD
    finally:
        os.close(descriptor)
    return False


def _mode(directory: Path) -> int:
    """Who may take the lock: who may write the history."""
    try:
        return (directory / HISTORY).stat().st_mode & 0o666
    except OSError:
        return 0o600
