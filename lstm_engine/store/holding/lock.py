"""Who holds a run: one program at a time, told apart by a lock that the kernel frees.

On this host, the lock says it. Of a process on another host that is heard, its heart beat does.

Who holds a run has its lock to itself. Who only asks shares the lock for an instant, with others who ask, and leaves
no file behind; who wants the run and finds it so waits until they are gone. The kernel's own list of locks would tell
without taking any, but not of another machine's on NFS, nor of another container's.
"""

from __future__ import annotations

import contextlib
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
from lstm_engine.store.holding.owner import OWNER, Owner, owner_of, this_process
from lstm_engine.store.holding.pulse import PULSE, is_beating, read_pulse
from lstm_engine.store.own_file import check_own

#: Its name in a run's directory.
LOCK = "lock"

#: Seconds that those who only ask are waited for, and between two attempts; each of them takes microseconds.
_PATIENCE, _PAUSE = 2.0, 0.002

#: Seconds that a heart on another host is listened to before it is taken for still, and between two times.
LISTEN, _INTERVAL = 2.5, 0.25

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
        with contextlib.suppress(OSError):  # of a process that died: it would be taken for this one's
            (self._directory / PULSE).unlink()
        write_durably(self._directory / OWNER, msgspec.json.encode(this_process()))

    def hold(self) -> None:
        """Takes the run without a word, which needs no room on the disk. Raises as `acquire` does."""
        check_own(self._directory / LOCK, "a lock of lstm-tui, or nothing of that name")
        if (owner := held_elsewhere(self._directory, LISTEN)) is not None:
            raise InUseError(self._directory.name, str(owner))
        end = time.monotonic() + _PATIENCE
        while not self._is_taken():
            if in_use(self._directory) or time.monotonic() > end:
                raise InUseError(self._directory.name, str(owner_of(self._directory) or "another process"))
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


def held_elsewhere(directory: Path | str, listen: float = 0.0) -> Owner | None:
    """The process on another host that holds the run, by its heart beat; None where none is heard.

    Its lock is not asked: a folder server may not know of it, and to ask is to share it for an instant.

    Args:
        listen: seconds that a heart is listened to which is still by the clock of this host, which may be off.
    """
    owner = owner_of(directory)
    if owner is None or owner.is_here:
        return None
    end = time.monotonic() + listen
    while not is_beating(directory):
        if time.monotonic() >= end or read_pulse(directory) is None:
            return None
        time.sleep(_INTERVAL)
    return owner


def in_use(directory: Path, listen: float = 0.0) -> bool:
    """Whether a program holds the run, on this host or, as `held_elsewhere` has it, on another. Writes nothing."""
    return held_elsewhere(directory, listen) is not None or _is_locked(directory)


def _is_locked(directory: Path) -> bool:
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
