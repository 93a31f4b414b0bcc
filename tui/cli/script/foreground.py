"""`lstm-tui run --no-screen`: waits for a script to end, with a line now and then."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TextIO

from lstm_engine.script.event_log import EventLog
from lstm_engine.script.living import is_alive
from lstm_engine.script.output_tail import OUTPUT, output_tail
from lstm_engine.script.progress import Progress, advanced
from lstm_engine.script.vocabulary.events import EVENTS, Event
from lstm_engine.script.vocabulary.fit_events import FitEnded, FitFailed, FitOpened, FitStarted, HookOff, Steps
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded, ScriptStarted
from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from lstm_engine.store.holding.lock import in_use
from lstm_engine.text import printable
from tui.cli.exit_status import FAILED
from tui.cli.script.interruption import Interruption, interruptible
from tui.cli.script.saved_words import saved_words
from tui.cli.standard_streams import say
from tui.text.numbers import figure

#: Seconds between two looks, and between two lines.
_LOOK, _LINE = 0.1, 5.0
#: Seconds without a word of a Trainer after which that is said.
_SILENCE = 60.0
#: What a shell adds to the number of the signal that ended a program.
_BY_SIGNAL = 128


@dataclass(frozen=True)
class Ending:
    """How the script ended; progress.ended is None where its keeper was killed, and nobody can tell."""

    progress: Progress
    failure: str = ""


class Output(Protocol):
    """Where what a script tells goes."""

    def show(self, event: Event, progress: Progress) -> None:
        """One event, and where the training stands then. Raises OSError."""

    def say(self, sentence: str) -> None:
        """What nobody has told. Raises OSError."""


class LineOutput:
    """A line for each event that is worth one, and one now and then for how far the training is."""

    def __init__(
        self, stream: TextIO, clock: Callable[[], float] = time.monotonic, *, names_checkpoints: bool = True
    ) -> None:
        """names_checkpoints: each of them is worth a line."""
        self._stream = stream
        self._clock = clock
        self._names_checkpoints = names_checkpoints
        self._due = clock() + _LINE

    def show(self, event: Event, progress: Progress) -> None:
        if isinstance(event, CheckpointWritten) and not self._names_checkpoints:
            return
        if (line := _line(event)) is not None:
            self.say(line)
        elif isinstance(event, Steps) and self._clock() >= self._due:
            self.say(_progress_line(progress))

    def say(self, sentence: str) -> None:
        self._stream.write(printable(sentence) + "\n")
        self._stream.flush()
        self._due = self._clock() + _LINE


def follow(
    run: Path,
    script: int,
    checkpoints: Path,
    output: Output,
    begun: str = "",
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Waits for the process `script` that trains in `run`; its exit status, 130 after Ctrl-C and 143 after SIGTERM.

    checkpoints: the folder that the command line names. begun: said as soon as an interruption saves.

    Raises:
        OSError: the output cannot be written.
    """
    with interruptible(run, output, clock) as interruption:
        if begun:
            output.say(begun)
        ending = _followed(run, script, output, interruption, clock)
    status = _told(run, checkpoints, ending, is_interrupted=interruption.number != 0)
    return _BY_SIGNAL + interruption.number if interruption.number else status


def _followed(
    run: Path, script: int, output: Output, interruption: Interruption, clock: Callable[[], float]
) -> Ending:
    log, ending, is_past = EventLog(run / EVENTS), Ending(Progress()), True
    silent = clock() + _SILENCE
    while True:
        interruption.look()
        is_kept = in_use(run)  # asked before the file is read: what was told until then is in it
        for event in log.new():
            ending = replace(ending, progress=advanced(ending.progress, event))
            if isinstance(event, ScriptStarted) and event.pid == script:
                is_past = False
            if is_past:  # what earlier processes told in this folder
                continue
            if isinstance(event, FitFailed):
                ending = replace(ending, failure=event.cause)
            interruption.hear(event)
            output.show(event, ending.progress)
        progress = ending.progress
        if is_past and is_kept:
            time.sleep(_LOOK)
            continue
        is_over = progress.ended is not None or not is_alive(progress.pid, progress.since)
        if is_over and not is_kept:  # by then the keeper has left everything in order
            return ending
        if not progress.reported and clock() >= silent:
            silent = float("inf")
            output.say("no Trainer has reported yet")
        time.sleep(_LOOK)


def _line(event: Event) -> str | None:
    """The line for an event that is worth one of its own."""
    match event:
        case ScriptStarted(resumed_from=str(checkpoint)):
            return f"goes on from {checkpoint}"
        case FitOpened(stage=stage, model=model, trainer=trainer, version=version):
            return f"{stage}: {model}, {trainer} {version}"
        case FitStarted(epoch=epoch, max_epochs=max_epochs, max_steps=max_steps):
            ends = [f"to epoch {max_epochs}"] if max_epochs is not None else []
            ends += [f"to step {max_steps}"] if max_steps is not None else []
            return " ".join([f"training from epoch {epoch}", *ends])
        case CheckpointWritten(path=path):
            return f"saved {path}"
        case FitEnded(patience=str(patience), epoch=epoch, step=step) if patience:
            return f"patience ended it at epoch {epoch}, step {step}: {patience}"
        case FitEnded(reason=reason, epoch=epoch, step=step):
            return f"fit {reason} at epoch {epoch}, step {step}"
        case HookOff(cause=cause):
            return f"the hook met a fault and tells no more; the training goes on: {cause}"
    return None


def _progress_line(progress: Progress) -> str:
    epochs = f"epoch {progress.epoch}" + (f" of {progress.max_epochs}" if progress.max_epochs is not None else "")
    loss = [] if progress.loss is None else [f"loss {figure(progress.loss)}"]
    return ", ".join([epochs, f"step {progress.step}", *loss])


def _told(run: Path, checkpoints: Path, ending: Ending, *, is_interrupted: bool) -> int:
    """Says what there is to say of the end; the exit status."""
    progress, ended = ending.progress, ending.progress.ended
    if ended is not None and (is_interrupted or (progress.state == "paused" and ended.status == 0)):
        if ended.status and progress.fit_end != "interrupted":  # what the script has made of it
            say(f"the script ended with status {ended.status}; its output is in {run / OUTPUT}")
        is_complete = progress.state == "finished" and progress.fit_end is not None
        words = "the training had come to its end" if is_complete else saved_words(run, progress, checkpoints)
        say(words)
        return _status(ended)
    if ended is None:
        say(f"the keeper of run {run.name} was killed, and the script has ended since: its status is not known")
        return FAILED
    if ended.status == 0:
        how = "ended with status 0"
    elif ended.status is not None:
        how = f"failed with status {ended.status}"
    else:
        how = f"was ended by {ended.signal}"
    if not progress.reported:
        _tell_lines(run)
        say(f"the script {how}, and no Trainer has reported")
    elif ended.status != 0:
        _tell_lines(run)
        say(f"the script {how}{': ' + ending.failure if ending.failure else ''}; its output is in {run / OUTPUT}")
    return _status(ended)


def _status(ended: ScriptEnded) -> int:
    if ended.status is not None:
        return ended.status
    number = getattr(signal, ended.signal, None)
    return _BY_SIGNAL + number if isinstance(number, int) else FAILED


def _tell_lines(run: Path) -> None:
    with suppress(OSError):
        sys.stderr.writelines(f"  {line}\n" for line in output_tail(run / OUTPUT))
