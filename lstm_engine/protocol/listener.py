"""The engine's socket: whoever of the same user comes by it attends the engine."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from lstm_engine.protocol.attendance import Join
from lstm_engine.protocol.audience import Audience
from lstm_engine.protocol.client_queue import ClientQueue
from lstm_engine.protocol.message import PROTOCOL
from lstm_engine.protocol.messages import Refused, decode_command, encode

#: Seconds that a newcomer may take for its first word.
_PATIENCE = 10.0
#: Newcomers at a time that wait to be let in.
_BACKLOG = 16
#: Bytes of a first line, at most.
_FIRST_LINE = 4096


class Listener:
    """Lets clients in by a socket in a folder of the user's own.

    path: the socket's.
    """

    def __init__(self, folder: Path, audience: Audience) -> None:
        """Listens from here on. Raises OSError."""
        self.path = folder / f"{os.getpid()}.sock"
        self._audience = audience
        _remove_dead(folder)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._socket.bind(str(self.path))
            self.path.chmod(0o600)
            self._socket.listen(_BACKLOG)
        except OSError:
            self._socket.close()
            raise
        threading.Thread(target=self._let_in, name="newcomers", daemon=True).start()

    def close(self) -> None:
        """Lets nobody in any more, and takes the socket away."""
        with contextlib.suppress(OSError):
            self.path.unlink()
        self._socket.close()

    def _let_in(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._attend, args=(connection,), name="client", daemon=True).start()

    def _attend(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            if peer_user(connection) != os.geteuid():
                connection.sendall(encode(_refusal("the engine belongs to another user")))
                return
            connection.settimeout(_PATIENCE)
            stream = connection.makefile("rb")
            try:
                line = stream.readline(_FIRST_LINE)
            except TimeoutError:
                line = b""
            problem, owns = _first_word(line)
            connection.settimeout(None)
            if problem:
                connection.sendall(encode(_refusal(problem)))
                return
            client = ClientQueue(
                connection.sendall,
                on_broken=_ended(connection, socket.SHUT_RDWR),
                end=_ended(connection, socket.SHUT_WR),
                owns=owns,
            )
            self._audience.join(client)
            self._audience.hear(client, stream)
            self._audience.forget(client)
            client.close(timeout=1.0)


def _remove_dead(folder: Path) -> None:
    """Removes the sockets that nobody listens at any more."""
    for path in folder.glob("*.sock"):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as newcomer:
            newcomer.settimeout(0)
            try:
                newcomer.connect(str(path))
            except ConnectionRefusedError:
                path.unlink()


def peer_user(connection: socket.socket) -> int:
    """The user at the other end of a Unix socket, by number."""
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", credentials)
    return int(user)


def _first_word(line: bytes) -> tuple[str, bool]:
    """What is wrong with a newcomer's first line, if anything; and whether the training is to be its own.

    line: empty where none came.
    """
    if not line:
        return "nothing came: expected the greeting of lstm-tui", False
    try:
        command = decode_command(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return "the first line is no greeting of lstm-tui", False
    if not isinstance(command, Join):
        return "the first command is not join", False
    if command.protocol != PROTOCOL:
        return f"the engine speaks version {PROTOCOL} of the protocol, and the newcomer {command.protocol}", False
    return "", command.owns


def _refusal(reason: str) -> Refused:
    return Refused(command="join", reason=reason)


def _ended(connection: socket.socket, how: int) -> Callable[[], None]:
    def end() -> None:
        with contextlib.suppress(OSError):
            connection.shutdown(how)

    return end
