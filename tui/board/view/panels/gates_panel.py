"""The gates of recurrent modules on one sequence: a map of each, units by time steps, and what it does in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_engine.text import printable
from tui.board.drawing.gate_map import GateMap, gate_map
from tui.board.state.board import Board
from tui.board.state.module_gates import ModuleGates
from tui.board.view.gate_words import gate_words, share_words, signed
from tui.board.view.panels.panel import Panel, PanelPicture
from tui.drawing.cells import Cells, Role
from tui.options import Marker
from tui.text.numbers import counted
from tui.text.pieces import Piece, fitted
from tui.text.widths import cut

#: Lines above the maps, where there is room for both; lines of words over each map.
_HEADING, _WORDS = 2, 2
#: Lines from which on an empty one sets a map apart from the next; columns between two maps.
_SPACIOUS, _GAP = 8, 2
#: Cells of the scale beside its ends: where there is room, and where there is not.
_SCALE, _SHORT_SCALE, _ROOMY = 16, 8, 50
#: Lines of a panel with a list of the modules, where there are several, and of that list at least.
_WITH_LIST, _LEAST_LIST = 18, 3


@dataclass(frozen=True)
class GatesAsked:
    """What is to be seen of them. sample: the number of the sequence. deviates: from each unit's own mean.

    has_colour, ascii_text: what the terminal has.
    """

    sample: int = 0
    deviates: bool = False
    has_colour: bool = True
    ascii_text: bool = False


def gates_panel(board: Board, row: int, asked: GatesAsked, *, steers: bool) -> Panel:
    """Of the module of that row: all of them are listed where there are several."""
    found = list(board.gates.values())
    if not found:
        return Panel("gates", empty=_why_none(board, steers=steers))
    number = min(max(row, 0), len(found) - 1)
    shown, several = found[number], len(found) > 1
    units = _units(board, shown)

    def draw(width: int, height: int, _: Marker) -> Cells:
        return _picture(shown, asked, units, width, height)

    return Panel(
        f"gates · {number + 1} of {len(found)}" if several else "gates",
        heading=_heading if several else lambda _: [],
        count=len(found) if several else 0,
        row=lambda row, width: [(cut(f" {fitted(_facts(found[row], ''), width - 1)}", width), "")],
        picture=PanelPicture(draw, lambda lines: _lines_of(len(found), lines), (number, asked), (shown, board.run)),
    )


def _why_none(board: Board, *, steers: bool) -> str:
    if board.fit is None:
        return "no Trainer has told its model yet"
    if not board.fit.gates:
        return "the model holds no nn.LSTM and no nn.GRU"
    if steers and board.is_alive:
        return "they come with the next validation; packed sequences have none"
    return "nobody looked at them while it trained"


def _heading(width: int) -> list[Piece]:
    return [(cut(" all of them", width), "$quiet")]


def _lines_of(modules: int, height: int) -> int:
    """The picture's, of so many that the panel has: the rest is for the list of modules."""
    if modules == 1 or height < _WITH_LIST:
        return height
    return height - min(max(height // 6, _LEAST_LIST), modules + 1)


def _units(board: Board, shown: ModuleGates) -> str:
    """How many units the module has, where not all of them were told; empty where they were."""
    told = next(iter(shown.gates.values())).shape[1] if shown.gates else 0
    tensors = board.fit.tensors if board.fit is not None else ()
    weights = next((each for each in tensors if each.name == f"{shown.module}.weight_hh_l0"), None)
    units = weights.shape[0] // (3 if shown.kind == "GRU" else 4) if weights is not None and weights.shape else told
    return f"the first {told} of {units} units" if units > told else ""


def _facts(gates: ModuleGates, units: str) -> list[str]:
    """What they are of, the most important first."""
    name = " ".join(part for part in (printable(gates.module), printable(gates.which)) if part)
    steps, told = next(iter(gates.gates.values())).shape if gates.gates else (0, 0)
    size = f"{units or counted(told, 'unit')} by {counted(steps, 'time step')}"
    return [name or "the model", printable(gates.kind), f"step {gates.step:,}", size]


def _about(shown: ModuleGates, asked: GatesAsked, merged: Sequence[int]) -> list[str]:
    """Which sequence they are of, and how the maps are to be read. merged: units and steps in a cell."""
    facts = []
    if shown.samples:
        facts = [f"sequence {shown.sample + 1} of {shown.samples}"]
        if min(asked.sample, shown.samples - 1) != shown.sample:
            facts[0] += f", {asked.sample + 1} at the next validation"
    facts += ["deviation from each unit's own mean"] * asked.deviates
    parts = [counted(count, what) for count, what in zip(merged, ("unit", "step"), strict=True) if count > 1]
    facts += [f"a cell is a mean of {' by '.join(parts)}"] * bool(parts)
    return [*facts, "most open units above", "of the first validation batch"]


# --- the picture -----------------------------------------------------------------------------------------------------


def _picture(shown: ModuleGates, asked: GatesAsked, units: str, width: int, height: int) -> Cells:
    """All maps in one column, or in two where that shows more of them."""
    cells = Cells.blank(width, height)
    looks = {"deviates": asked.deviates, "has_colour": asked.has_colour, "ascii_text": asked.ascii_text}
    maps = {name: gate_map(values, **looks) for name, values in shown.gates.items()}
    heading = _HEADING if height > 10 else 1
    cells.write(0, 1, fitted(_facts(shown, units), width - 1), Role.TEXT)
    if not maps:
        return cells
    room, first = height - heading, next(iter(maps.values()))
    columns = min((1, 2), key=lambda count: math.prod(_merged(first, *_sizes(len(maps), count, width, room))))
    across, down = _sizes(len(maps), columns, width, room)
    if heading > 1:
        cells.write(1, 1, fitted(_about(shown, asked, _merged(first, across, down)), width - 1), Role.LABEL)
    names, top = list(maps), heading
    for begin in range(0, len(names), columns):
        used = 0
        for place, name in enumerate(names[begin : begin + columns]):
            if top < height:
                part = cells.part(top, place * (across + _GAP), across, min(down, height - top))
                used = max(used, _write_map(part, name, shown, maps[name]))
        top += min(used + (down >= _SPACIOUS), down)
    return cells


def _sizes(maps: int, columns: int, width: int, height: int) -> tuple[int, int]:
    """Columns and lines that each of so many maps has, with its words."""
    return (width - _GAP * (columns - 1)) // columns, height // -(-maps // columns)


def _merged(drawn: GateMap, across: int, down: int) -> tuple[int, int]:
    """How many units and steps are shown as one; more than there are where there is no line for them."""
    units, steps = drawn.values.shape
    lines = max(_lines_of_map(down), 0) * drawn.units_a_row
    return -(-units // lines) if lines else units + 1, -(-steps // max(across - 1, 1))


def _lines_of_map(down: int) -> int:
    return down - _WORDS - (down >= _SPACIOUS)


def _write_map(cells: Cells, name: str, shown: ModuleGates, drawn: GateMap) -> int:
    """A gate's words, its scale, and its map; how many lines that took."""
    values, room = shown.gates[name], cells.width - 1
    cells.write(0, 1, gate_words(printable(name), values, room), Role.TEXT)
    if cells.height < _WORDS:
        return 1
    low, high = (signed(end) for end in (drawn.low, drawn.high)) if np.isfinite(values).any() else ("", "")
    column = 1 + cells.write(1, 1, f"{low} ", Role.LABEL)
    scale = drawn.scale(_SCALE if cells.width >= _ROOMY else _SHORT_SCALE)
    cells.put(scale, 1, column)
    column += scale.width
    column += cells.write(1, column, f" {high}  ", Role.LABEL)
    cells.write(1, column, share_words(name, values, cells.width - column), Role.TEXT)
    lines = min(_lines_of_map(cells.height), cells.height - _WORDS)
    if lines < 1:
        return _WORDS
    picture = drawn.cells(room, lines)
    cells.put(picture, _WORDS, 1)
    return _WORDS + picture.height
