"""The maps of gates under a heading: units by time steps, each with its words and its scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_engine.text import printable
from tui.board.drawing.gate_map import GateMap, gate_map
from tui.board.view.gate_words import gate_words, share_words, signed
from tui.drawing.cells import Cells, Role
from tui.text.numbers import counted
from tui.text.pieces import fitted

Values = NDArray[np.float64]

#: Lines above the maps, where there is room for both; lines of words over each map.
_HEADING, _WORDS = 2, 2
#: Lines from which on an empty one sets a map apart from the next; columns between two maps.
_SPACIOUS, _GAP = 8, 2
#: Lines that a map has at least where one of them is for a curve, and units are shown as one.
_WITH_CURVE = 5
#: Cells of the scale beside its ends: where there is room, and where there is not.
_SCALE, _SHORT_SCALE, _ROOMY = 16, 8, 50


@dataclass(frozen=True)
class GatesWords:
    """facts: the first line, the most important first. before, behind: of the second, around how to read the maps.

    curve: by a gate's name and the cells that there are, a line between its words and its map; empty for none.
    """

    facts: Sequence[str]
    before: Sequence[str] = ()
    behind: Sequence[str] = ()
    curve: Callable[[str, int], str] = lambda _, __: ""


def gates_picture(
    gates: Mapping[str, Values],
    words: GatesWords,
    width: int,
    height: int,
    *,
    deviates: bool,
    has_colour: bool,
    ascii_text: bool,
    unit: int | None = None,
) -> Cells:
    """All maps in one column, or in two where that shows more of them.

    gates: by name, shape (time steps, units). deviates: from each unit's own mean. unit: the one that is marked.
    """
    cells = Cells.blank(width, height)
    looks = {"deviates": deviates, "has_colour": has_colour, "ascii_text": ascii_text}
    maps = {name: gate_map(values, **looks) for name, values in gates.items()}
    heading = _HEADING if height > 10 else 1
    cells.write(0, 1, fitted(words.facts, width - 1), Role.TEXT)
    if not maps:
        return cells
    room, first = height - heading, next(iter(maps.values()))
    columns = min((1, 2), key=lambda count: math.prod(_merged(first, *_sizes(len(maps), count, width, room))))
    across, down = _sizes(len(maps), columns, width, room)
    if heading > 1:
        about = [*words.before, *_how_to_read(_merged(first, across, down), deviates=deviates), *words.behind]
        cells.write(1, 1, fitted(about, width - 1), Role.LABEL)
    names, top = list(maps), heading
    for begin in range(0, len(names), columns):
        used = 0
        for place, name in enumerate(names[begin : begin + columns]):
            if top < height:
                part = cells.part(top, place * (across + _GAP), across, min(down, height - top))
                curve = words.curve(name, across - 1)
                used = max(used, _write_map(part, name, gates[name], maps[name], curve, unit))
        top += min(used + (down >= _SPACIOUS), down)
    return cells


def _how_to_read(merged: Sequence[int], *, deviates: bool) -> list[str]:
    """merged: units and steps in a cell."""
    facts = ["deviation from each unit's own mean"] * deviates
    parts = [counted(count, what) for count, what in zip(merged, ("unit", "step"), strict=True) if count > 1]
    return [*facts, *[f"a cell is a mean of {' by '.join(parts)}"] * bool(parts), "most open units above"]


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


def _write_map(cells: Cells, name: str, values: Values, drawn: GateMap, curve: str, unit: int | None) -> int:
    """A gate's words, its scale, its curve and its map; how many lines that took."""
    room, top = cells.width - 1, _WORDS
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
    whole = -(-len(drawn.values) // drawn.units_a_row)
    if curve and lines > min(whole, _WITH_CURVE):
        cells.write(top, 1, curve, Role.TEXT)
        top, lines = top + 1, lines - 1
    if lines < 1:
        return top
    picture = drawn.cells(room, lines)
    cells.put(picture, top, 1)
    if unit is not None:
        cells.write(top + drawn.line_of(unit, lines), 0, ">" if drawn.ascii_text else "›", Role.TEXT)
    return top + picture.height
