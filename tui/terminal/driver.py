"""Textual's driver for a real terminal, less trusting: any bytes may come, and the terminal may go at any time."""

from __future__ import annotations

import os
import selectors
import termios
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual.drivers.linux_driver import LinuxDriver

from tui.terminal.input_bytes import LARGEST, InputBytes

if TYPE_CHECKING:
    from textual.app import App

_CHUNK = 4096
#: Seconds between two looks whether the input is to end; and where the end of a sequence is a matter of time.
_POLL, _SOON = 0.1, 0.02

#: Whatever Textual has switched on is switched off; first whatever was half sent is given up.
_RESTORED = (
    b"\x18\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2004l\x1b[?2048l\x1b[?1004l"
    b"\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[0m"
)
#: Seconds that a terminal gets to take that.
_RESTORING = 0.2


class TerminalDriver(LinuxDriver):
    """Reads what makes sense, and writes as long as somebody reads.

    on_end: called, from any thread, when the terminal is gone: its input has ended, or it takes no more.
    """

    def __init__(
        self, app: App[Any], on_end: Callable[[], None], *, debug: bool, mouse: bool, size: tuple[int, int] | None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._on_end = on_end
        self._output = cast(TextIO, self._file)
        self._file = cast(Any, _Output(self._output, on_end))  # of a file, Textual's writer uses no more than that

    def run_input_thread(self) -> None:
        """Take input until it ends, or is to end. As Textual's (8.2.8), which decodes strictly and sees no end."""
        source = InputBytes(lambda: self._in_band_window_resize)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_SOON if source.is_waiting else _POLL):
                    data = self._read()
                    if not data:
                        self._on_end()
                        return
                    for message in source.feed(data):
                        self.process_message(message)
                for message in source.tick():
                    self.process_message(message)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _CHUNK)
        except OSError:  # of a terminal that is gone
            return b""

    def _get_terminal_size(self) -> tuple[int, int]:
        width, height = super()._get_terminal_size()
        return min(width, LARGEST[0]), min(height, LARGEST[1])

    def restore(self) -> None:
        """Leave the terminal as it was found, without waiting for anything that was written before."""
        with suppress(termios.error):
            termios.tcflush(self.fileno, termios.TCOFLUSH)
        with suppress(termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        write = threading.Thread(target=self._write_restored, daemon=True)  # it may take for ever
        write.start()
        write.join(_RESTORING)

    def _write_restored(self) -> None:
        with suppress(OSError):
            os.write(self._output.fileno(), _RESTORED)


class _Output:
    """A terminal as a file that never fails: what one that is gone does not take goes nowhere.

    The thread that writes would end otherwise, and the main thread wait for it for ever.
    """

    def __init__(self, file: TextIO, on_end: Callable[[], None]) -> None:
        self._file = file
        self._on_end = on_end
        self._is_gone = False

    def fileno(self) -> int:
        return self._file.fileno()

    def write(self, text: str) -> None:
        self._try(lambda: self._file.write(text))

    def flush(self) -> None:
        self._try(self._file.flush)

    def _try(self, call: Callable[[], object]) -> None:
        if self._is_gone:
            return
        try:
            call()
        except (OSError, ValueError):
            self._is_gone = True
            self._on_end()
