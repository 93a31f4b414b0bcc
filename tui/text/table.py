"""A table as lines of plain text."""

from __future__ import annotations

from collections.abc import Sequence

from tui.text.widths import flush_left, flush_right, width


def table(rows: Sequence[Sequence[str]], left: int = 1) -> list[str]:
    """Rows as lines: the first `left` columns aligned left, the others right."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    aligned = (
        [(flush_left if index < left else flush_right)(cell, room) for index, (cell, room) in enumerate(cells)]
        for cells in (zip(row, widths, strict=True) for row in rows)
    )
    return ["  ".join(cells).rstrip() for cells in aligned]
