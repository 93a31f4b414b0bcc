"""The split by date: every window in one part, and nothing of the one after the other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lstm_engine.errors import UserError
from lstm_engine.prices.table import PriceTable
from lstm_engine.prices.time_split import time_split
from lstm_engine.prices.windows import Target, windows
from tests.support.price_tables import price_tables, table_of_prices


@pytest.mark.parametrize(("days", "held_out"), [(2148, 430), (144, 29), (309, 62), (100, 20)])
def test_the_last_fifth_is_held_out(days: int, held_out: int) -> None:
    found = windows(table_of_prices(np.ones((days, 2))), 12, "price")
    split = time_split(found)
    assert split.day == days - held_out
    assert split.cut == found.table.dates[-held_out]
    assert split.validation == slice(len(found) - 2 * held_out, len(found))
    assert split.training == slice(0, len(found) - 2 * held_out)


@given(price_tables(), st.integers(1, 4), st.sampled_from(["return", "price"]), st.floats(0.01, 0.99, allow_nan=False))
def test_each_target_day_is_in_one_part(table: PriceTable, length: int, target: Target, validate: float) -> None:
    found = windows(table, length, target)
    assume(len(table.dates) - max(1, round(validate * len(table.dates))) > found.first_day)
    split = time_split(found, validate)
    training, validation = set(found.target_day(split.training)), set(found.target_day(split.validation))
    assert training
    assert validation
    assert not training & validation
    assert training | validation == set(found.target_day())
    assert max(table.dates[day] for day in training) < split.cut <= min(table.dates[day] for day in validation)


@pytest.mark.parametrize("validate", [0, 1, -0.2, 1.5, float("nan")])
def test_what_is_no_share_is_refused(validate: float) -> None:
    found = windows(table_of_prices(np.ones((20, 1))), 3, "price")
    with pytest.raises(UserError, match=r"expected --validate with a share above 0 and below 1, such as 0\.2"):
        time_split(found, validate)


def test_a_part_without_a_window_is_refused() -> None:
    found = windows(table_of_prices(np.ones((20, 1))), 16, "price")
    with pytest.raises(UserError, match="20 dates, of which 4 are held out: with --window 16 no window is left"):
        time_split(found)
    assert time_split(found, 0.15).training == slice(0, 1)
