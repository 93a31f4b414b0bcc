"""What the keys do that move: to another chart, or in the panel to another row, run or sequence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from tui.board.screen.inside_keys import InsideKeys
from tui.board.screen.prices_reading import PricesReading
from tui.board.state.boards import Boards
from tui.board.view.days_in_sight import PRICE_ZOOMS
from tui.board.view.grid import Grid
from tui.board.view.picture import Picture
from tui.board.view.seen import Seen
from tui.board.widgets.board_panel import BoardPanel


class Host(Protocol):
    """The screen that the keys are pressed on."""

    seen: Seen
    boards: Boards

    @property
    def picture(self) -> Picture:
        """What is to be seen now."""

    @property
    def reading(self) -> PricesReading:
        """What was read of a model of prices."""

    @property
    def page(self) -> Grid:
        """The charts that are on the screen."""

    @property
    def panel(self) -> BoardPanel:
        """What stands beside them."""

    def see(self, seen: Seen, said: str = "") -> None:
        """Show that, and say so."""


class Moving:
    """Moves through charts where no panel is open, or else through its rows."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._inside = InsideKeys(host)
        self.handlers: dict[str, Callable[[], None]] = {
            "page_on": lambda: self._choose(self._a_page),
            "page_back": lambda: self._choose(-self._a_page),
            "chart_on": lambda: self._choose(1),
            "chart_back": lambda: self._choose(-1),
            "row_on": lambda: self._move_row(1),
            "row_back": lambda: self._move_row(-1),
            "rows_on": lambda: self._move_rows(1),
            "rows_back": lambda: self._move_rows(-1),
            "sequence": self._next,
            "deviation": self._deviate,
            **self._inside.handlers,
        }

    def enter(self) -> bool:
        """Do what the key does to the present row of a panel; whether it did anything."""
        return self._toggle_run() or self._inside.open_row()

    def cancel(self) -> bool:
        """Have ended what the panel is at; whether there was anything."""
        return self._inside.cancel()

    def _toggle_run(self) -> bool:
        """In the panel of runs: draw the present one, or hide it; whether that was it."""
        runs, row = self._host.boards.all, self._host.panel.rows.cursor
        if self._host.seen.panel != "drawn" or not 0 <= row < len(runs):
            return False
        self._host.see(self._host.seen.hiding(runs[row].run))
        return True

    def zoom_prices(self, action: str) -> bool:
        """In the panel of prices: show other days; whether that was it."""
        seen, forecast = self._host.seen, self._host.reading.forecast
        if seen.panel != "forecast" or action not in PRICE_ZOOMS:
            return False
        if forecast is not None and forecast.outlook is not None:
            days = PRICE_ZOOMS[action](forecast.outlook, seen.days)
            self._host.see(replace(seen, days=days), f"the last {days} {forecast.outlook.table.step}")
        return True

    @property
    def _a_page(self) -> int:
        return self._host.page.columns * self._host.page.rows

    def _choose(self, charts: int) -> None:
        self._host.see(self._host.seen.moved(charts, len(self._host.picture.groups)))

    def _move_row(self, rows: int) -> None:
        seen, panel, runs = self._host.seen, self._host.panel, self._host.boards.all
        if not seen.panel:
            self._choose(rows * (1 if seen.zoomed else self._host.page.columns))
            return
        panel.move(rows)
        if seen.panel == "drawn" and 0 <= panel.rows.cursor < len(runs):
            self._host.see(replace(seen, run=runs[panel.rows.cursor].run))

    def _move_rows(self, pages: int) -> None:
        if self._host.seen.panel:
            self._host.panel.move_page(pages)
        else:
            self._choose(pages * self._a_page)

    def _next(self) -> None:
        """In the panel of prices the next ticker, in that of gates the next sequence."""
        if self._host.seen.panel != "forecast":
            if not self._inside.next_ticker():
                self._next_sequence()
        elif self._host.panel.move_round() < 2:
            self._host.see(self._host.seen, "there is no other ticker")

    def _deviate(self) -> None:
        """In the panel of gates: each unit's deviation from its own mean, or the values themselves."""
        seen = self._host.seen
        if seen.panel != "gates":
            self._host.see(seen, "d is for the gates: g shows them")
        else:
            said = "the values themselves" if seen.deviates else "what each unit deviates from its own mean"
            self._host.see(replace(seen, deviates=not seen.deviates), said)

    def _next_sequence(self) -> None:
        """In the panel of gates: those of the next sequence, which the next validation brings."""
        board, seen = self._host.picture.board, self._host.seen
        samples = max((gates.samples for gates in board.gates.values()), default=0) if board is not None else 0
        if seen.panel != "gates":
            self._host.see(seen, "n is for gates and prices: g and p show them")
        elif samples < 2:
            self._host.see(seen, "there is no other sequence" if samples else "no sequence was seen yet")
        else:
            self._host.see(replace(seen, sample=(seen.sample + 1) % samples))
