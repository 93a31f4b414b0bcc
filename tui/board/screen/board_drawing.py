"""Brings the board's widgets up to what is to be seen."""

from __future__ import annotations

from textual.screen import Screen
from textual.widgets import Label

from tui.board.screen.panels import PricesRead, panel_of
from tui.board.state.boards import Boards
from tui.board.view import words
from tui.board.view.grid import Grid
from tui.board.view.keys import keys_of
from tui.board.view.picture import Picture, Smoothings
from tui.board.view.strip import strip
from tui.board.widgets.board_panel import BoardPanel
from tui.board.widgets.chart_grid import ChartGrid
from tui.terminal.characters import has_colour, is_ascii
from tui.view.layout import BOARD_WIDTH, LEAST_HEIGHT, LEAST_WIDTH
from tui.view.status_lines import too_small
from tui.widgets.lines import Lines
from tui.widgets.screen_keys import ScreenKeys

#: Columns of a panel beside the charts, at most.
_PANEL = 92


class BoardDrawing:
    """Draws on a screen. page: the charts that are on it. row: the panel's that was the present one."""

    def __init__(self, screen: Screen[None], *, steers: bool, lists: bool) -> None:
        """steers: commands reach what is shown. lists: there are other runs to open."""
        self._screen = screen
        self._steers = steers
        self._lists = lists
        self._smoothings = Smoothings()
        self.page = Grid(1, 1, 0, 0, 0, 1)
        self.row = 0

    def draw(self, now: Picture, boards: Boards, said: str, read: PricesRead) -> None:
        """said: what the screen has to say of its own. read: what was, of a model of prices."""
        self._arrange(now)
        self._draw_charts(now)
        self._draw_lines(now, boards, said, read)
        if now.seen.panel:
            panel = self._screen.query_one(BoardPanel)
            name, rows, first, width = now.seen.panel, now.seen.rows, now.seen.first_row, panel.row_width
            self.row = panel.row_of(rows, first)
            looks = {"ascii_text": is_ascii(self._screen.app), "has_colour": has_colour(self._screen.app)}
            asked = {**looks, "steers": self._steers}
            panel.show(rows, panel_of(name, now, boards, width, **asked, read=read, row=self.row), first)

    def is_too_small(self) -> bool:
        """Whether the screen has no room for anything; it says so then."""
        width, height = self._screen.size
        is_small = width < LEAST_WIDTH or height < LEAST_HEIGHT
        self._screen.set_class(is_small, "-too-small")
        if is_small:
            self._line("small").show(lambda _: too_small(width, height))
        return is_small

    def _arrange(self, now: Picture) -> None:
        is_wide, panel = self._screen.size.width >= BOARD_WIDTH, self._screen.query_one(BoardPanel)
        self._screen.set_class(bool(now.seen.panel) and is_wide, "-beside")
        self._screen.set_class(bool(now.seen.panel) and not is_wide, "-instead")
        self._screen.set_class(not now.groups, "-bare")
        panel.styles.width = self._beside if is_wide else "1fr"

    @property
    def _beside(self) -> int:
        """Columns of a panel beside the charts."""
        return min(self._screen.size.width // 2, _PANEL)

    def _draw_charts(self, now: Picture) -> None:
        if self._screen.has_class("-instead"):
            return
        body = self._screen.query_one("#board-body").size
        taken = self._beside if self._screen.has_class("-beside") else 0
        self.page = now.page(max(body.width - taken, 1), max(body.height, 1))
        plots = now.plots(self.page, self._smoothings)
        chosen = now.seen.chosen - self.page.first if len(plots) > 1 else -1
        self._screen.query_one(ChartGrid).show(plots, self.page.columns, self.page.rows, chosen)
        asked = now.seen.filter
        nothing = f"no metric has “{asked}” in its name" if asked else "no metric was logged yet"
        self._screen.query_one("#board-empty", Label).update("" if now.groups else nothing)

    def _draw_lines(self, now: Picture, boards: Boards, said: str, read: PricesRead) -> None:
        board, steers, runs, page = now.board, self._steers, len(boards.by_name), self.page
        self._line("header").show(lambda width: words.header(board, width, len(now.runs), runs))
        self._line("progress").show(lambda width: [] if board is None else words.progress(board, width))
        self._line("notice").show(lambda width: words.notice(board, said, width, steers=steers))
        self._line("strip").show(lambda width: strip(now, page, width, read.forecast))
        panel = read.keys_of(now.seen.panel)
        self._screen.query_one(ScreenKeys).show_keys(
            keys_of(board, steers=steers, runs=runs, panel=panel, exact=read.exact_word(now), lists=self._lists)
        )

    def _line(self, name: str) -> Lines:
        return self._screen.query_one(f"#board-{name}", Lines)
