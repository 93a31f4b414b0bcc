"""What was computed again is kept for its run, within bounds, and as long as that run's past is the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from lstm_engine.script.vocabulary.keeper_events import ScriptStarted
from tests.support.recomputed import FakeEpochs
from tests.support.script import until
from tui.board.screen import exact_reading
from tui.board.screen.exact_reading import ExactReading
from tui.board.state.board import Board
from tui.board.state.inside import Inside
from tui.state.told import PriceFiles

BOARD = Board("a", prices=PriceFiles(Path("/a"), (1,)))
INSIDE = Inside(Path("/a"))


class Hands:
    """An ExactReading without a screen. said: what came of what it computed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.process = FakeEpochs(monkeypatch)
        self.tasks: list[asyncio.Task[None]] = []
        monkeypatch.setattr(
            exact_reading, "run_beside", lambda _, work: self.tasks.append(asyncio.create_task(work()))
        )
        self.reading = ExactReading(cast(Any, type("Host", (), {"panel": None})), lambda: None)
        self.said: list[str] = []

    def _run(self, _: object, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.tasks.append(asyncio.create_task(work()))

    async def compute(self, board: Board, epoch: int, *found: int) -> None:
        asked = len(self.process.asked)
        self.reading.compute(board, epoch, self.said.append)
        await until(lambda: len(self.process.asked) > asked)
        self.process.finish(*found or (epoch,))
        await until(lambda: self.reading.running is None)

    def kept(self, board: Board = BOARD) -> list[int]:
        return list(self.reading.with_exact(board, INSIDE).exact)


async def test_it_is_kept_for_its_run_until_that_goes_on_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    hands = Hands(monkeypatch)
    assert hands.reading.with_exact(BOARD, INSIDE) is INSIDE
    await hands.compute(BOARD, 7)
    await hands.compute(BOARD, 5, 4, 5)
    assert hands.kept() == [7, 4, 5]
    assert hands.said == [f"epoch {epoch} was computed: it is there in all its bits" for epoch in (7, 5)]
    assert hands.reading.with_exact(BOARD, INSIDE) is hands.reading.with_exact(BOARD, INSIDE)
    started = ScriptStarted(pid=1, host="bench", argv=("python",), directory="/")
    assert hands.kept(replace(BOARD, process=started)) == []
    other = Board("b", prices=PriceFiles(Path("/b"), (1,)))
    assert hands.kept(other) == []
    await hands.compute(other, 3)
    assert (hands.kept(), hands.kept(other)) == ([], [3])


async def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    hands = Hands(monkeypatch)
    monkeypatch.setattr(exact_reading, "_KEPT", 3 * 4 * 400)
    for epoch in (1, 2, 3, 4, 2):
        await hands.compute(BOARD, epoch)
    assert hands.kept() == [3, 4, 2]
    monkeypatch.setattr(exact_reading, "_KEPT", 0)
    await hands.compute(BOARD, 9, 8, 9)
    assert hands.kept() == [8, 9]


async def test_one_at_a_time_and_none_behind_the_screen_s_end(monkeypatch: pytest.MonkeyPatch) -> None:
    hands = Hands(monkeypatch)
    assert hands.reading.cancel() is None
    hands.reading.compute(BOARD, 7, hands.said.append)
    hands.reading.compute(BOARD, 8, hands.said.append)
    await until(lambda: hands.process.asked)
    assert hands.process.asked == [(Path("/a"), 7)]
    hands.tasks[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await hands.tasks[0]
    assert (hands.process.is_cancelled, hands.said, hands.reading.running) == (True, [], None)


async def test_of_a_run_of_another_model_nothing_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    hands = Hands(monkeypatch)
    hands.reading.compute(Board("a"), 7, hands.said.append)
    assert (hands.reading.running, hands.tasks) == (None, [])
