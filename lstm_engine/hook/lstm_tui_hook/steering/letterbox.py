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
#: Seconds between two looks whether the socket's file is still there, and that it may be missing in a pause.
_CHECK, _PATIENCE = 1.0, 5.0
_WAITING = 8


class Letterbox:
    """Listens on a path; without one nothing ever comes. No thread: the script may fork at any time.

    A file that is gone, as cleaners of temporary folders take them away, is made anew.

    Raises:
        OSError: nothing can listen there.
    """

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._next = 0.0
        self._begun: dict[socket.socket, bytes] = {}
        self._selector: selectors.BaseSelector | None = None
        if path is not None:
            self._next_check = time.monotonic() + _CHECK
            self._deaf_since: float | None = None
            self._selector = selectors.DefaultSelector()
            self._listen(Path(path))

    def commands(self) -> list[Command]:
        """What has come since the last look, if that was not just now. Never waits."""
        now = time.monotonic()
        if self._selector is None or now < self._next:
            return []
        self._next = now + _INTERVAL
        self._check(now)
        return self._look(0.0)

    def wait(self, seconds: float) -> list[Command]:
        """As soon as something has come; nothing where nothing did until then.

        Raises:
            OSError: for some seconds nobody could reach it, and nobody is connected: nothing will ever come.
        """
        if self._selector is None:
            time.sleep(seconds)
            return []
        now = time.monotonic()
        self._check(now)
        if self._deaf_since is not None and now - self._deaf_since >= _PATIENCE and not self._begun:
            raise FileNotFoundError(f"the socket of the commands is gone ({self._path})")
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
        if self._path is not None and self._is_there(Path(self._path)):
            with contextlib.suppress(OSError):
                Path(self._path).unlink()

    def _listen(self, path: Path) -> None:
        listener = _listening(path)
        found = path.lstat()
        self._socket, self._file = listener, (found.st_dev, found.st_ino)
        if self._selector is not None:
            self._selector.register(listener, selectors.EVENT_READ)

    def _is_there(self, path: Path) -> bool:
        """Whether the file is this socket's: another fit may have put its own in the place."""
        try:
            found = path.lstat()
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == self._file

    def _check(self, now: float) -> None:
        if self._path is None or self._selector is None or now < self._next_check:
            return
        self._next_check, path = now + _CHECK, Path(self._path)
        if self._is_there(path):
            self._deaf_since = None
        elif os.path.lexists(path):
            self._deaf_since = now if self._deaf_since is None else self._deaf_since
        else:
            former = self._socket
            try:
                self._listen(path)
            except OSError:
                self._deaf_since = now if self._deaf_since is None else self._deaf_since
                return
            self._deaf_since = None
            self._selector.unregister(former)
            former.close()

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
