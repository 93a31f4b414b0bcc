"""What goes, and what stays, where there is no room for all."""

from __future__ import annotations

from itertools import pairwise

from lstm_engine.weight_history.budget import within_budget


def test_of_the_others_every_second_one_goes() -> None:
    kept = within_budget(list(range(1, 12)), 6, full=10, half=5, budget=110)
    assert kept == ([1, 6, 11], [3, 5, 8, 10])


def test_as_often_as_it_takes_and_half_of_the_room_is_free_then() -> None:
    full, half = within_budget(list(range(1, 1001)), None, full=10, half=5, budget=1000)
    assert full == [1, 1000]
    assert len(full) * 10 + len(half) * 5 <= 500
    assert len(half) >= 48
    assert {later - earlier for earlier, later in pairwise(half)} == {16}


def test_the_last_goes_last() -> None:
    epochs = list(range(1, 10))
    assert within_budget(epochs, 4, full=10, half=5, budget=25) == ([4, 9], [])
    assert within_budget(epochs, 4, full=10, half=5, budget=19) == ([9], [])
    assert within_budget(epochs, 9, full=10, half=5, budget=10) == ([9], [])
    assert within_budget(epochs, 4, full=10, half=5, budget=9) == ([9], [])
    assert within_budget([], None, full=10, half=5) == ([], [])
