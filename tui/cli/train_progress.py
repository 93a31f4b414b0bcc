"""How far a training without a screen has come, as one frozen value, and the words for it. Pure."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lstm_engine.protocol.attendance import Steered, Watchers
from lstm_engine.protocol.messages import (
    CheckpointSaved,
    Epochs,
    Event,
    Failed,
    Paused,
    Refused,
    RunFinished,
    RunOpened,
    Stopped,
    Train,
    TrainingStarted,
)
from lstm_engine.run.config import RunConfig
from tui.options import DEFAULT_EPOCHS, TrainOptions, continue_command
from tui.state.pace import Pace
from tui.text.numbers import counted, duration, figure
from tui.text.sentences import engine_end_in_order, how_ended, lost, settings, unsaved
from tui.text.table import table
from tui.text.widths import cut

#: A line shows the predictions of no more companies than this.
_COMPANIES_IN_A_LINE = 4
#: Cells of a company's name in a line.
_NAME_ROOM = 12

Ending = RunFinished | Failed | Refused | Stopped | RunOpened


@dataclass(frozen=True)
class TrainProgress:
    """What the events have told so far.

    epoch, target: completed epochs, and where this training goes.
    train_loss, predictions: of the newest epoch; None where not a finite number, or not known yet.
    checkpoint: file name of the newest checkpoint.
    gone: that the run's folder is gone, in one sentence, while nothing is trained for that reason; else empty.
    by_another: what another terminal asked for last, by its `type`, until it is done; else empty.
    watchers: how many attend the engine, this program among them.
    ending: the event that decided how it ends; RunOpened where the folder was gone, and the rest is in a new run.
    """

    run: str | None = None
    directory: str | None = None
    config: RunConfig = field(default_factory=RunConfig)
    epoch: int = 0
    target: int = 0
    train_loss: float | None = None
    predictions: Mapping[str, float | None] = field(default_factory=dict)
    checkpoint: str | None = None
    pace: Pace = field(default_factory=Pace)
    gone: str = ""
    by_another: str = ""
    watchers: int = 1
    ending: Ending | None = None


def advanced(progress: TrainProgress, event: Event) -> TrainProgress:
    """The progress after one more event; the counterpart of `tui.state.reducer`, without a history."""
    match event:
        case RunOpened(run=run, directory=directory, config=config, epoch=epoch, target=target, checkpoint=checkpoint):
            return replace(
                progress,
                run=run,
                directory=directory,
                config=config,
                epoch=epoch,
                target=target,
                checkpoint=checkpoint,
                ending=event if progress.gone else None,
            )
        case TrainingStarted(run=run, directory=directory, epoch=epoch, target=target):
            return replace(
                progress, run=run, directory=directory, epoch=epoch, target=target, pace=Pace(), gone="", by_another=""
            )
        case Paused(folder_gone=True, cause=cause):
            return replace(progress, gone=cause or "")
        case Epochs(first_epoch=first, seconds=seconds, train_loss=losses, predictions=predictions):
            return replace(
                progress,
                epoch=first + len(losses) - 1,
                train_loss=losses[-1],
                predictions={name: values[-1] for name, values in predictions.items()},
                pace=progress.pace.after(len(losses), seconds) if first > 0 else progress.pace,
            )
        case Watchers(count=count):
            return replace(progress, watchers=count)
        case Steered(command=command, refusal=refusal):
            return replace(progress, by_another="" if refusal else command)
        case CheckpointSaved(checkpoint=checkpoint):
            return replace(progress, checkpoint=checkpoint)
        case RunFinished() | Failed() | Refused() | Stopped():
            return replace(progress, ending=progress.ending or event)
    return progress


def train_command(opened: RunOpened, epochs: int | None) -> Train | None:
    """What to ask of the engine once the run is open: `epochs` more, or else what is left.

    Or else the default, where nothing was trained yet since the run began, or branched off; None where a run is at
    its target.
    """
    if epochs is None and opened.target <= opened.epoch:
        if opened.epoch > (opened.parent.epoch if opened.parent else 0):
            return None
        epochs = DEFAULT_EPOCHS
    return Train(epochs=epochs)


def at_target_sentence(opened: RunOpened) -> str:
    """That there is nothing left to train, and how to train more."""
    return f"run {opened.run} is at its target, epoch {opened.epoch}: add epochs with --epochs N"


def opening_line(opened: RunOpened) -> str:
    """The settings of the run that was opened, and its data."""
    data = opened.config.data
    table = f"{data.source}: {counted(len(data.names), 'company', 'companies')}, {counted(data.day_count, 'day')}"
    return ", ".join([*settings(opened.config)[:4], table])


def stage_line(started: TrainingStarted) -> str:
    """From which epoch to which a Trainer trains, and what it resumed."""
    resumed = f", resumed from {started.resumed_from}" if started.resumed_from else ""
    return f"run {started.run}: training from epoch {started.epoch} to {started.target}{resumed}"


def progress_line(progress: TrainProgress) -> str:
    """Where training stands: epoch, loss, predictions, speed, time left."""
    return ", ".join([f"epoch {progress.epoch} of {progress.target}", *_measures(progress, " epochs/s")])


def bar_line(progress: TrainProgress) -> str:
    """The same in 60 cells, to stand behind a bar."""
    return "  ".join([f"{progress.epoch}/{progress.target}", *_measures(progress, "/s")])


def _measures(progress: TrainProgress, per_second: str) -> list[str]:
    predictions = [f"{cut(name, _NAME_ROOM)} {figure(value)}" for name, value in progress.predictions.items()]
    if len(predictions) > _COMPANIES_IN_A_LINE:
        predictions[_COMPANIES_IN_A_LINE:] = ["..."]
    speed = progress.pace.per_second
    left = progress.pace.seconds_left(progress.target - progress.epoch)
    times = [] if speed is None or left is None else [f"{speed:.0f}{per_second}", f"{duration(left)} left"]
    return [f"loss {figure(progress.train_loss)}", *predictions, *times]


def summary(progress: TrainProgress, finished: RunFinished, options: TrainOptions) -> list[str]:
    """The lines that tell what came out, and the command that trains on."""
    data = progress.config.data
    rows = [("company", "observed", "predicted", "off by")]
    for name, observed in zip(data.names, data.targets, strict=True):
        predicted = finished.predictions.get(name)
        off_by = None if predicted is None else predicted - observed
        rows.append((name, figure(observed), figure(predicted), figure(off_by, signed=True)))
    again = continue_command(
        "train --resume", finished.run, progress.directory, options.engine.checkpoints, epochs=1000
    )
    return [
        f"run         {finished.run}, trained to epoch {finished.epoch} ({finished.seconds:.1f} s)",
        f"train loss  {figure(finished.train_loss)}",
        f"checkpoint  {finished.checkpoint}",
        "",
        *table(rows),
        "",
        f"train on    {again}",
    ]


def ended_sentence(progress: TrainProgress, stopped: Stopped, options: TrainOptions) -> str:
    """That the engine was ended though nobody interrupted this program, what is saved, and how to go on."""
    ended = how_ended(stopped.signal, by_another=progress.by_another == "quit")
    end = engine_end_in_order(ended, stopped.epoch, stopped.problem)
    if stopped.run is None:
        return end
    return f"{end}{unsaved(progress.epoch - stopped.epoch)}; continue with: {_resume(progress, options)}"


def gone_sentence(progress: TrainProgress, options: TrainOptions) -> str:
    """That the run's folder is gone, and what became of what was in memory."""
    match progress.ending:
        case RunOpened(run=str(run), epoch=epoch, target=target):
            anew = f"what was trained is saved as run {run}, at epoch {epoch} of {target}"
            return f"{progress.gone}; {anew}; continue with: {_resume(progress, options)}"
        case Refused(reason=reason):
            return f"{progress.gone}; what was trained could not be saved as a new run: {reason}"
        case _:
            return lost(progress.gone)


def interrupted_sentence(progress: TrainProgress, options: TrainOptions) -> str:
    """What to know after Ctrl-C or a signal: what is saved, what could not be, and how to go on."""
    if progress.run is None:
        return "interrupted before anything was trained"
    epoch = progress.ending.epoch if isinstance(progress.ending, Stopped) else progress.epoch
    saved = f"interrupted: run {progress.run} is saved at epoch {epoch} of {progress.target}"
    return f"{saved}{unsaved(progress.epoch - epoch)}; continue with: {_resume(progress, options)}"


def failed_sentence(progress: TrainProgress, failed: Failed, options: TrainOptions) -> str:
    """Why training failed, and how to go on from the last good checkpoint."""
    cause = f"training failed in epoch {failed.epoch}: {failed.cause}"
    if progress.run is None or failed.checkpoint is None:
        return cause
    return f"{cause}; from {failed.checkpoint} on: {_resume(progress, options)}"


def died_sentence(status: int, progress: TrainProgress, options: TrainOptions) -> str:
    """That the engine is gone without a word, and how to go on."""
    how = f"was killed by signal {-status} ({_signal_name(-status)})" if status < 0 else f"exited with status {status}"
    if progress.run is None:
        return f"the engine {how} before anything was trained"
    return f"the engine {how} near epoch {progress.epoch}; continue with: {_resume(progress, options)}"


def _signal_name(number: int) -> str:
    """SIGKILL, as an example; `unknown` for a number that the system has no name for."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"


def _resume(progress: TrainProgress, options: TrainOptions) -> str:
    return continue_command("train --resume", progress.run or "", progress.directory, options.engine.checkpoints)
