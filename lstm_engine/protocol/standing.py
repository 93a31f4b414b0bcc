"""Where a run stands as its engine's events have told: what somebody who comes late has to be told first. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import msgspec

from lstm_engine.protocol.epochs import epochs_event, rows_of
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import (
    CheckpointSaved,
    EngineReady,
    Epochs,
    Failed,
    Paused,
    RunFinished,
    RunOpened,
    Stopped,
    TrainingStarted,
)
from lstm_engine.run.history import Columns, History
from lstm_engine.run.records import resumes_after

#: Epochs in one event to somebody who comes late.
_BATCH = 2000
#: No epochs, of nobody.
_NONE = History(Columns((), ()))
#: How much the newest batch counts in the speed.
_WEIGHT = 0.2


@dataclass(frozen=True)
class Standing:
    """What the events so far come to.

    ready: the engine, once it is.
    opened: the open run, as it is at its last checkpoint.
    started: what the Trainer began with, while it trains.
    ended: how training ended, where it has.
    epoch, train_loss: of the newest epoch.
    per_second: epochs a second, lately; None where nothing is trained.
    unsaved, first_unsaved: the epochs that no checkpoint has yet, and which the first of them is.
    """

    ready: EngineReady | None = None
    opened: RunOpened | None = None
    started: TrainingStarted | None = None
    ended: Paused | RunFinished | Failed | Stopped | None = None
    epoch: int = 0
    train_loss: float | None = None
    per_second: float | None = None
    unsaved: History = field(default=_NONE, repr=False)
    first_unsaved: int = 0

    @property
    def is_training(self) -> bool:
        """A Trainer runs."""
        return self.started is not None

    def after(self, event: Message) -> Standing:
        """The standing after one more event."""
        match event:
            case EngineReady():
                return Standing(ready=event)
            case RunOpened():
                unsaved, first = History(_columns(event)), _first_unsaved(event)
                return Standing(self.ready, event, epoch=event.epoch, unsaved=unsaved, first_unsaved=first)
            case TrainingStarted():
                return self._started(event)
            case Epochs():
                return self._trained(event)
            case CheckpointSaved():
                return self._saved(event)
            case Paused() | RunFinished() | Failed() | Stopped():
                return replace(self, started=None, ended=event, per_second=None)
        return self

    def greeting(self) -> Iterator[Message]:
        """The events that lead up to here, for one who reads what the last checkpoint holds from the disk."""
        if self.ready is not None:
            yield self.ready
        if self.opened is None:
            return
        yield self.opened
        if self.started is not None:
            yield _begun(self.started, self.opened.epoch)
        rows, columns = self.unsaved.rows, self.unsaved.columns
        for begin in range(0, len(rows), _BATCH):
            batch = rows[begin : begin + _BATCH]
            seconds = len(batch) / self.per_second if self.per_second else 0.0
            yield epochs_event(self.first_unsaved + begin, seconds, batch, columns)
        if self.ended is not None:
            yield self.ended

    def _started(self, event: TrainingStarted) -> Standing:
        if self.opened is None:
            return self
        opened = msgspec.structs.replace(
            self.opened,
            run=event.run,
            directory=event.directory,
            epoch=event.epoch,
            target=event.target,
            resumes=resumes_after(self.opened.resumes, event.epoch, resumed=event.resumed_from is not None),
            checkpoint=event.resumed_from,
        )
        first = _first_unsaved(opened)
        unsaved = self.unsaved.truncated(max(event.epoch - self.first_unsaved, -1))
        if first != self.first_unsaved:
            unsaved = _from(unsaved, first - self.first_unsaved)
        return replace(
            self, opened=opened, started=event, ended=None, epoch=event.epoch, unsaved=unsaved, first_unsaved=first
        )

    def _trained(self, event: Epochs) -> Standing:
        if self.opened is None or not event.train_loss:
            return self
        per_second = self.per_second
        if self.is_training and event.seconds > 0:
            speed = len(event.train_loss) / event.seconds
            per_second = speed if per_second is None else per_second + _WEIGHT * (speed - per_second)
        rows = rows_of(event, self.unsaved.columns)
        rows = rows[max(self.first_unsaved - event.first_epoch, 0) :]
        kept = max(event.first_epoch - self.first_unsaved, 0)
        return replace(
            self,
            epoch=event.first_epoch + len(event.train_loss) - 1,
            train_loss=event.train_loss[-1],
            per_second=per_second,
            unsaved=self.unsaved.truncated(kept - 1).extended(rows),
        )

    def _saved(self, event: CheckpointSaved) -> Standing:
        if self.opened is None:
            return self
        opened = msgspec.structs.replace(self.opened, epoch=event.epoch, checkpoint=event.checkpoint)
        first = _first_unsaved(opened)
        unsaved = _from(self.unsaved, first - self.first_unsaved)
        return replace(self, opened=opened, unsaved=unsaved, first_unsaved=first)


def _begun(started: TrainingStarted, epoch: int) -> TrainingStarted:
    """That a Trainer runs which has come as far as `epoch`; nothing was resumed there but where it began."""
    if started.epoch == epoch:
        return started
    return msgspec.structs.replace(started, epoch=epoch, resumed_from=None)


def _columns(opened: RunOpened) -> Columns:
    return Columns(opened.config.data.names, tuple(spec.name for spec in opened.parameters))


def _first_unsaved(opened: RunOpened) -> int:
    """The first epoch that is not on disk for good: without a checkpoint, none is."""
    return 0 if opened.checkpoint is None else opened.epoch + 1


def _from(history: History, row: int) -> History:
    """The history's rows from number `row` on."""
    if row <= 0:
        return history
    return History(history.columns).extended(history.rows[row:])
