"""How many charts there is room for, and which of them are on screen. Pure."""

from __future__ import annotations

from dataclasses import dataclass

#: The smallest chart that says something, its frame included: columns and rows.
LEAST_WIDTH, LEAST_HEIGHT = 38, 8
#: How much wider than high a chart looks best, in cells.
_SHAPE = 4.0


@dataclass(frozen=True)
class Grid:
    """columns, rows: of charts on a page. first: the number of the first chart on it. shown: how many it has.

    page, pages: the number of this one, from 0, and of all.
    """

    columns: int
    rows: int
    first: int
    shown: int
    page: int
    pages: int


def grid(width: int, height: int, count: int, chosen: int) -> Grid:
    """The page with the chosen one of `count` charts, in so much room: as many of them as are large enough."""
    most_columns, most_rows = max(width // LEAST_WIDTH, 1), max(height // LEAST_HEIGHT, 1)
    columns, rows = min(
        ((across, min(-(-max(count, 1) // across), most_rows)) for across in range(1, most_columns + 1)),
        key=lambda size: (-min(size[0] * size[1], count), abs(width / size[0] / (height / size[1]) - _SHAPE)),
    )
    a_page = columns * rows
    pages = max(-(-count // a_page), 1)
    page = min(chosen // a_page, pages - 1)
    first = page * a_page
    return Grid(columns, rows, first, min(a_page, count - first), page, pages)
