"""Pictures of the panel of prices, to be compared with those that were taken before."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.support.board_feed import FedSource, training
from tests.support.board_hands import BoardHands
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
    source.feed(training(80), prices=price_run(folder / "a", table_of(300, tickers)))
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


def test_light(snap_compare: Snap, tmp_path: Path) -> None:
    assert taken(snap_compare, tmp_path, "T", size=NARROW, tickers=1)


def test_without_colour(snap_compare: Snap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert taken(snap_compare, tmp_path, "plus", size=NARROW, tickers=1)


def test_ascii(snap_compare: Snap, tmp_path: Path) -> None:
    assert taken(snap_compare, tmp_path, "0", size=NARROW, tickers=1, marker="ascii")
