"""The process that holds a run, as `owner.json` in its directory tells."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import msgspec

from lstm_engine.store.files import bytes_at

#: Its name in a run's directory.
OWNER = "owner.json"


class Owner(msgspec.Struct, frozen=True):
    """A process that holds, or last held, a run. socket: where others can attend it; empty where they cannot."""

    pid: int
    host: str
    socket: str = ""


_address = ""


def set_address(path: Path) -> None:
    """Has this process known by that socket from here on."""
    global _address
    _address = str(path)


def this_process() -> Owner:
    """What this process is known by."""
    return Owner(os.getpid(), socket.gethostname(), _address)


def owner_of(directory: Path) -> Owner | None:
    """Who holds, or last held, the run in `directory`; None where nobody has left word."""
    try:
        return msgspec.json.decode(bytes_at(directory / OWNER), type=Owner)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
