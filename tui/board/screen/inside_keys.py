"""What the keys do that look into a model of prices: to other windows and tickers, and into a tensor or a unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from tui.board.screen.inside_reading import PANELS
from tui.board.screen.prices_reading import PricesReading
from tui.board.state.inside import Inside
from tui.board.view.panels.window_gates_panel import most_days_back
from tui.board.view.picture import Picture
from tui.board.view.place_in_time import place_in_time
from tui.board.view.seen import Seen
from tui.board.widgets.board_panel import BoardPanel


class Host(Protocol):
    """The screen that the keys are pressed on."""

    seen: Seen

    @property
    def picture(self) -> Picture:
        """What is to be seen now."""

    @property
    def reading(self) -> PricesReading:
        """What was read of a model of prices."""

    @property
    def panel(self) -> BoardPanel:
        """What stands beside the charts."""

    def see(self, seen: Seen, said: str = "") -> None:
        """Show that, and say so."""


class InsideKeys:
    """Those of the panels of layers and gates, where the parameters are known."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self.handlers: dict[str, Callable[[], None]] = {
            "day_back": lambda: self._move(1, by_window=False),
            "day_on": lambda: self._move(-1, by_window=False),
            "days_back": lambda: self._move(1, by_window=True),
            "days_on": lambda: self._move(-1, by_window=True),
            "exact": self._compute_or_cancel,
        }

    def open_row(self) -> bool:
        """Show the present tensor's values, or unit's numbers, alone, and back; whether that was it."""
        seen = self._host.seen
        has_map = seen.panel == "layers" and self._host.panel.has_picture
        if not has_map and self._shown is None:
            return False
        self._host.see(replace(seen, opened=not seen.opened))
        return True

    def next_ticker(self) -> bool:
        """In the panel of gates: those of the next ticker; whether that was it."""
        inside, seen = self._shown, self._host.seen
        if inside is None or inside.inputs is None:
            return False
        count = len(inside.inputs.table.tickers)
        if count < 2:
            self._host.see(seen, "there is no other ticker")
        else:
            self._host.see(replace(seen, ticker=(min(seen.ticker, count - 1) + 1) % count))
        return True

    def cancel(self) -> bool:
        """Have the epoch that is computed again computed no more, where the panel says so; whether that was it."""
        return self._host.seen.panel in PANELS and self._host.reading.exact.cancel() is not None

    def _compute_or_cancel(self) -> None:
        """Compute the epoch under the time cursor again, where what is shown of it is not exact."""
        if self.cancel():
            return
        host, seen, now = self._host, self._host.seen, self._host.picture
        inside = host.reading.known(now.board) if seen.panel in PANELS else None
        if now.board is None or inside is None:
            host.see(seen, "e is for the layers and gates of a model of prices: w and g show them")
            return
        epoch = place_in_time(now).epoch
        snapshot = inside.snapshot(epoch)
        if snapshot is not None and snapshot.is_exact:
            host.see(seen, f"epoch {snapshot.epoch:,} is shown in all its bits already")
        elif epoch is None:
            host.see(seen, inside.problem or "of the newest epoch no parameters are known: [ goes to the one before")
        else:
            host.reading.exact.compute(now.board, epoch, lambda sentence: host.see(host.seen, sentence))
            host.see(seen, f"epoch {epoch:,} is computed again: e or esc cancels that")

    @property
    def _shown(self) -> Inside | None:
        """What the gates on the screen are computed from; None where there are none, or others."""
        host = self._host
        return host.reading.known(host.picture.board) if host.seen.panel == "gates" else None

    def _move(self, direction: int, *, by_window: bool) -> None:
        """Back from the table's end, or on."""
        inside, seen = self._shown, self._host.seen
        if inside is None or inside.inputs is None:
            self._host.see(seen, "< and > are for the gates of a model of prices: g shows them")
            return
        inputs = inside.inputs
        days = direction * (inputs.settings.window if by_window else 1)
        back = min(max(min(seen.back, most_days_back(inputs)) + days, 0), most_days_back(inputs))
        ends = "there is no earlier window" if direction > 0 else "there is no later day with a price"
        self._host.see(replace(seen, back=back), ends if back == seen.back else "")
