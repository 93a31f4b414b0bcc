"""How a training ends that nobody stops: finished, failed, or paused by itself. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import Epochs, Failed, Paused, RunFinished, RunOpened, TrainingStarted
from lstm_engine.text import printable

#: Characters of a cause: a kernel refuses to start a program with more than a hundred thousand of them.
_LONGEST_CAUSE = 1000


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """How a training ended, as a command is told it.

    run, directory: its name and absolute path; None where training failed before anything was written.
    state: paused is by itself, as where the disk is full; the engine goes on once it can.
    epoch: the last one that was trained. loss: its training loss; None where it has none, or it is no number.
    cause: one printable sentence; None where it finished.
    """

    run: str | None
    directory: str | None
    state: Literal["finished", "failed", "paused"]
    epoch: int
    loss: float | None
    cause: str | None = None

    @property
    def json(self) -> bytes:
        """As one JSON object, on a line of its own."""
        return msgspec.json.encode(self) + b"\n"

    @property
    def environment(self) -> dict[str, str]:
        """The same as environment variables; empty where it is None."""
        return {
            "LSTM_TUI_RUN": self.run or "",
            "LSTM_TUI_DIRECTORY": self.directory or "",
            "LSTM_TUI_STATE": self.state,
            "LSTM_TUI_EPOCH": str(self.epoch),
            "LSTM_TUI_LOSS": "" if self.loss is None else str(self.loss),
            "LSTM_TUI_CAUSE": self.cause or "",
        }


@dataclass(frozen=True)
class Training:
    """What was heard of the run that is open.

    directory: its absolute path. epoch, loss: of the last epoch. is_under_way: a Trainer has started and not ended.
    """

    run: str | None = None
    directory: str | None = None
    epoch: int = 0
    loss: float | None = None
    is_under_way: bool = False

    def after(self, event: Message) -> Training:
        """What is known once the event was heard."""
        match event:
            case RunOpened(run=run, directory=directory, epoch=epoch):
                return Training(run, directory, epoch)
            case TrainingStarted(run=run, directory=directory, epoch=epoch):
                return replace(self, run=run, directory=directory, epoch=epoch, is_under_way=True)
            case Epochs(first_epoch=first, train_loss=losses) if losses:
                return replace(self, epoch=first + len(losses) - 1, loss=losses[-1])
            case RunFinished(epoch=epoch, train_loss=loss):
                return replace(self, epoch=epoch, loss=loss, is_under_way=False)
            case Paused() | Failed():
                return replace(self, is_under_way=False)
            case _:
                return self

    def ended_by(self, event: Message) -> Ending | None:
        """The ending that the event tells; None where it tells none.

        A pause that the user asked for is none, nor is another word on a pause that was told before.
        """
        match event:
            case RunFinished(epoch=epoch, train_loss=loss):
                return self._ending("finished", epoch, loss)
            case Failed(cause=cause):
                return self._ending("failed", self.epoch, self.loss, cause)
            case Paused(cause=str(cause)) if self.is_under_way:
                return self._ending("paused", self.epoch, self.loss, cause)
            case _:
                return None

    def _ending(
        self, state: Literal["finished", "failed", "paused"], epoch: int, loss: float | None, cause: str | None = None
    ) -> Ending:
        told = None if cause is None else _shortened(printable(cause))
        return Ending(run=self.run, directory=self.directory, state=state, epoch=epoch, loss=loss, cause=told)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_CAUSE else text[: _LONGEST_CAUSE - 1] + "…"
