"""Pictures of the panel of prices, to be compared with those that were taken before."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.support.board_feed import FedSource
from tests.support.board_hands import BoardHands
from tests.support.inside_runs import inside_run, told_of
from tests.support.recomputed import FakeEpochs
from tests.support.script import until
from tests.support.snapshots import NARROW, SMALL, WIDE, Snap
from tests.support.untrained_price_runs import price_run, table_of
from tui.board.app.board_app import BoardApp
from tui.board.widgets.panel_chart import PanelChart
from tui.drawing.plotext_private import warm_up
from tui.options import Marker


def taken(
    snap_compare: Snap,
    folder: Path,
    *keys: str,
    size: tuple[int, int],
    tickers: int = 20,
    marker: Marker = "braille",
) -> bool:
    """Whether the board on a run of prices is, after p and the keys, as in the picture."""
    source = FedSource()
    source.feed(told_of(24), prices=price_run(folder / "a", table_of(300, tickers)))
    warm_up()
    app = BoardApp(source, marker=marker, fps=1000)

    async def play(pilot: Pilot[None]) -> None:
        hands = BoardHands(app, source, pilot)
        await until(lambda: app.board.is_attached and app.board.boards.by_name)
        await hands.press("p")
        await until(lambda: "MAE" in "".join(app.board.query_one(PanelChart)._cells.glyphs.ravel().tolist()))
        await hands.press(*keys)
        await hands.drawn()

    return snap_compare(app, terminal_size=size, run_before=play)


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])
def test_prices(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    assert taken(snap_compare, tmp_path, "n", "n", size=size)


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])
def test_parameters(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    assert taken_with_parameters(snap_compare, tmp_path, size)


def test_parameters_in_ascii(snap_compare: Snap, tmp_path: Path) -> None:
    assert taken_with_parameters(snap_compare, tmp_path, NARROW, "ascii")


def taken_with_parameters(snap_compare: Snap, folder: Path, size: tuple[int, int], marker: Marker = "braille") -> bool:
    """Whether the layers of the run, with the values of the second, are as in the picture."""
    source = FedSource()
    source.feed(told_of(24), prices=inside_run(folder / "a", range(1, 25)))
    warm_up()
    app = BoardApp(source, marker=marker, fps=1000)

    async def play(pilot: Pilot[None]) -> None:
        hands = BoardHands(app, source, pilot)
        await until(lambda: app.board.is_attached and app.board.boards.by_name)
        await hands.press("w")
        await until(lambda: "epoch 24" in app.board.query_one(PanelChart)._cells.text(0))
        await until(lambda: "yesterday's price" in hands.text("#board-strip"))
        await hands.press("down")
        await hands.drawn()

    return snap_compare(app, terminal_size=size, run_before=play)


def test_the_verdict_above_the_charts(snap_compare: Snap, tmp_path: Path) -> None:
    source = FedSource()
    source.feed(told_of(24), prices=price_run(tmp_path / "a", table_of(300)))
    warm_up()
    app = BoardApp(source, marker="braille", fps=1000)

    async def play(pilot: Pilot[None]) -> None:
        hands = BoardHands(app, source, pilot)
        await until(lambda: app.board.is_attached and "yesterday's price" in hands.text("#board-strip"))
        await hands.drawn()

    assert snap_compare(app, terminal_size=WIDE, run_before=play)


def test_light(snap_compare: Snap, tmp_path: Path) -> None:
    assert taken(snap_compare, tmp_path, "T", size=NARROW, tickers=1)


def test_without_colour(snap_compare: Snap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert taken(snap_compare, tmp_path, "plus", size=NARROW, tickers=1)


def test_ascii(snap_compare: Snap, tmp_path: Path) -> None:
    assert taken(snap_compare, tmp_path, "0", size=NARROW, tickers=1, marker="ascii")


def taken_inside(
    snap_compare: Snap, folder: Path, *keys: str, size: tuple[int, int], marker: Marker = "braille"
) -> bool:
    """Whether the gates of a model of prices are, after the keys, as in the picture."""
    source = FedSource()
    source.feed(told_of(24), prices=inside_run(folder / "a", range(1, 25)))
    warm_up()
    app = BoardApp(source, marker=marker, fps=1000)

    async def play(pilot: Pilot[None]) -> None:
        hands = BoardHands(app, source, pilot)
        await until(lambda: app.board.is_attached and app.board.boards.by_name)
        await hands.press("g")
        await until(lambda: "epoch 24" in app.board.query_one(PanelChart)._cells.text(0))
        await hands.press("n", "less_than_sign", "left_square_bracket", "left_square_bracket", "down", *keys)
        await hands.drawn()

    return snap_compare(app, terminal_size=size, run_before=play)


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])
def test_gates(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    assert taken_inside(snap_compare, tmp_path, size=size)


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])
def test_a_unit(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    assert taken_inside(snap_compare, tmp_path, "enter", size=size)


def test_gates_without_colour(snap_compare: Snap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert taken_inside(snap_compare, tmp_path, size=NARROW)


def test_gates_in_ascii(snap_compare: Snap, tmp_path: Path) -> None:
    assert taken_inside(snap_compare, tmp_path, size=NARROW, marker="ascii")


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])
def test_a_matrix_alone(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    source = FedSource()
    source.feed(told_of(24), prices=inside_run(tmp_path / "a", (*range(1, 20), 24)))
    warm_up()
    app = BoardApp(source, fps=1000)

    async def play(pilot: Pilot[None]) -> None:
        hands = BoardHands(app, source, pilot)
        await until(lambda: app.board.is_attached and app.board.boards.by_name)
        await hands.press("w")
        await until(lambda: "epoch 24" in app.board.query_one(PanelChart)._cells.text(0))
        await hands.press("down", "left_square_bracket", "left_square_bracket", "enter")
        await hands.drawn()

    assert snap_compare(app, terminal_size=size, run_before=play)


@pytest.mark.parametrize("size", [NARROW, SMALL], ids=["80x24", "60x20"])
def test_an_epoch_that_is_computed_again(
    snap_compare: Snap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    source, process = FedSource(), FakeEpochs(monkeypatch)
    source.feed(told_of(24), prices=inside_run(tmp_path / "a", (*range(1, 20), 24)))
    warm_up()
    app = BoardApp(source, fps=1000)

    async def play(pilot: Pilot[None]) -> None:
        hands = BoardHands(app, source, pilot)
        await until(lambda: app.board.is_attached and app.board.boards.by_name)
        await hands.press("g")
        await until(lambda: "epoch 24" in app.board.query_one(PanelChart)._cells.text(0))
        await hands.press("left_square_bracket", "left_square_bracket", "e")
        process.tell(12, 20)
        await hands.drawn()

    assert snap_compare(app, terminal_size=size, run_before=play)
