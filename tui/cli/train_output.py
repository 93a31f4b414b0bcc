"""Where a training without a screen shows what goes on: as JSON, as lines now and then, or as a progress bar."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, TextIO

from lstm_engine.protocol.messages import Epochs, Event, Notice, Paused, RunOpened, TrainingStarted
from lstm_engine.text import escaped_json, printable
from tui.cli.train_progress import TrainProgress, bar_line, opening_line, progress_line, stage_line

#: Seconds between two lines, where there is no terminal.
LINE_EVERY = 5.0

#: Seconds between two frames of the progress bar.
_FRAME_EVERY = 0.1


@dataclass(frozen=True)
class Received:
    """One event of the engine, its line in the engine's stream, and where training stands after it."""

    line: bytes
    event: Event
    progress: TrainProgress


class Output(Protocol):
    """Somewhere to show events. Every method raises OSError where nobody reads it any more."""

    def show(self, received: Received) -> None:
        """Show an event, where it is worth showing."""

    def remark(self, text: str) -> None:
        """Show a sentence of our own, none of the engine's."""

    def conclude(self, lines: Sequence[str]) -> None:
        """Show what came out, after the last event."""

    def close(self) -> None:
        """Leave the terminal as it was."""


class JsonOutput:
    """The engine's stream as it is, up to the event that ends it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def show(self, received: Received) -> None:
        self._stream.write(escaped_json(received.line.decode()))
        self._stream.flush()

    def remark(self, text: str) -> None:
        say(text)

    def conclude(self, lines: Sequence[str]) -> None:
        """Nothing: the last event says it all."""

    def close(self) -> None:
        """Nothing to put back."""


class LineOutput:
    """Each stage as a line, and where training stands every few seconds."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._due = float("inf")

    def show(self, received: Received) -> None:
        text = _stage(received.event)
        if isinstance(received.event, TrainingStarted):
            self._due = self._clock() + LINE_EVERY
        if text is None and isinstance(received.event, Epochs) and self._clock() >= self._due:
            self._due = self._clock() + LINE_EVERY
            text = progress_line(received.progress)
        if text is not None:
            self.conclude([text])

    def remark(self, text: str) -> None:
        say(text)

    def conclude(self, lines: Sequence[str]) -> None:
        self._stream.writelines(f"{printable(line)}\n" for line in lines)
        self._stream.flush()

    def close(self) -> None:
        """Nothing to put back."""


class BarOutput:
    """A progress bar on a terminal, drawn by rich; the stages stand above it."""

    def __init__(self, stream: TextIO) -> None:
        # Imported here, after the engine has been started: it takes as long as a frame of the dashboard.
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._console = Console(file=stream, highlight=False, markup=False, soft_wrap=True, emoji=False)
        columns = (BarColumn(bar_width=16), TextColumn("{task.description}", markup=False))
        # Without rich's own thread: a terminal that hangs up is to raise here, not there.
        self._bar = Progress(*columns, console=self._console, auto_refresh=False, transient=True)
        self._task = self._bar.add_task("loading PyTorch", total=None)
        self._bar.start()
        self._bar.refresh()
        self._due = 0.0

    def show(self, received: Received) -> None:
        text = _stage(received.event)
        if text is not None:
            self._print(text)
        if isinstance(received.event, Epochs) and time.monotonic() >= self._due:
            self._due = time.monotonic() + _FRAME_EVERY
            progress = received.progress
            self._bar.update(
                self._task, total=progress.target or None, completed=progress.epoch, description=bar_line(progress)
            )
            self._bar.refresh()

    def remark(self, text: str) -> None:
        self._print(text)

    def conclude(self, lines: Sequence[str]) -> None:
        self.close()
        for line in lines:
            self._print(line)

    def close(self) -> None:
        self._bar.stop()

    def _print(self, line: str) -> None:
        self._console.print(printable(line))


def say(text: str, prefix: str = "lstm-tui: ") -> None:
    """A line on standard error; silently nothing where that is gone."""
    with suppress(OSError):
        sys.stderr.write(f"{prefix}{printable(text)}\n")
        sys.stderr.flush()


def _stage(event: Event) -> str | None:
    """The line for an event that is worth one of its own."""
    match event:
        case RunOpened():
            return opening_line(event)
        case TrainingStarted():
            return stage_line(event)
        case Paused(epoch=epoch, cause=str(cause)):
            return f"paused at epoch {epoch}: {cause}"
        case Paused(epoch=epoch):
            return f"paused at epoch {epoch} from another terminal, where it can go on; Ctrl-C saves and ends it"
        case Notice(text=text):
            return text
    return None
