"""Trains one member of a queue: the run of that name, from its last checkpoint where it has one.

    python -m lstm_engine.queue.member_program ROOT RUN INPUTS [--note TEXT]

ROOT is the folder of the run, which is made where it is missing; INPUTS has its settings and prices. Once a second
it prints a JSON line: {"epoch", "epochs", "loss"}. Where standard input ends, whoever wanted the run is gone: it is
saved and ended, with status 130. Status 1 comes with a sentence on standard error.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.forecast.beginning import begin
from lstm_engine.forecast.inputs import read_inputs
from lstm_engine.queue.queue_folder import is_finished
from lstm_engine.script.event_log import EventLog
from lstm_engine.script.going_on import checkpoint_of, checkpoints_told, resume_script
from lstm_engine.script.last_progress import last_progress
from lstm_engine.script.living import living_script
from lstm_engine.script.output_tail import OUTPUT, output_tail
from lstm_engine.script.script_signal import signal_script
from lstm_engine.script.vocabulary.events import EVENTS
from lstm_engine.script.vocabulary.fit_events import FitFailed
from lstm_engine.store.holding.lock import in_use
from lstm_engine.store.notes import write_note
from lstm_engine.store.script_record import is_script_run
from lstm_engine.text import printable

#: Seconds between two looks, and looks between two lines.
_LOOK, _LINE = 0.1, 10
_DONE, _FAILED, _STOPPED = 0, 1, 130


def main() -> int:
    """Trains; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m lstm_engine.queue.member_program")
    parser.add_argument("root", type=Path)
    parser.add_argument("run")
    parser.add_argument("inputs", type=Path)
    parser.add_argument("--note", default="")
    options = parser.parse_args()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    threading.Thread(target=_watch, args=(stopping,), daemon=True).start()
    try:
        return train(options.root, options.run, options.inputs, options.note, stopping)
    except (UserError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return _FAILED


def train(root: Path, name: str, inputs: Path, note: str, stopping: threading.Event) -> int:
    """Trains the run to its end, or until `stopping`; the exit status.

    Raises:
        UserError: it cannot be started.
        OSError: its folder cannot be written.
    """
    run = root / name
    # A worker that was killed leaves a training behind that ends by itself.
    while (in_use(run) or living_script(run) is not None) and not stopping.wait(_LOOK):
        _tell(run)
    if stopping.is_set():
        return _STOPPED
    wanted = read_inputs(inputs)
    if is_finished(run, wanted.settings.patience):
        return _DONE
    if is_script_run(run) and checkpoints_told(run):
        resume_script(run, checkpoint_of(run))
    else:
        if run.exists():  # it was ended before there was anything to go on from
            shutil.rmtree(run)
        begin(root, wanted, name, tensorboard=False)
        if note:
            write_note(run, note)
    _follow(run, stopping)
    if is_finished(run, wanted.settings.patience):
        return _DONE
    if last_progress(run).left_state == "paused" and stopping.is_set():
        return _STOPPED
    sys.stderr.write(f"{_cause(run)}\n")
    return _FAILED


def _follow(run: Path, stopping: threading.Event) -> None:
    """Until nobody has the run any more."""
    was_asked, looks = False, 0
    while in_use(run) or living_script(run) is not None:
        if stopping.is_set() and not was_asked:
            was_asked = signal_script(run, signal.SIGTERM)
        if looks % _LINE == 0:
            _tell(run)
        looks += 1
        time.sleep(_LOOK)
    _tell(run)


def _tell(run: Path) -> None:
    progress = last_progress(run)
    told = {"epoch": progress.epoch, "epochs": progress.target, "loss": progress.loss}
    try:
        sys.stdout.write(msgspec.json.encode(told).decode() + "\n")
        sys.stdout.flush()
    except OSError:  # whoever read it is gone: standard input ends as well
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _cause(run: Path) -> str:
    """Why the training ended by itself, in a sentence."""
    causes = [event.cause for event in EventLog(run / EVENTS).new() if isinstance(event, FitFailed)]
    said = causes[-1:] or output_tail(run / OUTPUT, 1) or ["its process ended without a word"]
    return printable(said[0])


def _watch(stopping: threading.Event) -> None:
    """Until standard input ends."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    stopping.set()


if __name__ == "__main__":
    sys.exit(main())
