"""How an event moves a board on. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce as fold
from typing import Any

import numpy as np

from lstm_engine.script.vocabulary.commands import Command
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.fit_events import (
    EpochEnded,
    EpochStarted,
    FitEnded,
    FitFailed,
    FitOpened,
    FitStarted,
    HookOff,
    PhaseEnded,
    PhaseProgress,
    PhaseStarted,
    Steps,
)
from lstm_engine.script.vocabulary.keeper_events import Machine, ScriptEnded, ScriptStarted
from lstm_engine.script.vocabulary.log_events import Described, Logged
from lstm_engine.script.vocabulary.module_events import CheckpointWritten, Gates, Layers
from tui.board.state.answers import answer
from tui.board.state.board import Board, State
from tui.board.state.module_gates import ModuleGates
from tui.board.state.series import Series
from tui.board.state.tracks import LayerTrack
from tui.board.state.with_values import with_values
from tui.state.pace import Pace
from tui.state.told import Told

#: What the loss that training steps return is called among the metrics.
STEP_LOSS = "loss"


def told(board: Board, news: Told) -> Board:
    """The board once all of it was told."""
    before = Board(board.run) if news.anew else board
    after = fold(reduce, news.events, before)
    output = after.output.after(news.output)
    if output is not after.output:
        after = replace(after, output=output)
    if news.gone:
        after = replace(after, checkpoints=tuple(one for one in after.checkpoints if one.path not in news.gone))
    if news.prices is not None:
        after = replace(after, prices=news.prices)
    return replace(after, problem=news.problem) if news.problem != after.problem else after


def asked(board: Board, command: Command, sentence: str) -> Board:
    """The board once a command was sent. sentence: what is said until it is answered."""
    return replace(board, asked={**board.asked, command.id: command}, notice=sentence, alert=False)


def said(board: Board, sentence: str, *, alert: bool = False, branch: str = "") -> Board:
    """The board with another sentence to say. branch: the run that it says of that it has begun."""
    after = replace(board, notice=sentence, alert=alert)
    return replace(after, branching=(branch, sentence)) if branch else after


def reduce(board: Board, event: Event) -> Board:
    """The board once one event was told."""
    after_answer = answer(board, event)
    after = after_answer if after_answer is not None else _REDUCERS[type(event)](board, event)
    return replace(after, updated=event.at) if event.at else after


def _script_started(board: Board, event: ScriptStarted) -> Board:
    return replace(
        board,
        state="starting",
        process=event,
        ending=None,
        cause="",
        off="",
        asked={},
        patience="",
        notice="",
        alert=False,
        pace=Pace(),
    )


def _script_ended(board: Board, event: ScriptEnded) -> Board:
    if event.status == 0:
        state: State = board.state if board.state in ("finished", "stopped", "failed") else "ended"
        return replace(board, state=state, ending=event, asked={})
    cause = board.cause or _last_line(event.last)
    state = "stopped" if board.state == "stopped" and event.signal in ("SIGTERM", "SIGINT") else "failed"
    return replace(board, state=state, ending=event, cause=cause, asked={})


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _fit_opened(board: Board, event: FitOpened) -> Board:
    hyperparameters = {**board.hyperparameters, **event.hyperparameters}
    same = board.fit is not None and board.fit.tensors == event.tensors
    state: State = "testing" if event.stage in ("test", "predict") else "starting"
    after = replace(board, state=state, fit=event, hyperparameters=hyperparameters, cause="", off="")
    return after if same else replace(after, layers=LayerTrack(), gates={})


def _fit_started(board: Board, event: FitStarted) -> Board:
    """What lies behind the step that a fit begins at is another training's: it is kept beside."""
    kept = {name: series.truncated(event.step) for name, series in board.metrics.items()}
    earlier = {name: series for name, series in board.metrics.items() if len(kept[name]) < len(series)}
    progress = replace(
        board.progress,
        epoch=event.epoch,
        step=event.step,
        batch=0,
        batches=event.batches,
        max_epochs=event.max_epochs,
        max_steps=event.max_steps,
        phase=None,
    )
    return replace(
        board,
        state="training",
        patience="",
        metrics={name: series for name, series in kept.items() if len(series)},
        earlier=earlier or board.earlier,
        epochs=board.epochs.truncated(event.step - 1).extended([event.step], [float(event.epoch)]),
        epoch_began=event.step,
        progress=progress,
        pace=Pace(),
        checkpoints=board.checkpoints,
    )


def _epoch_started(board: Board, event: EpochStarted) -> Board:
    batches = board.progress.batches if event.batches is None else event.batches
    progress = replace(
        board.progress, epoch=event.epoch, step=event.step, batch=0, batches=batches, phase=None, phase_batch=0
    )
    epochs = board.epochs
    if event.step > epochs.last_step:
        epochs = epochs.extended([event.step], [float(event.epoch)])
    return replace(board, state=_going(board), progress=progress, epochs=epochs, epoch_began=event.step)


def _going(board: Board) -> State:
    """What a board is in while steps are made: a command to stop holds until training has ended."""
    return "stopping" if board.state == "stopping" else "training"


def _steps(board: Board, event: Steps) -> Board:
    count = event.step - event.first + 1
    metrics = with_values(board.metrics, event.step, {**event.metrics, **event.lr})
    if event.loss:
        at = event.first + np.arange(len(event.loss)) * count // len(event.loss)
        metrics[STEP_LOSS] = metrics.get(STEP_LOSS, Series()).extended(at, list(event.loss))
    progress = replace(board.progress, epoch=event.epoch, step=event.step, batch=event.batch + 1, phase=None)
    pace = board.pace.after(count, event.seconds) if event.seconds > 0 else board.pace
    return replace(
        board,
        state=_going(board),
        metrics=metrics,
        progress=progress,
        pace=pace,
        lr=event.lr or board.lr,
    )


def _epoch_ended(board: Board, event: EpochEnded) -> Board:
    made = event.step - board.epoch_began
    progress = replace(board.progress, epoch=event.epoch + 1, step=event.step, batch=0, phase=None)
    epochs = board.epochs
    if event.step > epochs.last_step:
        epochs = epochs.extended([event.step], [float(event.epoch + 1)])
    return replace(
        board,
        # A LearningRateMonitor logs under the same names what the rates were before the step.
        metrics=with_values(board.metrics, event.step, event.metrics, but=board.lr),
        epochs=epochs,
        progress=progress,
        steps_per_epoch=made if made > 0 else board.steps_per_epoch,
        epoch_began=event.step,
    )


def _phase_started(board: Board, event: PhaseStarted) -> Board:
    progress = replace(board.progress, phase=event.phase, phase_batch=0, phase_batches=event.batches)
    state: State = "validating" if event.phase in ("sanity", "validate") else "testing"
    if board.state == "stopping":
        state = "stopping"
    return replace(board, state=state, progress=progress, phase_began=event.at)


def _phase_progress(board: Board, event: PhaseProgress) -> Board:
    return replace(board, progress=replace(board.progress, phase=event.phase, phase_batch=event.batch))


def _phase_ended(board: Board, event: PhaseEnded) -> Board:
    took = event.at - board.phase_began if event.phase == "validate" and event.at and board.phase_began else 0.0
    # A sanity check's values are of an untrained model on a batch or two: Lightning does not log them either.
    metrics = board.metrics
    if event.phase != "sanity":
        metrics = with_values(metrics, event.step, event.metrics, but=board.lr)
    state = board.state if board.state not in ("validating", "testing") else "training"
    if board.fit is not None and board.fit.stage != "fit":
        state = board.state
    return replace(
        board,
        state=state,
        metrics=metrics,
        progress=replace(board.progress, phase=None),
        validation=took or board.validation,
    )


def _fit_ended(board: Board, event: FitEnded) -> Board:
    state: State = "finished" if event.reason == "finished" or event.patience else "stopped"
    if event.reason == "failed":
        state = "failed"
    progress = replace(board.progress, epoch=event.epoch, step=event.step, batch=0, phase=None)
    return replace(board, state=state, progress=progress, patience=event.patience, asked={})


def _fit_failed(board: Board, event: FitFailed) -> Board:
    progress = replace(board.progress, epoch=event.epoch, step=event.step, phase=None)
    return replace(board, state="failed", cause=event.cause, progress=progress, asked={})


def _hook_off(board: Board, event: HookOff) -> Board:
    return replace(board, off=event.cause, asked={})


def _logged(board: Board, event: Logged) -> Board:
    metrics = dict(board.metrics)
    metrics[event.name] = metrics.get(event.name, Series()).extended(event.step, event.value)
    return replace(
        board, state="logs" if board.process is None and board.fit is None else board.state, metrics=metrics
    )


def _described(board: Board, event: Described) -> Board:
    return replace(
        board,
        hyperparameters={**board.hyperparameters, **event.hyperparameters},
        texts={**board.texts, **event.texts},
    )


def _checkpoint(board: Board, event: CheckpointWritten) -> Board:
    others = tuple(each for each in board.checkpoints if each.path != event.path)
    return replace(board, checkpoints=(*others, event))


def _layers(board: Board, event: Layers) -> Board:
    return replace(board, layers=board.layers.after(event))


def _gates(board: Board, event: Gates) -> Board:
    return replace(board, gates={**board.gates, (event.module, event.of): ModuleGates.of(event)})


def _machine(board: Board, event: Machine) -> Board:
    return replace(board, machine=board.machine.after(event))


_REDUCERS: dict[type, Callable[[Board, Any], Board]] = {
    ScriptStarted: _script_started,
    ScriptEnded: _script_ended,
    Machine: _machine,
    FitOpened: _fit_opened,
    FitStarted: _fit_started,
    EpochStarted: _epoch_started,
    Steps: _steps,
    EpochEnded: _epoch_ended,
    PhaseStarted: _phase_started,
    PhaseProgress: _phase_progress,
    PhaseEnded: _phase_ended,
    FitEnded: _fit_ended,
    FitFailed: _fit_failed,
    HookOff: _hook_off,
    Layers: _layers,
    Gates: _gates,
    CheckpointWritten: _checkpoint,
    Logged: _logged,
    Described: _described,
}
