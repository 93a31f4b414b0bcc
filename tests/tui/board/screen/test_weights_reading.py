"""The parameters of a model of prices are above its layers while somebody looks at those."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.forecast.weights import WEIGHTS, Weights, write_weights
from lstm_engine.script.vocabulary.fit_events import Steps
from tests.support.board_feed import FedSource, training
from tests.support.board_hands import BoardHands, board
from tests.support.script import until
from tests.support.snapshots import NARROW
from tests.support.untrained_price_runs import price_run, table_of
from tui.board.screen import renewed
from tui.board.widgets.panel_chart import PanelChart
from tui.state.told import PriceFiles


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewed, "_EVERY", 0.0)
    monkeypatch.setattr(renewed, "_REST", 0.0)


def put(files: PriceFiles, epoch: int) -> None:
    tensors = {"conv1.weight": np.full((4, 3), 0.5, np.float32), "conv1.bias": np.zeros(4, np.float32)}
    write_weights(files.directory, Weights(epoch, tensors))


def shown(hands: BoardHands) -> str:
    cells = hands.screen.query_one(PanelChart)._cells
    return "\n".join(cells.text(row) for row in range(cells.height))


async def test_w_shows_those_of_the_present_row_and_they_follow_the_file(tmp_path: Path) -> None:
    files = price_run(tmp_path / "a", table_of(100))
    put(files, 1)
    source = FedSource()
    source.feed(training(80), prices=files)
    async with board(source, NARROW) as hands:
        await hands.press("w")
        await until(lambda: "conv1.weight · 4×3 · epoch 1" in shown(hands))
        await hands.press("down")
        await until(lambda: "conv1.bias · 4 · epoch 1" in shown(hands))
        await hands.press("down")
        await until(lambda: not hands.screen.query_one(PanelChart).display)
        await hands.press("up")
        put(files, 2)
        await hands.feed(Steps(first=81, step=90, epoch=hands.board.progress.epoch + 1, batch=0, loss=(0.5,)))
        await until(lambda: "conv1.bias · 4 · epoch 2" in shown(hands))


async def test_without_them_or_where_they_are_damaged_the_rows_are_there(tmp_path: Path) -> None:
    files = price_run(tmp_path / "a", table_of(100))
    (files.directory / WEIGHTS).write_bytes(b"x")
    source = FedSource()
    source.feed(training(80), prices=files)
    async with board(source, NARROW) as hands:
        await hands.press("w")
        await until(lambda: hands.rows[0].startswith("conv1.weight"))
        assert not hands.screen.query_one(PanelChart).display
