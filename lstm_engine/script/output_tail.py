"""The end of what a script wrote, as lines that a terminal can show."""

from __future__ import annotations

import re
from pathlib import Path

from lstm_engine.text import printable

#: The file in a script's run that its standard output and error go to.
OUTPUT = "output.log"

#: Bytes of its end that are looked at, and lines of them that are told.
_END, _LINES = 16384, 20

#: What colours and moves on a terminal.
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.")


def output_tail(path: Path, lines: int = _LINES) -> list[str]:
    """The last lines that are not empty; none where the file cannot be read. Of a progress bar, its last state."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(size - _END, 0))
            data = file.read(_END)
    except OSError:
        return []
    text = _ESCAPES.sub("", data.decode(errors="replace"))
    shown = (_last_state(line) for line in text.split("\n"))
    return [line for line in shown if line][-lines:]


def _last_state(line: str) -> str:
    """What is left of a line once everything that it was overwritten with has been written."""
    states = [state.rstrip() for state in line.split("\r")]
    return printable(next((state for state in reversed(states) if state), "").replace("\t", "    "))
