"""A list of rows: the cursor stays within it and in sight, and only rows in sight are asked for."""

from __future__ import annotations

from textual.app import ComposeResult

from tests.support.script import until
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
