"""A comparison's table as lines of text: a run a line, and as many columns as fit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from lstm_engine.companies import printable
from tui.comparison import Column, Comparison
from tui.marks import mark
from tui.statuslines import Piece

_GAP = 2
_LONGEST_NAME = 20
#: The mark and the space after it.
_MARK = 2


def first_columns(columns: Sequence[Column], room: int) -> int:
    """The largest number of columns that can be passed over while the rest is seen."""
    from_the_right = accumulate(_width(column) + _GAP for column in reversed(columns))
    fitting = sum(width <= room for width in from_the_right)
    return max(len(columns) - max(fitting, 1), 0)


def room_for_columns(comparison: Comparison, width: int) -> int:
    """The cells that the names leave to the columns."""
    return width - 1 - _MARK - _name_width(comparison)


def table(
    comparison: Comparison, columns: Sequence[Column], first: int, width: int, *, ascii_text: bool
) -> list[Piece]:
    """The heading and a line a run, from column number `first` on; arrows tell of columns on either side."""
    name_width = _name_width(comparison)
    shown = columns[first : first + _fitting(columns[first:], room_for_columns(comparison, width))]
    more = first + len(shown) < len(columns)
    pieces: list[Piece] = [(" " * (1 + _MARK), ""), (("← " if first else "").ljust(name_width), "bold $accent")]
    pieces += [(" " * _GAP + _aligned(column, column.heading), "$quiet") for column in shown]
    if more:
        pieces.append((" →", "bold $accent"))
    for number, run in enumerate(comparison.runs):
        glyph, style = mark(number, ascii_text=ascii_text)
        pieces += [
            ("\n ", ""),
            (glyph, style),
            (f" {_cut(printable(run.name), name_width)}".ljust(name_width + 1), style),
        ]
        pieces += [(" " * _GAP + _aligned(column, column.texts[number]), "") for column in shown]
    return pieces


def _fitting(columns: Sequence[Column], room: int) -> int:
    """How many of the leading columns fit; one at least, and with an arrow behind them where there are more."""
    widths = list(accumulate(_width(column) + _GAP for column in columns))
    if not widths or widths[-1] <= room:
        return len(widths)
    return max(sum(width + _GAP <= room for width in widths), 1)


def _name_width(comparison: Comparison) -> int:
    return min(max((len(run.name) for run in comparison.runs), default=0), _LONGEST_NAME)


def _width(column: Column) -> int:
    return max(len(text) for text in (column.heading, *column.texts))


def _aligned(column: Column, text: str) -> str:
    return text.rjust(_width(column)) if column.is_number else text.ljust(_width(column))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"
