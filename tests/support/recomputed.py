"""Epochs computed again on the board in tests, without the process that does it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lstm_engine.errors import UserError
from lstm_engine.weight_history.history import Snapshot
from tests.support.inside_runs import tensors
from tui.board.screen import exact_reading


class FakeEpochs:
    """Stands where the process is started. asked: the epochs that were asked for, with their runs' folders.

    tell: what the present one is to tell with. is_cancelled: of the last one.
    """

    def __init__(self, monkeypatch: Any) -> None:
        self.asked: list[tuple[Path, int]] = []
        self.tell: Callable[[int, int], None] = lambda *_: None
        self.is_cancelled = False
        self._end: asyncio.Future[Mapping[int, Snapshot]] | None = None
        monkeypatch.setattr(exact_reading, "recomputed_epoch", self._computed)

    def finish(self, *epochs: int) -> None:
        """It comes to these: the parameters that `tensors` has for them, times ten, to be told from those."""
        assert self._end is not None
        values = {epoch: {name: 10 * each for name, each in tensors(epoch).items()} for epoch in epochs}
        self._end.set_result({epoch: Snapshot(epoch, True, each) for epoch, each in values.items()})

    def fail(self, sentence: str) -> None:
        assert self._end is not None
        self._end.set_exception(UserError(sentence))

    async def _computed(self, run: Path, epoch: int, tell: Callable[[int, int], None]) -> Mapping[int, Snapshot]:
        self.asked.append((run, epoch))
        self.tell, self.is_cancelled = tell, False
        self._end = asyncio.get_running_loop().create_future()
        try:
            return await self._end
        except asyncio.CancelledError:
            self.is_cancelled = True
            raise
