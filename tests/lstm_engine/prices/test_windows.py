"""Windows: what goes in, what is to be predicted, and back to prices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.errors import UserError
from lstm_engine.prices.windows import Target, windows
from tests.support.price_tables import price_tables, table_of_prices

TABLE = table_of_prices([[100, 10], [110, 20], [121, 30], [133.1, 40], [146.41, 50]])


def test_windows_of_prices_are_the_prices() -> None:
    found = windows(TABLE, 2, "price")
    assert len(found) == 6
    assert found.inputs().tolist() == [[100, 110], [10, 20], [110, 121], [20, 30], [121, 133.1], [30, 40]]
    assert found.targets().tolist() == [121, 30, 133.1, 40, 146.41, 50]
    assert found.target_day().tolist() == [2, 2, 3, 3, 4, 4]
    assert found.ticker().tolist() == [0, 1, 0, 1, 0, 1]
    assert found.latest().tolist() == [[133.1, 146.41], [40, 50]]


def test_windows_of_returns_have_one_day_less() -> None:
    found = windows(TABLE, 2, "return")
    assert found.target_day().tolist() == [3, 3, 4, 4]
    assert found.inputs()[0] == pytest.approx(np.log([1.1, 1.1]))
    assert found.inputs()[1] == pytest.approx(np.log([2, 1.5]))
    assert found.targets() == pytest.approx(np.log([1.1, 4 / 3, 1.1, 1.25]))


def test_some_windows_are_those_of_all() -> None:
    found = windows(TABLE, 2, "price")
    for chosen in (slice(1, 4), slice(None, None, -2), np.array([5, 0, 0]), slice(3, 3)):
        for figures in (found.inputs, found.targets, found.observed, found.before, found.ticker, found.target_day):
            assert figures(chosen).tolist() == figures()[chosen].tolist()


@given(price_tables(), st.integers(1, 5), st.sampled_from(["return", "price"]))
def test_a_right_prediction_is_the_price_that_came(table, length: int, target: Target) -> None:  # type: ignore[no-untyped-def]
    found = windows(table, length, target)
    assert found.in_prices(found.targets()) == pytest.approx(found.observed())
    assert (found.observed() == table.prices[found.first_day :].ravel()).all()
    assert (found.before() == table.prices[found.first_day - 1 : -1].ravel()).all()


@given(price_tables(), st.integers(1, 5), st.sampled_from(["return", "price"]), st.data())
def test_no_window_sees_its_target_day(table, length: int, target: Target, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    found = windows(table, length, target)
    number = data.draw(st.integers(0, len(found) - 1))
    day = int(found.target_day()[number])
    later = table.prices.copy()
    later[day:] *= 3
    changed = windows(table_of_prices(later), length, target)
    assert (changed.inputs()[number] == found.inputs()[number]).all()
    assert changed.before()[number] == found.before()[number]
    assert changed.observed()[number] == found.observed()[number] * 3


def test_long_windows_take_no_more_memory() -> None:
    found = windows(table_of_prices(np.ones((20_000, 50))), 10_000, "price")
    assert len(found) == 500_000
    assert found.series.nbytes == 8_000_000
    assert found.inputs(slice(0, 2)).shape == (2, 10_000)


@pytest.mark.parametrize(
    ("length", "target", "sentence"),
    [
        (0, "price", "window is 0: expected --window with 1 or more"),
        (4, "price", "prices.csv has 5 dates: expected 6 or more with --window 4 and --target price, or a shorter"),
        (3, "return", "prices.csv has 5 dates: expected 6 or more with --window 3 and --target return, or a shorter"),
    ],
)
def test_a_table_too_short_is_refused(length: int, target: Target, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        windows(TABLE, length, target)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("price", [0.0, -37.63])
def test_prices_without_a_logarithm_are_refused(price: float) -> None:
    table = table_of_prices([[1, 1], [1, 1], [1, price], [1, 1]])
    with pytest.raises(UserError, match=f"{price:g} of T1 on 2024-01-03 has no log return: expected prices above 0"):
        windows(table, 1, "return")
    assert len(windows(table, 1, "price")) == 6
