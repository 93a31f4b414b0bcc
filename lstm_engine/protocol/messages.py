"""The vocabulary between dashboard and engine: commands go in, events come out, one JSON object a line.

Every message is a frozen `msgspec.Struct`, tagged by its `type` in snake case. `lstm-tui train --json` prints this
very stream. All numbers of a model (losses, predictions, parameters) are 32-bit floats printed in full, so they
survive the trip bit for bit; a value that is not finite travels as null.
"""

import msgspec

from lstm_engine.lstm.parameters import ParameterSpec
from lstm_engine.protocol.attendance import CutOff, Detach, Detached, Join, Logged, Steered, Watchers
from lstm_engine.protocol.message import Message
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent, SaveReason

# --- commands: dashboard to engine -----------------------------------------------------------------------------------


class NewRun(Message, frozen=True):
    """Set up an untrained model. Nothing is written until it is trained. Answer: RunOpened, Epochs (epoch 0).

    name: of the run to be; None for one that is free.
    """

    config: RunConfig
    name: str | None = None


class OpenRun(Message, frozen=True):
    """Go on with a run on disk, from its last good checkpoint. Answer: RunOpened, or Refused.

    source: a run's name in the checkpoints folder, its directory, or the path of a `.ckpt` file. A checkpoint that is
        not the run's newest, or that no run of ours holds, opens as a branch: a new run with that as its parent.
    config: the data and seed to go with a checkpoint of a plain Lightning script, which says nothing of them;
        not used otherwise.
    """

    source: str
    config: RunConfig = msgspec.field(default_factory=RunConfig)


class Train(Message, frozen=True):
    """Train. Answer: TrainingStarted, then Epochs …, then RunFinished, Paused or Failed.

    epochs: how many more than are completed; None goes on to the target that the run already has.
    """

    epochs: int | None = None


class AddEpochs(Message, frozen=True):
    """Move the target on by `epochs` and train there with a new Trainer, from a checkpoint, also in mid-run."""

    epochs: int


class Pause(Message, frozen=True):
    """Stop at the end of the epoch and save. Answer: CheckpointSaved, Paused."""


class Save(Message, frozen=True):
    """Save a checkpoint now (in mid-run at the end of the epoch), kept for good. Answer: CheckpointSaved.

    Where the run's folder is gone: make a new run of what is in memory. Answer: RunOpened, Notice.
    """


class Reseed(Message, frozen=True):
    """Save what is trained and set up a new run with another seed, all else equal. Answer: RunOpened, Epochs.

    seed: None draws one.
    """

    seed: int | None = None


class Branch(Message, frozen=True):
    """A new run from a checkpoint of the open one. Answer: RunOpened.

    epoch: the epoch to start from; the nearest checkpoint at or before it is trained forward to it.
    lr: the new run's learning rate; None keeps the parent's.
    epochs: how many to train at once; None trains none yet.
    parameters: values it begins with in place of the parent's, by name.
    days: inputs in place of the parent's, by company.
    """

    epoch: int
    lr: float | None = None
    epochs: int | None = None
    parameters: dict[str, float] = msgspec.field(default_factory=dict)
    days: dict[str, tuple[float, ...]] = msgspec.field(default_factory=dict)


class Quit(Message, frozen=True):
    """Finish the epoch, save, exit, whoever else attends. Answer: Stopped.

    signal: the name of the signal to the engine that means this; empty where a dashboard asks.
    """

    signal: str = ""


Command = NewRun | OpenRun | Train | AddEpochs | Pause | Save | Reseed | Branch | Quit | Join | Detach

# --- events: engine to dashboard -------------------------------------------------------------------------------------


class EngineReady(Message, frozen=True):
    """PyTorch and Lightning are loaded; commands are read from here on.

    protocol: the version that the engine speaks.
    """

    pid: int
    host: str
    torch: str
    lightning: str
    protocol: int = 0


class RunOpened(Message, frozen=True):
    """A run is open, untrained or continued.

    run, directory: its name and absolute path; None for a run that nothing has been written of yet.
    parameters: the model's scalars, in the order of every Epochs event.
    initial: the parameters at epoch 0, by name.
    epoch: completed epochs; the history in `directory` holds the epochs 0 to this one (rows past it are void).
    target: the epoch that training goes on to; equals `epoch` where there is nothing left to do.
    resumes: the epochs at which training went on with a new Trainer.
    checkpoint: file name of the checkpoint it stands on, None where untrained.
    """

    run: str | None
    directory: str | None
    config: RunConfig
    parameters: tuple[ParameterSpec, ...]
    initial: dict[str, float | None]
    epoch: int
    target: int
    resumes: tuple[int, ...] = ()
    parent: Parent | None = None
    checkpoint: str | None = None


class TrainingStarted(Message, frozen=True):
    """A Trainer runs, from `epoch` (completed) to `target`.

    run, directory: on disk from here on.
    resumed_from: file name of the checkpoint it continues from; None for a run's first Trainer.
    verified: after resuming, parameters and optimiser state were compared with the checkpoint, bit for bit.
    """

    run: str
    directory: str
    epoch: int
    target: int
    resumed_from: str | None = None
    verified: bool = False


class Epochs(Message, frozen=True):
    """What consecutive epochs ended in, sent in batches, never dropped.

    first_epoch: the epoch of the first entry; epoch 0 is the untrained model.
    seconds: wall time these epochs took.
    train_loss: per epoch, the mean over its steps of the loss before each step; None at epoch 0.
    predictions: per company and epoch, taken at the parameters the epoch ended in.
    parameters: per parameter and epoch, at the end of the epoch.
    """

    first_epoch: int
    seconds: float
    train_loss: list[float | None]
    predictions: dict[str, list[float | None]]
    parameters: dict[str, list[float | None]]


class CheckpointSaved(Message, frozen=True):
    """A checkpoint is complete on disk, and so is the history up to its epoch.

    checkpoint: its file name, in the `directory` that TrainingStarted, or RunOpened, told.
    """

    checkpoint: str
    epoch: int
    reason: SaveReason


class Paused(Message, frozen=True):
    """Training stopped before its target; what is trained is saved unless `cause` says otherwise.

    cause: None where the user asked for it; else one sentence (the disk is full, …), and the engine tries again
        by itself.
    folder_gone: the cause is that the run's folder was deleted, renamed or replaced. Save makes a new run then.
    """

    epoch: int
    target: int
    cause: str | None = None
    folder_gone: bool = False


class RunFinished(Message, frozen=True):
    """The target is reached.

    seconds: wall time spent training in this engine process.
    train_loss: the last epoch's.
    predictions, parameters: after the last step, by name.
    checkpoint: absolute path.
    """

    run: str
    epoch: int
    seconds: float
    train_loss: float | None
    predictions: dict[str, float | None]
    parameters: dict[str, float | None]
    checkpoint: str


class Failed(Message, frozen=True):
    """Training failed and stopped; the run stands at its last good checkpoint.

    cause: one sentence. detail: the traceback or the log's end, for the log panel.
    epoch: the epoch it failed in. checkpoint: the one that Train would continue from, if any.
    """

    epoch: int
    cause: str
    detail: str = ""
    checkpoint: str | None = None


class Refused(Message, frozen=True):
    """A command was not carried out; nothing changed. reason: one sentence. command: its `type`.

    Whoever sent it is told this; the others, Steered with the same reason.
    elsewhere: the name of the run that another process holds, where that is the reason.
    """

    command: str
    reason: str
    elsewhere: str | None = None


class Notice(Message, frozen=True):
    """Something the user should know, in one sentence; the engine goes on.

    warning: something is not as it should be; else it is what the engine is doing.
    """

    text: str
    warning: bool = True


class Stopped(Message, frozen=True):
    """The engine's last word: it exits now. run, directory, checkpoint are None where nothing is saved.

    signal: the name of the signal that ended it; empty where it was asked to, or its input ended.
    problem: why nothing is saved though something was trained, in one sentence; else empty.
    """

    run: str | None
    directory: str | None
    epoch: int
    checkpoint: str | None
    signal: str = ""
    problem: str = ""


_OfTraining = TrainingStarted | Epochs | CheckpointSaved | Paused | RunFinished | Failed
_OfAttendance = Watchers | Steered | Logged | Detached | CutOff
Event = EngineReady | RunOpened | _OfTraining | Refused | Notice | Stopped | _OfAttendance

_encoder = msgspec.json.Encoder()
_commands = msgspec.json.Decoder(Command)
_events = msgspec.json.Decoder(Event)


def encode(message: Message) -> bytes:
    """One line, newline included."""
    return _encoder.encode(message) + b"\n"


def decode_command(line: bytes) -> Command:
    """Raises msgspec.DecodeError where the line is no command."""
    command: Command = _commands.decode(line)
    return command


def decode_event(line: bytes) -> Event:
    """Raises msgspec.DecodeError where the line is no event."""
    event: Event = _events.decode(line)
    return event
