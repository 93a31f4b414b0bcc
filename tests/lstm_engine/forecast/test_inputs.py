"""What a run is made from comes back from its folder, bit for bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import PRICES, SETTINGS, inputs_of, read_inputs, write_inputs
from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.prices.table import PriceTable
from tests.support.price_runs import small_inputs, weekdays


def test_they_come_back(tmp_path: Path) -> None:
    inputs = small_inputs(scale="minmax", target="price", clip=0.5)
    write_inputs(tmp_path, inputs)
    found = read_inputs(tmp_path)
    assert found.settings == inputs.settings
    one, other = found.table, inputs.table
    assert (one.source, one.tickers, one.column, one.shape) == (other.source, other.tickers, "Close", "wide")
    assert one.dates.tolist() == other.dates.tolist()
    assert one.prices.tobytes() == other.prices.tobytes()
    assert found.split == inputs.split
    assert found.scaling.factor.tobytes() == inputs.scaling.factor.tobytes()


def test_dates_with_times_and_strange_names_come_back(tmp_path: Path) -> None:
    dates = np.datetime64("2024-01-01T09:00:00") + np.arange(60) * np.timedelta64(900, "s")
    table = PriceTable("ü “x”", ("Ж", "a b"), dates, np.ones((60, 2)), "", "long")
    write_inputs(tmp_path, inputs_of(ForecastSettings(window=3), table))
    found = read_inputs(tmp_path).table
    assert (found.source, found.tickers, found.dates.dtype) == ("ü “x”", ("Ж", "a b"), dates.dtype)


def test_a_table_that_is_too_short_is_said() -> None:
    with pytest.raises(UserError, match="has 20 dates: expected 33 or more"):
        inputs_of(ForecastSettings(), weekdays(20))


@pytest.mark.parametrize("name", [PRICES, SETTINGS])
@pytest.mark.parametrize("content", [None, b"", b"PK\x05\x06" + bytes(18), b'{"window": "x"}', b"PK\x03\x04 damaged"])
def test_what_is_missing_or_damaged_is_said(name: str, content: bytes | None, tmp_path: Path) -> None:
    write_inputs(tmp_path, small_inputs())
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=r"expected settings\.json and prices\.npz"):
        read_inputs(tmp_path)


def test_no_pickle_is_ever_read(tmp_path: Path) -> None:
    write_inputs(tmp_path, small_inputs())
    with np.load(tmp_path / PRICES) as arrays:
        whole = dict(arrays)
    np.savez(tmp_path / PRICES, **{**whole, "tickers": np.array([{}, {}], object)})
    with pytest.raises(UserError, match="is damaged"):
        read_inputs(tmp_path)


@pytest.mark.parametrize(
    "changed",
    [{"prices": np.full((60, 2), np.nan)}, {"dates": np.arange(60)}, {"about": np.array(["a", "b", "c"])}],
)
def test_arrays_that_are_no_prices_are_said(changed: dict[str, np.ndarray], tmp_path: Path) -> None:
    write_inputs(tmp_path, small_inputs())
    with np.load(tmp_path / PRICES) as arrays:
        whole = dict(arrays)
    np.savez(tmp_path / PRICES, **{**whole, **changed})
    with pytest.raises(UserError, match="is damaged"):
        read_inputs(tmp_path)
