"""A model of prices from inside: its gates on the window of a day and ticker at an epoch, and each unit's numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lstm_engine.forecast.inputs import Inputs
from lstm_engine.forecast.window_gates import WindowGates
from lstm_engine.prices.table import date_words
from lstm_engine.text import printable
from lstm_engine.weight_history.history import Snapshot
from tui.board.state.inside import Inside
from tui.board.view.gate_shares import GateShares, gate_shares
from tui.board.view.gate_words import CANDIDATE
from tui.board.view.panels.gates_picture import GatesWords, gates_picture
from tui.board.view.panels.panel import Panel, PanelPicture
from tui.board.view.panels.sparkline import sparkline
from tui.board.view.panels.weights_picture import epoch_words
from tui.drawing.cells import Cells
from tui.options import Marker
from tui.text.numbers import counted, number
from tui.text.pieces import Piece
from tui.text.widths import cut, flush_left

#: Lines of the list of units, its heading included: at least, and as a share of the panel's.
_LEAST_LIST, _SHARE = 4, 5
#: Cells of a row's name, at least; of a number, where there is room and where there is not; its decimals, and those of
#: one of two digits or more.
_NAME, _NUMBER, _LEAST_NUMBER = 12, 8, 6
_DECIMALS, _FEWER = 4, 2
#: Columns of a curve, at least.
_LEAST_CURVE = 6
_LETTERS = ("i", "f", "g", "o")


@dataclass(frozen=True)
class WindowAsked:
    """What is to be seen. ticker: which one. back: days from the table's last one back to the day that is predicted.

    epoch: under the time cursor; None for the newest. unit: the present one. deviates: from each unit's own mean.
    has_colour, ascii_text: what the terminal has.
    """

    ticker: int = 0
    back: int = 0
    epoch: int | None = None
    unit: int = 0
    deviates: bool = False
    has_colour: bool = True
    ascii_text: bool = False


@dataclass(frozen=True, eq=False)
class _Found:
    """A window with what there is to say of it."""

    inputs: Inputs
    snapshot: Snapshot
    gates: WindowGates
    ticker: int
    day: int

    @property
    def name(self) -> str:
        """The ticker's."""
        return printable(self.inputs.table.tickers[self.ticker])

    @property
    def units(self) -> int:
        return int(self.gates.h.shape[1])


def most_days_back(inputs: Inputs) -> int:
    """From the table's last day to the first that a window predicts."""
    return len(inputs.table.dates) - 1 - inputs.windows.first_day


def window_gates_panel(inside: Inside, asked: WindowAsked) -> Panel:
    """The maps of the gates, and below them a row a unit."""
    found = _found(inside, asked)
    if found is None:
        return Panel("gates", empty=inside.problem or "of this model no gates are known")
    unit = min(max(asked.unit, 0), found.units - 1)

    def draw(width: int, height: int, _: Marker) -> Cells:
        shares = gate_shares(inside, found.ticker, found.day)
        return gates_picture(
            found.gates.gates,
            GatesWords(
                _facts(found),
                _about(found),
                curve=lambda name, room: _curve(shares, name, room, ascii_text=asked.ascii_text),
            ),
            width,
            height,
            deviates=asked.deviates,
            has_colour=asked.has_colour,
            ascii_text=asked.ascii_text,
            unit=unit,
        )

    several = len(found.inputs.table.tickers)
    place = f" · {found.ticker + 1} of {several}" if several > 1 else ""
    return Panel(
        f"gates · {found.name}{place}",
        heading=_unit_heading,
        count=found.units,
        row=lambda row, width: _unit_row(found.gates, row, width),
        picture=PanelPicture(
            draw,
            lambda lines: max(lines - min(max(lines // _SHARE, _LEAST_LIST), found.units + 1), 1),
            (asked, found.ticker, found.day, unit),
            (inside.directory, found.snapshot.epoch, found.snapshot.is_exact),
        ),
    )


def unit_panel(inside: Inside, asked: WindowAsked) -> Panel:
    """One unit's numbers, a row a day."""
    found = _found(inside, asked)
    if found is None:
        return Panel("unit", empty=inside.problem or "of this model no gates are known")
    unit = min(max(asked.unit, 0), found.units - 1)
    room = max(len(_target(found)) + 2, _NAME)
    dates, days = found.gates.dates, found.gates.days
    states = [
        *(values[:, unit] for values in found.gates.gates.values()),
        found.gates.c[:, unit],
        found.gates.h[:, unit],
    ]

    def row(number_of_day: int, width: int) -> list[Piece]:
        values = [float(days[number_of_day]), *(float(each[number_of_day]) for each in states)]
        return _numbers(date_words(dates[number_of_day]), values, width, room)

    title = f"unit {unit + 1} of {found.units} · {found.name} · {epoch_words(found.snapshot)} · for {_target(found)}"
    goes_in = found.inputs.windows.target
    return Panel(title, heading=_heading("date", (goes_in, *_LETTERS, "c", "h"), room), count=len(days), row=row)


def _found(inside: Inside, asked: WindowAsked) -> _Found | None:
    inputs, snapshot = inside.inputs, inside.snapshot(asked.epoch)
    if inputs is None or snapshot is None:
        return None
    ticker = min(max(asked.ticker, 0), len(inputs.table.tickers) - 1)
    day = len(inputs.table.dates) - 1 - min(max(asked.back, 0), most_days_back(inputs))
    gates = inside.gates(asked.epoch, ticker, day)
    return None if gates is None else _Found(inputs, snapshot, gates, ticker, day)


# --- words -----------------------------------------------------------------------------------------------------------


def _facts(found: _Found) -> list[str]:
    """What the maps are of, the most important first."""
    dates, layers = found.gates.dates, found.inputs.settings.layers
    size = f"{counted(found.units, 'unit')} by {counted(len(dates), 'time step')}"
    return [
        found.name,
        epoch_words(found.snapshot),
        f"{date_words(dates[0])} to {date_words(dates[-1])}",
        f"for {_target(found)}",
        size,
        *[f"the first of {layers} layers"] * (layers > 1),
    ]


def _target(found: _Found) -> str:
    return date_words(found.gates.target)


def _about(found: _Found) -> list[str]:
    return ["held out" if found.day >= found.inputs.split.day else "trained on"]


def _curve(shares: GateShares | None, name: str, room: int, *, ascii_text: bool) -> str:
    """How open and how shut a gate is by epoch, in `room` cells; empty where there is none, or no room."""
    if shares is None:
        return ""
    words = ("beyond ±0.9", "within ±0.1") if name == CANDIDATE else ("open", "shut")
    epochs = f"  {'' if shares.is_exact else '≈ '}epochs {shares.epochs[0]:,} to {shares.epochs[-1]:,}"
    for end in (epochs, ""):
        columns = min((room - sum(map(len, words)) - 4 - len(end)) // 2, len(shares.epochs))
        if columns >= _LEAST_CURVE:
            curves = [
                f"{word} {sparkline(values[name], columns, ascii_text=ascii_text, span=(0, 1))}"
                for word, values in zip(words, (shares.opened, shares.shut), strict=True)
            ]
            return "  ".join(curves) + end
    return ""


# --- rows ------------------------------------------------------------------------------------------------------------


def _unit_heading(width: int) -> list[Piece]:
    return _heading("unit", ("mean i", "f", "g", "o", "last c", "h"))(width)


def _unit_row(gates: WindowGates, unit: int, width: int) -> list[Piece]:
    means = [float(values[:, unit].mean()) for values in gates.gates.values()]
    return _numbers(str(unit + 1), [*means, float(gates.c[-1, unit]), float(gates.h[-1, unit])], width)


def _heading(name: str, columns: tuple[str, ...], room: int = _NAME) -> Callable[[int], list[Piece]]:
    def heading(width: int) -> list[Piece]:
        cells = _cells(len(columns), width - room)
        text = "".join(f"{column:>{each}}" for column, each in zip(columns, cells, strict=False))
        return [(cut(flush_left(f" {name}", room) + text, width), "$quiet")]

    return heading


def _numbers(name: str, values: list[float], width: int, room: int = _NAME) -> list[Piece]:
    text = "".join(
        " " + number(value, each - 1, _FEWER if abs(value) >= 10 else _DECIMALS)
        for value, each in zip(values, _cells(len(values), width - room), strict=False)
    )
    return [(cut(flush_left(f" {name}", room), width), "bold"), (text, "")]


def _cells(count: int, width: int) -> list[int]:
    """Cells of each of so many numbers, with one between two of them: of as many as there is room for.

    The first, which is the smallest where it is a return, has what is left.
    """
    cells = min(max(width // count, _LEAST_NUMBER), _NUMBER)
    fitting = min(max(width // cells, 0), count)
    return [min(cells + width - cells * fitting, _NUMBER), *[cells] * (fitting - 1)] if fitting else []
