"""What the tables of the dashboard show."""

from __future__ import annotations

from tui.widgets.steady_table import SteadyTable


def row(table: SteadyTable, key: str) -> list[str]:
    """The texts of a row, without those of columns that are not shown."""
    table._measure()
    cells = zip(table.get_row(key), table._widths, strict=True)
    return [str(cell).strip() for cell, width in cells if width]
