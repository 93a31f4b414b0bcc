"""Which panels a screen has room for."""

from __future__ import annotations

import pytest

from tui.view.layout import CELL, DATA, LOG, LOSS, PARAMETERS, PREDICTIONS, View, arrange


def test_a_large_screen_shows_all_panels() -> None:
    shown = arrange(View(log=True), (160, 48), 2, 12, failed=False)
    assert shown.mode == "board"
    assert set(shown.panels) == {LOSS, "company-0", "company-1", PARAMETERS, PREDICTIONS, DATA, LOG}


def test_what_has_no_room_below_the_tables_is_left_out() -> None:
    assert DATA not in arrange(View(), (120, 34), 2, 16, failed=False).panels


def test_one_company_has_one_chart() -> None:
    assert arrange(View(cell=True), (160, 48), 2, 12, failed=False).panels[-3:] == (PREDICTIONS, DATA, CELL)
    assert arrange(View(cell=True), (120, 34), 2, 12, failed=False).panels[-2:] == (PARAMETERS, CELL)
    assert "company-1" not in arrange(View(), (160, 48), 1, 12, failed=False).panels


@pytest.mark.parametrize("size", [(59, 40), (100, 19)])
def test_a_tiny_screen_shows_nothing(size: tuple[int, int]) -> None:
    assert arrange(View(), size, 2, 12, failed=False).mode == "too small"


def test_a_third_company_takes_the_place_of_the_one_chosen_longest_ago() -> None:
    assert View().choosing(5).companies == (1, 5)
    assert View().choosing(5).choosing(7).companies == (5, 7)
    assert View().choosing(1).companies == (0, 1)
