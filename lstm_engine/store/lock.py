"""Who holds a run: one program at a time, told apart by a lock that the kernel frees."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from lstm_engine.errors import UserError
from lstm_engine.store.files import bytes_at, write_durably

#: Names in a run's directory.
LOCK = "lock"
OWNER = "owner.json"


class Owner(msgspec.Struct, frozen=True):
    """`owner.json`: the process that holds, or last held, the lock."""

    pid: int
    host: str


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
        self._lock = FileLock(directory / LOCK)

    def acquire(self) -> None:
        """Takes the run, and leaves word who has it.

        Raises:
            InUseError: it is in use.
            OSError: the directory cannot be written.
        """
        self.hold()
        write_durably(self._directory / OWNER, msgspec.json.encode(Owner(os.getpid(), socket.gethostname())))

    def hold(self) -> None:
        """Takes the run without a word, which needs no room on the disk. Raises as `acquire` does."""
        try:
            self._lock.acquire(blocking=False)
        except Timeout as error:
            owner = _last_owner(self._directory)
            who = f"process {owner.pid} on {owner.host}" if owner else "another process"
            raise InUseError(self._directory.name, who) from error

    def release(self) -> None:
        """Lets another program take the run."""
        self._lock.release()


def in_use(directory: Path) -> bool:
    """Whether a program holds the run."""
    lock = FileLock(directory / LOCK)
    try:
        lock.acquire(blocking=False)
    except (Timeout, OSError):
        return True
    lock.release()
    return False


def _last_owner(directory: Path) -> Owner | None:
    """None where nobody has left word."""
    try:
        return msgspec.json.decode(bytes_at(directory / OWNER), type=Owner)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
