"""Every panel that a key opens is there, with and without a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.board_feed import OUTPUT, gates, training
from tui.board.screen.panels import panel_of
from tui.board.state.boards import Boards
from tui.board.view.actions import PANELS
from tui.board.view.picture import picture
from tui.board.view.seen import Seen
from tui.state.told import PriceFiles, Told

#: Where the prices of a run would be.
FILES = PriceFiles(Path("/a"))
TITLES = {
    "forecast": "prices",
    "log": "output",
    "checkpoints": "checkpoints",
    "facts": "facts",
    "layers": "layers",
    "machine": "machine",
    "gates": "gates",
}


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_has_its_title_and_rows(name: str) -> None:
    boards = Boards().after([Told("calm-lake", [*training(), gates(40)], OUTPUT, prices=FILES)])
    panel = panel_of(name, picture(boards, Seen(), 100, 2), boards, 80, ascii_text=False, steers=True)
    assert panel.title.startswith(TITLES.get(name, "runs"))
    is_waiting = panel.empty in ("is being read", "the first validation brings predictions")
    assert panel.count > 0 or panel.picture is not None or is_waiting


@pytest.mark.parametrize("name", PANELS)
def test_without_a_run_it_says_so(name: str) -> None:
    panel = panel_of(name, picture(Boards(), Seen(), 100, 2), Boards(), 80, ascii_text=False, steers=True)
    assert panel.count == 0
    assert "run has turned up" in panel.empty
