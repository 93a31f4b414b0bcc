"""The parameters of a model of prices are above its layers while somebody looks at those."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.script.vocabulary.fit_events import Steps
from lstm_engine.weight_history.history import WEIGHT_HISTORY
from tests.support.board_feed import FedSource, training
from tests.support.board_hands import BoardHands, board
from tests.support.script import until
from tests.support.snapshots import NARROW, WIDE
from tests.support.untrained_price_runs import price_run, table_of
from tests.support.weight_histories import put_tensors
from tui.board.screen import renewed
from tui.board.widgets.panel_chart import PanelChart
from tui.state.told import PriceFiles


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewed, "_EVERY", 0.0)
    monkeypatch.setattr(renewed, "_REST", 0.0)


def put(files: PriceFiles, epoch: int) -> None:
    tensors = {"conv1.weight": np.full((4, 3), 0.5, np.float32), "conv1.bias": np.zeros(4, np.float32)}
    put_tensors(files.directory, dict.fromkeys(range(1, epoch + 1), tensors))


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


async def test_they_are_of_the_epoch_under_the_time_cursor(tmp_path: Path) -> None:
    files = price_run(tmp_path / "a", table_of(100))
    put(files, 3)
    source = FedSource()
    source.feed(training(120), prices=files)
    async with board(source, WIDE) as hands:
        await hands.press("w")
        await until(lambda: "epoch 3" in shown(hands))
        await hands.press("left_square_bracket", "left_square_bracket")
        assert "conv1.weight · 4×3 · epoch 1" in shown(hands)
        await hands.press("home")
        assert "conv1.weight · 4×3 · ≈ epoch 1" in shown(hands)
        assert "at ≈ epoch 1" in str(hands.screen.panel.border_title)
        await hands.press("end")
        assert "conv1.weight · 4×3 · epoch 3" in shown(hands)


async def test_enter_gives_the_values_all_the_room_and_back(tmp_path: Path) -> None:
    files = price_run(tmp_path / "a", table_of(100))
    put(files, 1)
    source = FedSource()
    source.feed(training(80), prices=files)
    async with board(source, NARROW) as hands:
        await hands.press("w")
        await until(lambda: "conv1.weight · 4×3 · epoch 1" in shown(hands))
        height = hands.screen.query_one(PanelChart).size.height
        await hands.press("enter")
        assert hands.screen.query_one(PanelChart).size.height == hands.screen.panel.content_size.height > height
        await hands.press("down")
        assert "conv1.bias · 4 · epoch 1" in shown(hands)
        await hands.press("enter")
        assert hands.rows[1].startswith("conv1.bias")
        await hands.press("enter", "escape")
        assert hands.screen.seen.panel == "layers"
        assert hands.screen.query_one(PanelChart).size.height < hands.screen.panel.content_size.height
        await hands.press("escape")
        assert not hands.screen.seen.panel


async def test_without_them_or_where_they_are_damaged_the_rows_are_there(tmp_path: Path) -> None:
    files = price_run(tmp_path / "a", table_of(100))
    (files.directory / WEIGHT_HISTORY).write_bytes(b"x")
    source = FedSource()
    source.feed(training(80), prices=files)
    async with board(source, NARROW) as hands:
        await hands.press("w")
        await until(lambda: hands.rows[0].startswith("conv1.weight"))
        assert not hands.screen.query_one(PanelChart).display
