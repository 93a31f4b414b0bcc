"""A list of rows: the cursor stays within it and in sight, and only rows in sight are asked for."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult

from tests.support.script import at_rest, until
from tui.terminal.terminal_app import TerminalApp
from tui.text.pieces import Piece
from tui.widgets.row_list import RowList


class Rows(TerminalApp):
    def __init__(self) -> None:
        super().__init__("braille")
        self.asked: set[int] = set()
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield RowList()

    def text(self, number: int, width: int) -> list[Piece]:
        self.asked.add(number)
        return [(f"● row {number}", ""), (" " * width, "")]

    def on_row_list_chosen(self) -> None:
        self.chosen.append(self.query_one(RowList).cursor)


async def test_only_rows_in_sight_are_asked_for() -> None:
    async with Rows().run_test(size=(30, 8)) as pilot:
        app, rows = pilot.app, pilot.app.query_one(RowList)
        assert isinstance(app, Rows)
        rows.show(100_000, app.text, 0)
        await until(lambda: app.asked and rows.max_scroll_y)
        rows.action_move_to(50_000)
        await until(lambda: 50_000 in app.asked)
        assert len(app.asked) <= 4 * rows.size.height
        assert rows.render_line(50_000 - rows.scroll_offset.y).text.startswith("● row 50000")


async def test_the_cursor_stays_within_the_rows() -> None:
    async with Rows().run_test(size=(30, 8)) as pilot:
        app, rows = pilot.app, pilot.app.query_one(RowList)
        assert isinstance(app, Rows)
        rows.focus()
        rows.show(0, app.text, 0)
        await pilot.press("down", "end", "pagedown", "enter")
        assert (rows.cursor, app.chosen) == (-1, [])
        rows.show(5, app.text, 99)
        assert rows.cursor == 4
        await pilot.press("down", "home", "up", "down", "enter")
        assert (rows.cursor, app.chosen) == (1, [1])
        rows.show(1, app.text, rows.cursor)
        assert rows.cursor == 0


async def test_rows_that_are_renewed_stay_in_sight_and_are_drawn_where_they_differ(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with Rows().run_test(size=(30, 8)) as pilot:
        app, rows = pilot.app, pilot.app.query_one(RowList)
        assert isinstance(app, Rows)
        rows.show(100, app.text, 0)
        await until(lambda: app.asked and rows.max_scroll_y)
        rows.action_move_to(50)
        await until(lambda: rows.scroll_offset.y)
        await at_rest(pilot)
        top, drawn = rows.scroll_offset.y, []
        monkeypatch.setattr(rows, "refresh", lambda *regions, **_: drawn.extend(regions))
        rows.renew(100, app.text, 50)
        assert drawn == []
        rows.renew(100, lambda number, width: app.text(number + (number == 48), width), 50)
        assert [(region.y, region.height) for region in drawn] == [(48 - top, 1)]
        monkeypatch.undo()
        rows.renew(103, app.text, 53)
        assert (rows.cursor, rows.scroll_offset.y) == (53, top + 3)
        rows.renew(2, app.text, 1)
        await until(lambda: rows.scroll_offset.y == 0)
        assert rows.cursor == 1
        rows.renew(0, app.text, -1)
        assert rows.cursor == -1
