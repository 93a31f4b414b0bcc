"""What the command line decides, as frozen data for the parts that act on it; and the command line that goes on."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import OnHangup

#: What charts are drawn with.
Marker = Literal["braille", "block", "ascii"]

#: Where runs are kept unless the user says otherwise.
DEFAULT_CHECKPOINTS = Path("checkpoints")

#: How many epochs the walk-through trains at first.
DEFAULT_EPOCHS = 2000

#: -P keeps the working directory off the import path: a stray torch.py there is not PyTorch.
ENGINE_COMMAND: tuple[str, ...] = (sys.executable, "-P", "-m", "lstm_engine")


@dataclass(frozen=True)
class EngineOptions:
    """How the engine process is started.

    checkpoints: the folder of all runs.
    save_every: seconds between two checkpoints while training.
    keep: how many of the timed checkpoints of a run are kept.
    on_hangup: what becomes of training when nobody attends any more; None where it was not said.
    shared: who may read and write the runs is left to the umask; else their user alone may.
    tensorboard: event files for TensorBoard are written beside each run.
    on_end: the program and arguments to run when a training ends that nobody stopped; none where it is empty.
    command: the program that speaks the protocol; tests put another in its place.
    """

    checkpoints: Path
    save_every: float = 1.0
    keep: int = 5
    on_hangup: OnHangup | None = None
    shared: bool = False
    tensorboard: bool = False
    on_end: tuple[str, ...] = ()
    command: tuple[str, ...] = ENGINE_COMMAND

    @property
    def argv(self) -> list[str]:
        """The whole command line of the engine process."""
        return [
            *self.command,
            *("--checkpoints", str(self.checkpoints.absolute())),
            *("--save-every", str(self.save_every)),
            *("--keep", str(self.keep)),
            *(["--on-hangup", self.on_hangup] if self.on_hangup else []),
            *(["--shared"] if self.shared else []),
            *(["--tensorboard"] if self.tensorboard else []),
            *([f"--on-end={shlex.join(self.on_end)}"] if self.on_end else []),
        ]


@dataclass(frozen=True)
class DashboardOptions:
    """What the dashboard opens on.

    config: the settings of a new run; of no account where `source` says which run to open.
    epochs: how many `space` trains where no target is left to go on to.
    start: train at once.
    fps: frames a second, at most.
    marker: what charts are drawn with.
    source: the run or checkpoint to go on with, as the user wrote it; None for a new run.
    tour: open the tour at once. lists_runs: open the list of runs at once.
    said: what is told once the run is open; empty for nothing.
    bell: ring the terminal's bell, and have it notify, when a training ends that nobody stopped.
    """

    config: RunConfig
    epochs: int
    engine: EngineOptions
    start: bool = False
    fps: int = 10
    marker: Marker = "braille"
    source: str | None = None
    tour: bool = False
    lists_runs: bool = False
    said: str = ""
    bell: bool = True


@dataclass(frozen=True)
class TrainOptions:
    """What `lstm-tui train` does.

    config: the settings of a new run; of no account where `source` says which run to go on with.
    epochs: how many more to train; None goes on to the target that a resumed run has left;
        DEFAULT_EPOCHS for a new one.
    json: print the engine's events, one JSON object a line, and nothing else.
    source: the run or checkpoint to go on with, as the user wrote it; None for a new run.
    detach: return when training has begun; it goes on without this program.
    """

    config: RunConfig
    epochs: int | None
    engine: EngineOptions
    json: bool = False
    source: str | None = None
    detach: bool = False


def continue_command(
    command: str, run: str, directory: str | None, checkpoints: Path, epochs: int | None = None
) -> str:
    """The command line that goes on with a run, as one would type it in the working directory.

    command: what stands between `lstm-tui` and the run, such as `resume` or `train --resume`.
    directory: the run's absolute path; where it is not in the `checkpoints` folder, the run is named by it.
    """
    inside = directory is None or Path(directory).resolve().parent == checkpoints.resolve()
    words = ["lstm-tui", *command.split(), run if inside or directory is None else directory]
    if epochs is not None:
        words += ["--epochs", str(epochs)]
    if inside and checkpoints != DEFAULT_CHECKPOINTS:
        words += ["--checkpoints", str(checkpoints)]
    return " ".join(map(shell_word, words))


def shell_word(word: str) -> str:
    """The word as a shell takes it, of characters that a terminal shows and does not act on."""
    return shlex.quote(word) if word.isprintable() else f"$'{''.join(map(_shell_sign, word))}'"


def _shell_sign(sign: str) -> str:
    if sign.isprintable() and sign not in "'\\":
        return sign
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(sign))
