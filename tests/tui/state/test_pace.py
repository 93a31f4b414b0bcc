"""How fast training goes."""

from __future__ import annotations

from tui.state.pace import ENOUGH, Pace


def test_the_warm_up_does_not_count() -> None:
    pace = Pace().after(1, 30.0)
    assert pace.per_second is None
    pace = pace.after(400, 1.0)
    assert pace.per_second == 400
    assert pace.seconds_left(800) == 2


def test_a_speed_is_told_only_when_enough_was_measured() -> None:
    assert Pace(warm=True).after(1, ENOUGH / 2).per_second is None


def test_the_pace_forgets_what_is_long_ago() -> None:
    pace = Pace(warm=True)
    for _ in range(10):
        pace = pace.after(100, 1.0)
    for _ in range(10):
        pace = pace.after(500, 1.0)
    assert pace.per_second == 500
