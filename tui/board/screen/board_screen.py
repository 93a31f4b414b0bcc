"""The board: charts of all metrics, how far training is, what stands beside it, and the keys that steer it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input, Label

from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from tui.board.screen.board_drawing import BoardDrawing
from tui.board.screen.board_help import board_help
from tui.board.screen.moving import Moving
from tui.board.screen.prices_reading import PricesReading
from tui.board.screen.steering import Steering
from tui.board.state.board import Board
from tui.board.state.boards import Boards
from tui.board.view.actions import BOARD_ACTIONS, PANELS, action_refusal
from tui.board.view.grid import Grid
from tui.board.view.panels.checkpoint_panel import newest_first
from tui.board.view.picture import Picture, picture, turned
from tui.board.view.seen import VIEW_ACTIONS, Seen
from tui.board.widgets.board_panel import BoardPanel
from tui.board.widgets.chart_grid import ChartGrid
from tui.drawing.plotting import resolution
from tui.screens.help_screen import HelpScreen
from tui.state.told import Source, Told
from tui.terminal.beside import run_beside
from tui.terminal.characters import marker_of
from tui.terminal.fitted_screens import FittedScreen
from tui.view.timeline import TIME_ACTIONS, Timeline, towards, zoomed
from tui.widgets.epoch_chart import EpochChart
from tui.widgets.lines import Lines
from tui.widgets.screen_keys import ScreenKeys

Answer = TypeVar("Answer")

#: What was told is drawn after so many times what the last drawing took: many charts leave time for the training.
_REST = 4


class BoardScreen(FittedScreen[None]):
    """Shows what a source tells, and passes on what its keys ask for.

    boards: the runs as they were told. seen: what the user asked to see.
    is_resting: what was told is drawn a little later.
    """

    CSS_PATH = "board.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(action.key, f"perform('{action.id}')", action.title, tooltip=action.help, show=False)
            for action in BOARD_ACTIONS
        ),
        Binding("ctrl+c,ctrl+q", "perform('quit')", show=False, priority=True),
    ]

    def __init__(
        self,
        source: Source,
        leave: Callable[[], None],
        request: Callable[[], None],
        at_once: Callable[[], None],
        list_runs: Callable[[], None] | None = None,
    ) -> None:
        """leave: ends the look at it. request: has `draw` called when the next frame is due; at_once: without that.

        list_runs: shows the runs that can be opened in place of it; None where there are none.
        """
        super().__init__()
        self._source = source
        self._leave = leave
        self._request = request
        self._at_once = at_once
        self._list_runs = list_runs
        self._steering = Steering(self, source)
        self._moving = Moving(self)
        self.reading = PricesReading(self, self._draw_soon)
        self._drawing = BoardDrawing(self, steers=source.steers, lists=list_runs is not None)
        self._said = ""
        self._rested = 0.0
        self.is_resting = False
        self.boards = Boards()
        self.seen = Seen()

    def compose(self) -> ComposeResult:
        yield Lines(id="board-small")
        yield Lines(id="board-header")
        yield Lines(id="board-progress")
        yield Lines(id="board-notice")
        yield Lines(id="board-strip")
        field = Input(placeholder="words in the names of metrics", compact=True, id="board-filter")
        field.cursor_blink = False  # nothing on the screen moves while nothing happens
        yield field
        with Horizontal(id="board-body"):
            yield ChartGrid(id="board-charts")
            yield Label("", id="board-empty", markup=False)
            yield BoardPanel(id="board-panel")
        yield ScreenKeys(id="board-keys")

    def on_mount(self) -> None:
        self.panel.rows.can_focus = False  # the keys are the board's
        # Not of the screen: keys wait for what that is about, and this never ends.
        run_beside(self.panel, self._follow)
        self._request()

    async def _follow(self) -> None:
        # Not given to Textual as it is: that writes down what it runs, and with it all that a source may hold.
        await self._source.follow(self._told)

    def _told(self, news: Sequence[Told]) -> None:
        self.boards = self.boards.after(news)
        if self.is_resting:
            return
        wait = self._rested - time.monotonic()
        if wait <= 0:
            self._request()
        else:
            self.is_resting = True
            asyncio.get_running_loop().call_later(wait, self._go_on)  # a timer of Textual's may never call

    def _go_on(self) -> None:
        self.is_resting = False
        self._request()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw_soon)

    def on_chart_grid_resized(self) -> None:
        self._draw_soon()

    def on_row_list_moved(self) -> None:
        if self.panel.has_picture and self.panel.row_of(self.seen.rows) != self._drawing.row:
            self._draw_soon()  # the picture above the rows is of the present one

    def _draw_soon(self) -> None:
        self._request()
        self._at_once()

    # --- what is shown -----------------------------------------------------------------------------------------------

    @property
    def picture(self) -> Picture:
        """What is to be seen now."""
        columns = self.query_one(ChartGrid).columns or max(self.size.width, 1)
        return picture(self.boards, self.seen, columns, resolution(marker_of(self.app))[0])

    @property
    def board(self) -> Board | None:
        return self.boards.of(self.seen.run)

    def draw(self) -> None:
        """Bring the screen up to what was told and asked."""
        if self._drawing.is_too_small():
            return
        begun = time.monotonic()
        now = self.picture
        self.seen = now.seen
        self._drawing.draw(now, self.boards, self._said, self.reading.read(now.board))
        if now.board is not None:
            self.seen = self.seen.at_row(self._drawing.row)
            self.reading.watch(now.board, self.seen.panel)
            self._steering.watch(now.board, self.reading.left_to_watch(now.board, self.seen.panel), self.seen.sample)
        ended = time.monotonic()
        self._rested = ended + _REST * (ended - begun)

    @property
    def page(self) -> Grid:
        return self._drawing.page

    @property
    def panel(self) -> BoardPanel:
        return self.query_one(BoardPanel)

    # --- what steering needs -----------------------------------------------------------------------------------------

    @property
    def chosen_checkpoint(self) -> CheckpointWritten | None:
        """The one on whose row the panel is, or else the newest."""
        board = self.board
        if board is None or not board.checkpoints:
            return None
        found = newest_first(board)
        row = self.panel.rows.cursor if self.seen.panel == "checkpoints" else 0
        return found[row] if 0 <= row < len(found) else found[0]

    def put(self, board: Board) -> None:
        self.boards = self.boards.replaced(board)
        self._said = ""
        self._draw_soon()

    def ask(self, question: Screen[Answer], answered: Callable[[Answer | None], None]) -> None:
        self.app.push_screen(question, answered)

    def run_beside(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        run_beside(self, work)

    # --- keys --------------------------------------------------------------------------------------------------------

    async def action_perform(self, name: str) -> None:
        """Do what the table of actions calls `name`, or say why that makes no sense now."""
        self._said = ""
        board = self.board
        refusal = action_refusal(name, board, steers=self._source.steers)
        if refusal is not None:
            self.see(self.seen, refusal)
        elif name in self._steering.handlers and board is not None:
            self._steering.handlers[name](board)
        elif name in VIEW_ACTIONS and not (name == "zoom" and self._moving.enter()):
            seen, said = VIEW_ACTIONS[name](self.seen)
            self.see(seen, said)
        elif name in PANELS:
            self.see(self.seen.toggled(name))
        elif name in TIME_ACTIONS and not self._moving.zoom_prices(name):
            now = self.picture
            self._look(TIME_ACTIONS[name](now.seen.timeline, now.axis))
        elif name in ("theme", "suspend"):
            await self.app.run_action(f"app.perform('{name}')")
        elif name in self._moving.handlers:
            self._moving.handlers[name]()
        else:
            self._others.get(name, lambda: None)()

    @property
    def _others(self) -> dict[str, Callable[[], object]]:
        return {
            "by_epoch": lambda: self.see(turned(self.boards, self.picture)),
            "filter": self._open_filter,
            "help": self.show_help,
            "runs": self._open_list,
            "back": self._back,
            "quit": self._leave,
            "detach": self._leave,
        }

    def show_help(self) -> None:
        """All keys."""
        self.app.push_screen(HelpScreen(board_help(steers=self._source.steers, lists=self._list_runs is not None)))

    def _open_list(self) -> None:
        if self._list_runs is None:
            self.see(self.seen, "there is no list of runs to open: r shows those that are watched")
        else:
            self._list_runs()

    def see(self, seen: Seen, said: str = "") -> None:
        is_rearranged, self.seen, self._said = seen.panel != self.seen.panel, seen, said
        self._draw_soon()
        if is_rearranged:  # what a panel has room for is known once it is laid out
            self.call_after_refresh(self._draw_soon)

    # --- looking -----------------------------------------------------------------------------------------------------

    def _look(self, timeline: Timeline) -> None:
        self.see(replace(self.seen, timeline=timeline))

    def on_epoch_chart_clicked(self, event: EpochChart.Clicked) -> None:
        now = self.picture
        self._look(towards(now.seen.timeline, now.axis, event.epoch))

    def on_epoch_chart_wheeled(self, event: EpochChart.Wheeled) -> None:
        now = self.picture
        self._look(zoomed(now.seen.timeline, now.axis, event.steps))

    # --- the filter --------------------------------------------------------------------------------------------------

    def _open_filter(self) -> None:
        self.add_class("-filtering")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.see(self.seen.filtered(event.value))

    def on_input_submitted(self) -> None:
        self._close_filter()

    def _close_filter(self) -> None:
        self.remove_class("-filtering")
        self.set_focus(None)
        self._draw_soon()

    def _back(self) -> None:
        """Close what was opened last."""
        if self._moving.cancel():
            return
        if self.has_class("-filtering") or (self.seen.filter and not self.seen.panel and not self.seen.zoomed):
            self.query_one(Input).value = ""
            self._close_filter()
        elif self.seen.panel:
            self.see(self.seen.closed())
        else:
            self.see(replace(self.seen, zoomed=False, timeline=Timeline()))
