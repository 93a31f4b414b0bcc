"""The panel of a name, from what stands on the board."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.board.state.boards import Boards
from tui.board.state.forecast import Forecast
from tui.board.state.inside import Inside
from tui.board.state.recomputing import Recomputing
from tui.board.view.panels.checkpoint_panel import checkpoint_panel
from tui.board.view.panels.facts_panel import facts_panel
from tui.board.view.panels.forecast_panel import forecast_panel
from tui.board.view.panels.gates_panel import GatesAsked, gates_panel
from tui.board.view.panels.layers_panel import LayersAsked, layers_panel
from tui.board.view.panels.machine_panel import machine_panel
from tui.board.view.panels.output_panel import output_panel
from tui.board.view.panels.panel import Panel
from tui.board.view.panels.runs_panel import runs_panel
from tui.board.view.panels.window_gates_panel import WindowAsked, unit_panel, window_gates_panel
from tui.board.view.picture import Picture
from tui.board.view.place_in_time import place_in_time


@dataclass(frozen=True)
class PricesRead:
    """What was read of a model of prices: what it has come to, and what is inside it; None for what was not.

    recomputing: the epoch that is computed again, if one.
    """

    forecast: Forecast | None = None
    inside: Inside | None = None
    recomputing: Recomputing | None = None

    def keys_of(self, panel: str) -> str:
        """What the keys of the panel of that name are for, as `keys_of` in the view has it; empty for none."""
        if panel == "forecast":
            outlook = None if self.forecast is None else self.forecast.outlook
            return panel if outlook is not None and len(outlook.table.tickers) > 1 else ""
        if panel not in ("gates", "layers") or self.inside is None or self.inside.history is None:
            return panel
        if panel == "layers":
            return "layers by epoch"
        inputs = self.inside.inputs
        return "gates by ticker and day" if inputs and len(inputs.table.tickers) > 1 else "gates by day"

    def exact_word(self, picture: Picture) -> str:
        """What the key does that computes an epoch again; empty where it has nothing to do."""
        inside = self.inside if picture.seen.panel in ("layers", "gates") else None
        if inside is None or inside.history is None:
            return ""
        if self.recomputing is not None:
            return "cancel"
        place = place_in_time(picture)
        snapshot = inside.snapshot(place.epoch)
        return "exactly" if place.epoch is not None and (snapshot is None or not snapshot.is_exact) else ""

    def marked(self, panel: Panel) -> Panel:
        """A panel of what is inside of it: with an epoch of it that is computed again in its title."""
        now = self.recomputing
        if now is None or self.inside is None or self.inside.directory != now.directory:
            return panel
        return replace(panel, title=f"{panel.title.split(' ')[0]} · {now.words}")


NOTHING_READ = PricesRead()


def panel_of(
    name: str,
    picture: Picture,
    boards: Boards,
    width: int,
    *,
    ascii_text: bool,
    steers: bool,
    has_colour: bool = True,
    read: PricesRead = NOTHING_READ,
    row: int = 0,
) -> Panel:
    """What stands in it.

    width: of a row. ascii_text, has_colour: the terminal has no other characters, and colours.
    read: what was, of a model of prices. row: the present one.
    """
    board = picture.board
    if name == "drawn":
        numbers = {run.board.run: run.number for run in picture.runs}
        return runs_panel(boards.all, numbers, ascii_text=ascii_text)
    if board is None:
        return Panel(name, empty="no run has turned up yet")
    if name == "log":
        return output_panel(board)
    if name == "checkpoints":
        return checkpoint_panel(board)
    if name == "facts":
        return facts_panel(board, width)
    if name == "layers":
        looks = {"ascii_text": ascii_text, "has_colour": has_colour}
        asked_layers = LayersAsked(row, place_in_time(picture), is_alone=picture.seen.opened, **looks)
        return read.marked(layers_panel(board, asked_layers, read.inside))
    if name == "gates" and board.prices is not None and (read.inside is None or read.inside.history is not None):
        return read.marked(
            _window_panel(read.inside, picture, row, has_colour=has_colour and not ascii_text, ascii_text=ascii_text)
        )
    if name == "gates":
        asked = GatesAsked(picture.seen.sample, picture.seen.deviates, has_colour and not ascii_text, ascii_text)
        return gates_panel(board, row, asked, steers=steers)
    if name == "forecast":
        return forecast_panel(board, read.forecast, row, picture.seen.days)
    return machine_panel(board, width, ascii_text=ascii_text)


def _window_panel(inside: Inside | None, picture: Picture, row: int, *, has_colour: bool, ascii_text: bool) -> Panel:
    """The gates of a model of prices, or one unit's numbers. row: the present one."""
    if inside is None:
        return Panel("gates", empty="is being read")
    seen = picture.seen
    asked = WindowAsked(
        ticker=seen.ticker,
        back=seen.back,
        epoch=place_in_time(picture).epoch,
        unit=seen.unit if seen.opened else row,
        deviates=seen.deviates,
        has_colour=has_colour,
        ascii_text=ascii_text,
    )
    return unit_panel(inside, asked) if seen.opened else window_gates_panel(inside, asked)
