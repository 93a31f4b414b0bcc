"""What the keys of training do: they ask where something must be asked, and pass commands on to the source."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Coroutine
from functools import partial
from itertools import count
from typing import Any, Protocol, TypeVar

from textual.screen import Screen

from lstm_engine.errors import UserError
from lstm_engine.script.vocabulary.commands import (
    Command,
    Go,
    Pause,
    SaveCheckpoint,
    ScaleLr,
    SetTarget,
    StopFit,
    WatchLayers,
)
from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from tui.board.screen.board_questions import branch_epochs, more_epochs, rate_factor
from tui.board.state.board import Board
from tui.board.state.reducer import asked, said
from tui.board.view.seen import Seen
from tui.state.told import Restart, Restarted, Source

Answer = TypeVar("Answer")

#: Seconds that layers, or gates, are looked at once they were asked for; asked again before they are over.
LAYERS_FOR = 10.0


class Host(Protocol):
    """The screen that the keys are pressed on."""

    @property
    def board(self) -> Board | None:
        """The run that they are for."""

    @property
    def chosen_checkpoint(self) -> CheckpointWritten | None:
        """The one to branch from: that of the panel, or else the newest."""

    @property
    def seen(self) -> Seen:
        """What is open on it."""

    def put(self, board: Board) -> None:
        """Take the board on as it is by now, and draw it at once."""

    def ask(self, question: Screen[Answer], answered: Callable[[Answer | None], None]) -> None:
        """Show a question over the screen."""

    def run_beside(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run it beside what follows."""


class Steering:
    """Sends commands, each with an id of its own, and says so until they are answered."""

    def __init__(self, host: Host, source: Source) -> None:
        self._host = host
        self._source = source
        self._numbers = count(1)
        self._watched = ("", "", 0)
        self._watch_until = 0.0
        self.handlers: dict[str, Callable[[Board], None]] = {
            "train": self._pause_or_go,
            "save": lambda board: self._send(
                board, SaveCheckpoint(id=self._id()), "saves at the next step from which going on is exact"
            ),
            "add": self._ask_epochs,
            "stop": lambda board: self._send(board, StopFit(id=self._id()), "saves, then ends"),
            "rate": self._ask_factor,
            "branch": self._ask_branch,
        }

    def watch(self, board: Board, panel: str, sample: int) -> None:
        """Have taken for a while what the open panel shows, layers or gates; nothing is said of it.

        To be called again and again: it asks anew before that is over. sample: the sequence that the gates are of.
        """
        if panel not in ("layers", "gates") or not self._source.steers or not board.is_alive or board.off:
            return
        wanted, now = (board.run, panel, sample), time.monotonic()
        if wanted == self._watched and now < self._watch_until:
            return
        self._watched, self._watch_until = wanted, now + LAYERS_FOR / 2
        self._source.send(board.run, WatchLayers(seconds=LAYERS_FOR, gates=panel == "gates", sample=sample))

    def _id(self) -> str:
        return f"{os.getpid()}.{next(self._numbers)}"

    def _send(self, board: Board, command: Command, sentence: str) -> None:
        self._host.put(asked(board, command, sentence))
        self._source.send(board.run, command)

    def _pause_or_go(self, board: Board) -> None:
        if board.state == "paused":
            self._send(board, Go(id=self._id()), "goes on")
        else:
            self._send(board, Pause(id=self._id()), "pauses behind the step that it is in")

    def _ask_epochs(self, board: Board) -> None:
        target = board.progress.max_epochs
        if board.is_alive:
            known = target if target is not None else board.progress.epoch + 1
            self._host.ask(more_epochs(known, live=True), partial(self._add_live, board.run, known))
        else:
            done = board.progress.epoch
            question = more_epochs(done, live=False, patience=board.patience)
            self._host.ask(question, partial(self._add_after, board.run, done))

    def _add_live(self, run: str, target: int, epochs: int | None) -> None:
        board = self._host.board
        if epochs is not None and board is not None and board.run == run:
            end = target + epochs
            self._send(board, SetTarget(id=self._id(), max_epochs=end), f"is to train until epoch {end}")

    def _add_after(self, run: str, done: int, epochs: int | None) -> None:
        if epochs is not None:
            self._restart(run, Restart(max_epochs=done + epochs))

    def _ask_factor(self, board: Board) -> None:
        self._host.ask(rate_factor(dict(board.lr)), partial(self._scale, board.run))

    def _scale(self, run: str, factor: float | None) -> None:
        board = self._host.board
        if factor is not None and board is not None and board.run == run:
            self._send(board, ScaleLr(id=self._id(), factor=factor), f"multiplies the learning rates by {factor:g}")

    def _ask_branch(self, board: Board) -> None:
        checkpoint = self._host.chosen_checkpoint
        if checkpoint is None:
            return
        newest = self._host.seen.panel != "checkpoints"
        question = branch_epochs(checkpoint.step, newest=newest, exact=checkpoint.exact, why_not=checkpoint.why_not)
        self._host.ask(question, partial(self._branch, board.run, checkpoint, newest))

    def _branch(self, run: str, checkpoint: CheckpointWritten, newest: bool, end: int | None) -> None:
        if end is not None:
            self._restart(run, Restart(checkpoint.path, checkpoint.fit, end or None, branch=True, newest=newest))

    def _restart(self, run: str, restart: Restart) -> None:
        self._host.run_beside(partial(self._restarted, run, restart))

    async def _restarted(self, run: str, restart: Restart) -> None:
        alert = False
        try:
            restarted = await self._source.restart(run, restart)
        except UserError as error:
            restarted, alert = Restarted(str(error)), True
        board = self._host.board
        if board is not None and board.run == run:
            self._host.put(said(board, restarted.sentence, alert=alert, branch=restarted.branch))
