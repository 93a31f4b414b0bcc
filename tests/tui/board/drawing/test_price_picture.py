"""A ticker's prices by date, as characters."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import ArrayLike

from tui.board.drawing.price_picture import AHEAD, HELD_OUT, OBSERVED, PREDICTED, price_picture
from tui.board.drawing.price_plot import PricePlot
from tui.drawing.cells import Cells, Role
from tui.options import Marker

DAYS, OUT = 100, 40


def plot(predicted: ArrayLike = 1.0, ahead: ArrayLike = (20.0, 21.0, 22.0), first: int = 20) -> PricePlot:
    """Prices from 10 to 20; predicted ones are so many times as high."""
    observed = np.linspace(10, 20, DAYS)
    after = np.array(ahead, np.float64)
    dates = np.datetime64("2024-01-01", "D") + np.arange(DAYS + len(after))
    return PricePlot(dates, observed, observed[-OUT:] * np.asarray(predicted), after, first)


def text(cells: Cells) -> str:
    return "\n".join(cells.text(row) for row in range(cells.height))


def columns_of(cells: Cells, role: int) -> list[int]:
    found: list[int] = np.flatnonzero((cells.roles == role).any(axis=0)).tolist()
    return found


@pytest.mark.parametrize("marker", ["braille", "block", "ascii"])
def test_what_was_held_out_and_what_comes_are_set_apart_and_named(marker: Marker) -> None:
    cells = price_picture(plot(1.1), 78, 16, marker)
    cut, today = columns_of(cells, Role.RESUME)
    assert HELD_OUT in text(cells)
    assert "ahead" in text(cells)
    assert min(columns_of(cells, Role.SERIES + PREDICTED)) in (cut, cut + 1)
    assert max(columns_of(cells, Role.SERIES + PREDICTED)) <= today
    assert min(columns_of(cells, Role.SERIES + OBSERVED)) < cut
    assert set(columns_of(cells, Role.SERIES + AHEAD)) <= set(range(today - 1, 78))
    if marker == "ascii":
        assert text(cells).isascii()


def test_dates_stand_below_and_the_last_one_ahead_at_the_end() -> None:
    lines = text(price_picture(plot(), 78, 16, "braille")).splitlines()
    assert "2024-03" in lines[-1]
    assert lines[-1].rstrip().endswith("2024-04-12")


@pytest.mark.parametrize("days", [1, 2, 5, 30])
def test_days_ahead_can_be_seen_however_few_they_are(days: int) -> None:
    cells = price_picture(plot(ahead=np.full(days, 15.0), first=0), 60, 12, "braille")
    place = columns_of(cells, Role.SERIES + AHEAD)
    assert len(place) >= 5
    assert cells.glyphs[:, place[-1]].tolist().count("▲") == 1


def test_what_is_not_finite_is_a_gap() -> None:
    nothing = price_picture(plot(np.nan, (np.nan, np.inf)), 60, 12, "braille")
    assert columns_of(nothing, Role.SERIES + PREDICTED) == []
    assert columns_of(nothing, Role.SERIES + OBSERVED)


def test_the_axis_has_room_for_everything_in_sight_and_nothing_else() -> None:
    assert "200" in text(price_picture(plot(10.0), 60, 12, "braille"))
    assert "30┤" not in text(price_picture(plot(), 60, 12, "braille"))


@pytest.mark.parametrize(("width", "height"), [(78, 4), (23, 10), (20, 4), (200, 60)])
def test_it_is_as_large_as_it_was_asked_for(width: int, height: int) -> None:
    cells = price_picture(plot(), width, height, "braille")
    assert (cells.width, cells.height) == (width, height)
    assert columns_of(cells, Role.SERIES + OBSERVED)


def test_the_part_in_sight_may_be_shorter_than_what_is_held_out() -> None:
    cells = price_picture(plot(1.1, first=80), 60, 12, "braille")
    assert HELD_OUT not in text(cells)
    assert columns_of(cells, Role.SERIES + PREDICTED)
