"""How many charts stand on a page, and which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.board.view.grid import LEAST_HEIGHT, LEAST_WIDTH, grid


@given(st.integers(1, 250), st.integers(1, 80), st.integers(0, 60), st.integers(0, 60))
def test_the_chosen_chart_is_on_the_page_and_every_chart_on_some(
    width: int, height: int, count: int, chosen: int
) -> None:
    chosen = min(chosen, max(count - 1, 0))
    page = grid(width, height, count, chosen)
    assert page.shown <= page.columns * page.rows
    assert count == 0 or page.first <= chosen < page.first + page.shown
    assert (page.pages - 1) * page.columns * page.rows < max(count, 1) <= page.pages * page.columns * page.rows
    assert page.columns == 1 or width // page.columns >= LEAST_WIDTH
    assert page.rows == 1 or height // page.rows >= LEAST_HEIGHT


@pytest.mark.parametrize(
    ("size", "count", "expected"),
    [
        ((160, 43), 1, (1, 1)),
        ((160, 43), 12, (3, 4)),
        ((80, 19), 4, (2, 2)),
        ((60, 15), 4, (1, 1)),
    ],
)
def test_no_more_charts_than_there_is_room_for(size: tuple[int, int], count: int, expected: tuple[int, int]) -> None:
    page = grid(*size, count, 0)
    assert (page.columns, page.rows) == expected
