"""Has epochs of a model of prices computed again, one at a time, and keeps what they came to while it is there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.weight_history.history import Snapshot
from tui.board.screen.renewed import Host
from tui.board.state.board import Board
from tui.board.state.inside import Inside
from tui.board.state.recomputing import Recomputing
from tui.client.recomputed_epoch import recomputed_epoch
from tui.terminal.beside import run_beside

#: Bytes of parameters that are kept, at most; those of the last epoch in any case.
_KEPT = 256 * 1024 * 1024
#: Seconds between two drawings of how far it is, at least: many epochs may take no longer.
_EVERY = 0.1
#: A run's folder, and how often its training was begun: one that goes on may come to other parameters.
_Key = tuple[Path, object]


class ExactReading:
    """running: what is computed at the moment; None for nothing."""

    def __init__(self, host: Host, draw: Callable[[], None]) -> None:
        """draw: called when it is further."""
        self._host = host
        self._draw = draw
        self._key: _Key | None = None
        self._snapshots: Mapping[int, Snapshot] = {}
        self._shown: tuple[Inside, Mapping[int, Snapshot], Inside] | None = None
        self._task: asyncio.Task[Mapping[int, Snapshot]] | None = None
        self.running: Recomputing | None = None

    def compute(self, board: Board, epoch: int, said: Callable[[str], None]) -> None:
        """Begin with that epoch of the board's run. said: given what came of it, in a sentence."""
        key = _key(board)
        if self.running is None and key is not None:
            self.running = Recomputing(key[0], epoch)
            run_beside(self._host.panel, lambda: self._computed(key, epoch, said))

    def cancel(self) -> int | None:
        """Have nothing computed any more; the epoch that was, None for none."""
        if self.running is None or self._task is None:
            return None
        self._task.cancel()
        return self.running.epoch

    def with_exact(self, board: Board, inside: Inside) -> Inside:
        """The same with the epochs of the board's run that were computed."""
        if self._key is None or self._key != _key(board) or not self._snapshots:
            return inside
        if self._shown is None or self._shown[0] is not inside or self._shown[1] is not self._snapshots:
            self._shown = inside, self._snapshots, inside.with_exact(self._snapshots)
        return self._shown[2]

    async def _computed(self, key: _Key, epoch: int, said: Callable[[str], None]) -> None:
        directory, _ = key
        sentence, drawn = "", 0.0

        def tell(done: int, count: int) -> None:
            nonlocal drawn
            self.running = Recomputing(directory, epoch, done, count)
            if done == count or time.monotonic() - drawn >= _EVERY:
                self._draw()
                drawn = time.monotonic()

        self._task = asyncio.ensure_future(recomputed_epoch(directory, epoch, tell))
        try:
            self._keep(key, await self._task)
            sentence = f"epoch {epoch:,} was computed: it is there in all its bits"
        except UserError as error:
            sentence = str(error)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():  # the screen goes
                raise
            sentence = f"epoch {epoch:,} is computed no more"
        finally:
            self.running = self._task = None
        said(sentence)

    def _keep(self, key: _Key, found: Mapping[int, Snapshot]) -> None:
        before = self._snapshots if key == self._key else {}
        kept = {**{epoch: each for epoch, each in before.items() if epoch not in found}, **found}
        while len(kept) > len(found) and sum(map(_size, kept.values())) > _KEPT:
            del kept[next(iter(kept))]
        self._key, self._snapshots = key, kept


def _key(board: Board) -> _Key | None:
    return None if board.prices is None else (board.prices.directory, board.process)


def _size(snapshot: Snapshot) -> int:
    return sum(each.nbytes for each in snapshot.tensors.values())
