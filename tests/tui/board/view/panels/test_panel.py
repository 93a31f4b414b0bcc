"""A panel of rows that are all there."""

from __future__ import annotations

from tui.board.view.panels.panel import Panel, rows_of


def test_rows_are_given_by_their_number() -> None:
    row = rows_of([[("a", "")], [("b", "bold")]])
    assert row(1, 80) == [("b", "bold")]


def test_an_empty_panel_has_no_rows() -> None:
    panel = Panel("facts", empty="nothing")
    assert panel.count == 0
    assert panel.row(0, 10) == panel.heading(10) == []
