"""Where a sweep stands."""

from __future__ import annotations

from tests.support.sweeps import standing


def test_what_is_left_is_known_while_it_trains() -> None:
    assert standing().seconds_left == 800 * 400 / 250_000
    assert standing("paused").seconds_left is None
    assert standing(rate=0.0).seconds_left is None
