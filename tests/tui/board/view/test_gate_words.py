"""What gates do, in words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.board.view.gate_words import gate_words, range_words, share_words


def gates(swing: float, days: int = 30, units: int = 32) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Units that lie between 0.4 and 0.7, and swing by so much over the days."""
    middles = np.linspace(0.4, 0.7, units)
    return middles + swing * np.sin(np.arange(days))[:, None]


@pytest.mark.parametrize(
    ("swing", "words"),
    [
        (0.0, "forget: 32 units, 0.40–0.70, hardly react to the days"),
        (0.02, "forget: 32 units, 0.38–0.72, hardly react to the days"),
        (0.06, "forget: 32 units, 0.34–0.76, react a little to the days"),
        (0.3, "forget: 32 units, 0.10–1.00, react to the days"),
    ],
)
def test_it_says_how_much_they_react_to_the_days(swing: float, words: str) -> None:
    assert gate_words("forget", gates(swing), 80) == words


def test_in_less_room_it_says_less() -> None:
    assert gate_words("forget", gates(0.0), 45) == "forget: 0.40–0.70, hardly react to the days"
    assert gate_words("forget", gates(0.0), 38) == "forget: 0.40–0.70, hardly react"
    assert gate_words("forget", gates(0.0), 20) == "forget: 0.40–0.70"


@given(st.integers(1, 80), st.floats(0, 0.5), st.integers(1, 3))
def test_it_fits(room: int, swing: float, days: int) -> None:
    assert len(gate_words("candidate", gates(swing, days), room)) <= room


def test_of_one_day_or_of_what_is_no_number_nothing_is_said_to_react() -> None:
    assert gate_words("input", gates(0.0, days=1), 80) == "input: 32 units, 0.40–0.70"
    assert gate_words("input", np.full((3, 2), np.nan), 80) == "input: 2 units, not finite"


def test_a_range_with_signs_is_written_out() -> None:
    assert range_words(np.array([[-0.931, 0.98]])) == "−0.93 to 0.98"


def test_how_many_are_open_and_shut() -> None:
    values = np.array([[0.95, 0.05, 0.5, 0.92]])
    assert share_words("forget", values, 40) == "open 50%, shut 25%"
    assert share_words("forget", values, 10) == "open 50%"
    assert share_words("candidate", -values, 40) == "beyond ±0.9 50%, within ±0.1 25%"
    assert share_words("forget", np.full((1, 1), np.nan), 40) == ""
