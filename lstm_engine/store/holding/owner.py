"""Which process holds a run, or held it last: the word that it leaves in the run's directory, and how to reach it."""

from __future__ import annotations

import os
import re
import socket
from pathlib import Path

import msgspec

from lstm_engine.store.files import bytes_at
from lstm_engine.text import is_printable

#: Its name in a run's directory.
OWNER = "owner.json"

#: Above what any owner writes.
_LARGEST = 1 << 16

#: A host's name, which stands in a command that the user may copy.
_HOST = re.compile(r"[a-z0-9_][a-z0-9_.:-]{0,254}", re.ASCII | re.IGNORECASE)


class Owner(msgspec.Struct, frozen=True, omit_defaults=True):
    """`owner.json`: the process that holds, or last held, the lock.

    socket: the path, on its host, of the Unix socket that it listens on; empty where it listens on none.
    """

    pid: int
    host: str
    socket: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it runs, or ran, on this host."""
        return self.host == socket.gethostname()

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}"


_owners = msgspec.json.Decoder(Owner)

#: Where this process listens; a process has one address, as it has one pid.
_address = ""


def this_process() -> Owner:
    """What this process writes into the runs that it takes."""
    return Owner(os.getpid(), socket.gethostname(), _address)


def set_address(path: str) -> None:
    """This process listens on the Unix socket at `path` from now on; on none where that is empty."""
    global _address
    _address = path


def owner_of(directory: Path | str) -> Owner | None:
    """Who has left word in a run's directory; None where nobody has, or what is there is none of ours."""
    try:
        owner = _owners.decode(bytes_at(f"{directory}/{OWNER}", _LARGEST))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return owner if owner.pid > 0 and _HOST.fullmatch(owner.host) and is_printable(owner.socket) else None
