"""Tables and figures as plain text."""

from __future__ import annotations

from tui.text.numbers import figure
from tui.text.table import table


def test_figures_and_tables() -> None:
    assert [figure(value) for value in (0.43421, -0.00001, -1.0, None)] == ["0.4342", "0.0000", "-1.0000", "nan"]
    assert table([("name", "x"), ("A", "-1.0")]) == ["name     x", "A     -1.0"]
