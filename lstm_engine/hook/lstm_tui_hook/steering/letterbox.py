"""Where commands come in: a socket of the user's own, looked into between two steps."""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import stat
import struct
import time
from pathlib import Path

from .command import Command, read_command

#: Bytes of a command's line, at most.
LONGEST = 4096
#: Seconds between two looks: one costs some microseconds, and a step may be as short.
_INTERVAL = 0.01
_WAITING = 8


class Letterbox:
    """Listens on a path; without one nothing ever comes. No thread: the script may fork at any time.

    Raises:
        OSError: nothing can listen there.
    """

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._next = 0.0
        self._begun: dict[socket.socket, bytes] = {}
        self._selector: selectors.BaseSelector | None = None
        if path is not None:
            self._socket = _listening(Path(path))
            self._selector = selectors.DefaultSelector()
            self._selector.register(self._socket, selectors.EVENT_READ)

    def commands(self) -> list[Command]:
        """What has come since the last look, if that was not just now. Never waits."""
        now = time.monotonic()
        if self._selector is None or now < self._next:
            return []
        self._next = now + _INTERVAL
        return self._look(0.0)

    def wait(self, seconds: float) -> list[Command]:
        """As soon as something has come; nothing where nothing did until then."""
        if self._selector is None:
            time.sleep(seconds)
            return []
        end = time.monotonic() + seconds
        while True:
            left = end - time.monotonic()
            found = self._look(max(left, 0.0))
            if found or left <= 0:
                return found

    def close(self) -> None:
        """Nobody can send any more: to connect fails from here on."""
        if self._selector is None:
            return
        for connection in self._begun:
            connection.close()
        self._begun.clear()
        self._selector.close()
        self._selector = None
        self._socket.close()
        if self._path is not None:
            with contextlib.suppress(OSError):
                Path(self._path).unlink()

    def _look(self, seconds: float) -> list[Command]:
        found: list[Command] = []
        if self._selector is None:
            return found
        for key, _ in self._selector.select(seconds):
            if key.fileobj is self._socket:
                self._accept()
            elif isinstance(key.fileobj, socket.socket):
                found += self._read(key.fileobj)
        return found

    def _accept(self) -> None:
        try:
            connection, _ = self._socket.accept()
        except OSError:
            return
        if self._selector is None or not _is_the_users(connection):
            connection.close()
            return
        connection.setblocking(False)
        self._begun[connection] = b""
        self._selector.register(connection, selectors.EVENT_READ)

    def _read(self, connection: socket.socket) -> list[Command]:
        try:
            data = connection.recv(1 << 16)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        *lines, rest = (self._begun[connection] + data).split(b"\n")
        self._begun[connection] = rest
        if (not data or len(rest) > LONGEST) and self._selector is not None:
            self._selector.unregister(connection)
            del self._begun[connection]
            connection.close()
        read = [read_command(line) for line in lines if len(line) < LONGEST]
        return [command for command in read if command is not None]


def _listening(path: Path) -> socket.socket:
    with contextlib.suppress(FileNotFoundError):
        if stat.S_ISSOCK(path.lstat().st_mode):
            path.unlink()
    listener = socket.socket(socket.AF_UNIX)
    try:
        # Linux makes the file with the mode of the descriptor: it is nobody else's for not even a moment.
        os.fchmod(listener.fileno(), 0o600)
        listener.bind(str(path))
        path.chmod(0o600)
        listener.listen(_WAITING)
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    return listener


def _is_the_users(connection: socket.socket) -> bool:
    """The file's mode says so already; this does where a system does not go by it."""
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True
    size = struct.calcsize("3i")
    user: int = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, option, size))[1]
    return user in (0, os.getuid())
