"""Members computed again by the single engine, each as a run of its own, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from lstm_engine.errors import UserError
from lstm_engine.protocol.attendance import Join
from lstm_engine.protocol.messages import (
    Epochs,
    Failed,
    NewRun,
    OpenRun,
    Paused,
    Quit,
    Refused,
    RunFinished,
    RunOpened,
    Train,
)
from tui.client.connection import ProtocolError
from tui.client.engine_process import EngineProcess
from tui.options import EngineOptions
from tui.sweep.members.member_run import MemberRun

#: Seconds that the engine is given to save and end.
_PATIENCE = 60.0


class Brought(NamedTuple):
    """A run that is there.

    said: what was found when it was compared with the sweep, in a sentence. is_same: it has the same bits.
    """

    run: MemberRun
    directory: Path
    said: str
    is_same: bool


async def brought(runs: Sequence[MemberRun], engine: EngineOptions, tell: Callable[[str], None]) -> list[Brought]:
    """The runs, those that are on disk as they are, the others trained to their epochs.

    tell: given where it stands, in a few words. Where it is cancelled, what was trained is saved.

    Raises:
        UserError: something else has a run's name, or it cannot be trained.
    """
    root = engine.checkpoints.absolute()
    there = [await asyncio.to_thread(run.found, root) for run in runs]
    missing = [run for run, history in zip(runs, there, strict=True) if not history or history.last_epoch < run.epoch]
    failures = await _trained(missing, {run.name for run, had in zip(runs, there, strict=True) if had}, engine, tell)
    found = []
    for run in runs:
        history = await asyncio.to_thread(run.found, root)
        if history is None:
            raise UserError(f"{run.words}: run {run.name} is gone: expected it in {root}")
        said = failures.get(run.name) or run.compared(history)
        is_same = run.name not in failures and run.is_same(history)
        found.append(Brought(run, root / run.name, said, is_same))
    return found


async def _trained(
    runs: Sequence[MemberRun], begun: set[str], options: EngineOptions, tell: Callable[[str], None]
) -> dict[str, str]:
    """Trains each to its epoch; by name, the sentences on those that diverge before that."""
    if not runs:
        return {}
    tell("PyTorch is loading")
    try:
        engine = await EngineProcess.start(options)
    except OSError as error:
        raise UserError(f"the engine cannot be started: {error}") from error
    try:
        failures = await _train_all(engine, runs, begun, tell)
    except asyncio.CancelledError:
        engine.send(Quit())  # it saves and ends by itself, and nobody waits for it
        engine.close_input()
        raise
    except (ProtocolError, UserError) as error:
        await engine.stop(_PATIENCE)
        raise UserError(str(error)) from error
    await engine.stop(_PATIENCE)
    return failures


async def _train_all(
    engine: EngineProcess, runs: Sequence[MemberRun], begun: set[str], tell: Callable[[str], None]
) -> dict[str, str]:
    failures: dict[str, str] = {}
    waiting = list(runs)
    run = waiting.pop(0)

    def open_() -> None:
        engine.send(OpenRun(source=run.name) if run.name in begun else NewRun(config=run.config, name=run.name))

    engine.send(Join(owns=True))
    open_()
    async for event in engine.events():
        is_over = False
        match event:
            case RunOpened(epoch=epoch) if epoch < run.epoch:
                engine.send(Train(epochs=run.epoch - epoch))
            case RunOpened() | RunFinished():
                is_over = True
            case Epochs():
                epoch = event.first_epoch + len(event.train_loss) - 1
                tell(f"{run.words} is computed again: epoch {epoch:,} of {run.epoch:,}")
            case Failed(epoch=epoch, cause=cause):
                failures[run.name] = f"{run.words} cannot be trained beyond epoch {epoch:,}: {cause}"
                is_over = True
            case Refused(reason=reason) | Paused(cause=str(reason)) if reason:
                raise UserError(f"{run.words}: {reason}")
            case _:
                pass
        if is_over and not waiting:
            return failures
        if is_over:
            run = waiting.pop(0)
            open_()
    last = "; ".join(list(engine.log)[-1:])
    raise UserError(f"the engine ended before {run.words} was there{f': {last}' if last else ''}")
