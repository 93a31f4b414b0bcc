"""Clients of a listening engine as plain sockets: they read or do not, leave or are killed, and come back."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from lstm_engine.protocol.attendance import CutOff, Join
from lstm_engine.protocol.messages import Command, Event, decode_event, encode

#: Seconds to wait for what must come; only a defect takes that long.
PATIENCE = 10.0


def wait_until(condition: Callable[[], object], what: str = "", patience: float = PATIENCE) -> None:
    """Wait for a condition that others bring about; fails where it does not come within `patience` seconds."""
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, f"waited {patience:g} s for {what or condition}"
        time.sleep(0.0005)


def finishes(work: Callable[[], object], what: str) -> None:
    """Do it, and fail where it has not come to its end in time."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive(), f"{what} has blocked"


class SocketClient:
    """One connection.

    heard: the events that have come, the last of them last. ended: nothing comes any more.
    """

    def __init__(self, path: Path, greeting: bytes | None = None, *, owns: bool = False) -> None:
        """greeting: what it says first, where that is not what the protocol has for it."""
        self.heard: list[Event] = []
        self.ended = threading.Event()
        self._reads = threading.Event()
        self._reads.set()
        self._is_killed = False
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(PATIENCE)
        self._socket.connect(str(path))
        self._socket.sendall(encode(Join(owns=owns)) if greeting is None else greeting)
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    @property
    def is_cut_off(self) -> bool:
        return any(isinstance(event, CutOff) for event in self.heard[-1:])

    @property
    def reads(self) -> bool:
        return self._reads.is_set()

    def send(self, command: Command) -> None:
        """What a client says that was cut off goes nowhere, as it knows."""
        with contextlib.suppress(OSError):
            self._socket.sendall(encode(command))

    def stop_reading(self) -> None:
        self._reads.clear()

    def read_on(self) -> None:
        self._reads.set()

    def leave(self) -> None:
        """Says nothing any more, and hears what is still on its way."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
        self.read_on()
        assert self.ended.wait(PATIENCE), "the engine has not let it go"
        self._socket.close()

    def kill(self) -> None:
        """Is gone, whatever it has not read."""
        self._is_killed = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self.read_on()
        self._thread.join(PATIENCE)
        self._socket.close()

    def _listen(self) -> None:
        rest = b""
        with contextlib.suppress(OSError):
            while True:
                self._reads.wait()
                if self._is_killed or not (chunk := self._socket.recv(1 << 16)):
                    break
                *lines, rest = (rest + chunk).split(b"\n")
                self.heard.extend(map(decode_event, lines))
        self.ended.set()
