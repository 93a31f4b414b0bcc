"""The cursor of a sweep's screen."""

from __future__ import annotations

from tests.support.sweeps import SETTINGS
from tui.sweep.chosen_members import ALL
from tui.sweep.place import Place


def test_the_rows_go_round() -> None:
    place = Place()
    seen = [place := place.moved(SETTINGS, 1, 9) for _ in range(5)]
    assert [place.chosen for place in seen] == [0, 1, 2, 3, ALL]
    assert Place().turned(SETTINGS, -1) == Place(3)


def test_the_bins_have_two_ends() -> None:
    place = Place().switched()
    assert place.moved(SETTINGS, -1, 3).bin_ == 0
    assert place.moved(SETTINGS, 1, 3).moved(SETTINGS, 5, 3).bin_ == 2
    assert place.moved(SETTINGS, 1, 0).bin_ == 0
    assert place.switched() == Place()


def test_where_bins_have_gone_it_is_on_the_last() -> None:
    place = Place(is_on_losses=True, bin_=7)
    assert (place.within(5), place.within(0)) == (4, 0)
    assert place.moved(SETTINGS, -1, 5).bin_ == 3
