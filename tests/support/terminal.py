"""A real terminal: a pty with a program in it, and what a person would see of it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import ptyprocess
import pyte

#: How long to wait for what must appear; only a defect takes that long.
PATIENCE = 60.0


class Terminal:
    """`lstm-tui ARGUMENTS`, or another command, in a pty; killed when the test leaves its `with` block."""

    def __init__(
        self,
        *arguments: str,
        size: tuple[int, int] = (160, 48),
        cwd: Path | None = None,
        command: Sequence[str] = (sys.executable, "-m", "tui"),
    ) -> None:
        columns, rows = size
        # pytest-xdist sets COLUMNS and LINES, which would be believed before the terminal.
        unwanted = ("TEXTUAL", "NO_COLOR", "COLUMNS", "LINES")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
        environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.process = ptyprocess.PtyProcess.spawn(
            [*command, *arguments], dimensions=(rows, columns), env=environment, cwd=cwd
        )
        self.received = bytearray()

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if kind is not None:  # the engine of a test that has failed would train on beside all others
            self._kill_engines()
        try:
            self.process.close(force=True)
        except ptyprocess.PtyProcessError:  # on a busy machine it takes longer to die than that waits
            wait_until_gone(self.process.pid)

    @property
    def text(self) -> str:
        """The screen, a line a row."""
        return "\n".join(self._screen.display)

    def press(self, keys: str) -> None:
        self.write(keys.encode())

    def write(self, data: bytes) -> None:
        """All of it at once; nothing happens where the program has ended."""
        with contextlib.suppress(OSError):
            self.process.write(data)

    @property
    def has_ended(self) -> bool:
        """Whether the program has; what it wrote before may not have been read."""
        return not self.process.isalive()

    def read_for(self, seconds: float) -> None:
        """Reads what comes, that long; or until the program ends."""
        end = time.monotonic() + seconds
        while self._read(end):
            pass

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        self.process.setwinsize(rows, columns)

    def forget(self) -> None:
        """Lose what is on screen, as a terminal does that was smaller for a moment, and say that its size changed."""
        self._screen.reset()
        self.kill(signal.SIGWINCH)

    def wait_for(self, *texts: str, patience: float = PATIENCE) -> str:
        """Reads until all of `texts` are on screen; returns it."""
        self.wait_until(lambda: all(text in self.text for text in texts), str(texts), patience)
        return self.text

    def wait_until(self, condition: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        """Reads until the condition is met; `what` says what that is, should it not be."""
        end = time.monotonic() + patience
        while not condition():
            assert self._read(end), f"waited for {what}; the screen shows\n{self.text}"

    def wait_for_the_end(self) -> int:
        """Reads until the program ends; returns its exit status, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while self._read(end):
            pass
        while not self.has_ended:
            assert time.monotonic() < end, f"it does not end; the screen shows\n{self.text}"
            select.select([], [], [], 0.01)
        return self.process.exitstatus if self.process.signalstatus is None else -self.process.signalstatus

    def kill(self, number: signal.Signals) -> None:
        os.kill(self.process.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, with whatever has not been read."""
        self.process.fileobj.close()

    def engine_pid(self) -> int:
        """The engine's process id."""
        (engine,) = self._engines()
        return engine

    def _engines(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(child) for child in children if "lstm_engine" in command_of(int(child))]

    def _kill_engines(self) -> None:
        with contextlib.suppress(OSError):
            for engine in self._engines():
                os.kill(engine, signal.SIGKILL)

    def wait_for_engine(self) -> int:
        """Reads until the engine is started; returns its process id."""
        end = time.monotonic() + PATIENCE
        while not self._engines():
            assert self._read(end), f"no engine was started; the screen shows\n{self.text}"
        return self.engine_pid()

    def _read(self, end: float) -> bool:
        """Reads what comes next; False where the program ended or the time is up."""
        ready, _, _ = select.select([self.process.fd], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return False
        try:
            data = os.read(self.process.fd, 65536)
        except OSError:
            return False
        self.received += data
        self._stream.feed(data)
        return bool(data)


def command_of(pid: int) -> str:
    """A process's command line; empty where it is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def wait_until_gone(pid: int, patience: float = PATIENCE) -> float:
    """Waits for a process to end, whosever child it is; returns the seconds it took."""
    begun = time.monotonic()
    with contextlib.suppress(ProcessLookupError):
        descriptor = os.pidfd_open(pid)
        ready, _, _ = select.select([descriptor], [], [], patience)
        os.close(descriptor)
        assert ready, f"{command_of(pid)} is still there"
    return time.monotonic() - begun


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
