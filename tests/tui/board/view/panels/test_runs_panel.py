"""The runs that are watched, and in what they differ."""

from __future__ import annotations

from tests.support.board_feed import log_of
from tui.board.state.boards import Boards
from tui.board.view.panels.runs_panel import differing, runs_panel
from tui.state.told import Told
from tui.text.pieces import pieces_width

BOARDS = Boards().after([Told(f"version_{number}", log_of(number)) for number in range(3)]).all


def test_only_what_differs_has_a_column() -> None:
    assert differing(BOARDS) == ["lr", "hidden"]
    assert differing(BOARDS[:1]) == []
    heading = "".join(text for text, _ in runs_panel(BOARDS, {}, ascii_text=False).heading(100))
    assert "lr" in heading
    assert "optimizer" not in heading


def test_a_run_has_the_glyph_of_its_curves_and_a_hidden_one_none() -> None:
    panel = runs_panel(BOARDS, {"version_0": 0, "version_2": 2}, ascii_text=False)
    rows = ["".join(text for text, _ in panel.row(number, 100)) for number in range(3)]
    assert [row[0] for row in rows] == ["●", " ", "■"]
    assert "0.0333333" in rows[2]
    assert all(pieces_width(panel.row(number, 40)) <= 40 for number in range(3))
