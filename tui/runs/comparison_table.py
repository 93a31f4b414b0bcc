"""A comparison's table as text: a line a run, and the columns on as many pages as the width asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lstm_engine.text import printable
from tui.runs.comparison import Column, Comparison
from tui.runs.marks import mark
from tui.text.pieces import Piece
from tui.text.widths import cut, flush_left, flush_right, width

_GAP = 2
_LONGEST_NAME = 20
#: The mark before a name, and the space after it.
_MARK = 2

#: Columns that stand side by side.
Page = list[Column]


def pages(comparison: Comparison, settings: Sequence[Column], outcome: Sequence[Column], room: int) -> list[Page]:
    """All columns on one page where they fit, or else settings and outcome on pages of their own."""
    room -= 1 + _MARK + _name_width(comparison)
    together = _filled([*settings, *outcome], room)
    return together if len(together) == 1 else [*_filled(settings, room), *_filled(outcome, room)]


def _filled(columns: Iterable[Column], room: int) -> list[Page]:
    """Pages that hold as much as they can, one column at least."""
    filled: list[Page] = []
    used = 0
    for column in columns:
        used += _GAP + _width(column)
        if used > room or not filled:
            filled.append([])
            used = _GAP + _width(column)
        filled[-1].append(column)
    return filled


def comparison_table(
    comparison: Comparison, page: Page, corner: str, chosen: int | None = None, *, ascii_text: bool
) -> list[Piece]:
    """A page: its headings, and a line a run. corner: what stands over the names. chosen: the number of that run."""
    name_width = _name_width(comparison)
    pieces: list[Piece] = [(flush_left(f" {corner}", 1 + _MARK + name_width), "bold $accent")]
    pieces += [(" " * _GAP + _aligned(column, column.heading), "$quiet") for column in page]
    for number, run in enumerate(comparison.runs):
        glyph, style = mark(number, ascii_text=ascii_text)
        name = cut(printable(run.name), name_width)
        pieces += [("\n ", ""), (f"{glyph} ", style)]
        pieces += [(flush_left(name, name_width), f"{style} reverse" if number == chosen else style)]
        pieces += [(" " * _GAP + _aligned(column, column.texts[number]), "") for column in page]
    return pieces


def _name_width(comparison: Comparison) -> int:
    return min(max((width(printable(run.name)) for run in comparison.runs), default=0), _LONGEST_NAME)


def _width(column: Column) -> int:
    return max(width(text) for text in (column.heading, *column.texts))


def _aligned(column: Column, text: str) -> str:
    return (flush_right if column.is_number else flush_left)(text, _width(column))
