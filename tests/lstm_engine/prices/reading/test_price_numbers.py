"""Prices as people write them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.prices.reading.price_numbers import CellError, DecimalMark, is_missing, is_price, price_numbers


@pytest.mark.parametrize(
    ("cell", "mark", "price"),
    [
        ("181.25", ".", 181.25),
        ("-37.63", ".", -37.63),
        ("1e-40", ".", 1e-40),
        (".5", ".", 0.5),
        (" 5 ", ".", 5),
        ("\u22125", ".", -5),
        ("$1,234.50", ".", 1234.5),
        ("1,234,567", ".", 1234567),
        ("1 234.5", ".", 1234.5),
        ("1'234.5", ".", 1234.5),
        ("12,34,567", ".", 1234567),
        ("1,23,456.5", ".", 123456.5),
        ("12 €", ".", 12),
        ("101,25", ",", 101.25),
        ("1.234,5", ",", 1234.5),
        ("1.234", ",", 1234),
        ("1 234,5", ",", 1234.5),
        ("1\u202f234\u00a0567,5 €", ",", 1234567.5),
        ("1’234,5", ",", 1234.5),
        ("\u22120,5", ",", -0.5),
        ("-0,5", ",", -0.5),
        ("1,5e3", ",", 1500),
        ("7", ",", 7),
    ],
)
def test_a_price(cell: str, mark: DecimalMark, price: float) -> None:
    assert price_numbers([cell, "1"], mark).tolist() == [price, 1]
    assert is_price(cell, mark)


@pytest.mark.parametrize("cell", ["", " ", "null", "NaN", "nan", "N/A", "#N/A", "None", "-", "."])
@pytest.mark.parametrize("mark", [".", ","])
def test_a_missing_price(cell: str, mark: DecimalMark) -> None:
    assert np.isnan(price_numbers(["1", cell], mark)).tolist() == [False, True]
    assert is_missing(cell)
    assert not is_price(cell, mark)


@pytest.mark.parametrize(
    ("cell", "mark", "sentence"),
    [
        ("two", ".", "'two' is not a number: expected one such as 0.25"),
        ("101,25", ".", "'101,25' is not a number"),
        ("1,234", ".", "'1,234' may be 1234 or 1.234: expected a number without a comma"),
        ("1_0", ".", "'1_0' is not a number"),
        ("١", ".", "'١' is not a number"),
        ("inf", ".", "'inf' is not finite"),
        ("1e39", ".", "'1e39' is too large"),
        ("2024-01-05", ".", "'2024-01-05' is a date: expected a number"),
        ("1.5", ",", "'1.5' is not a number with a decimal comma, as others of the file: expected one such as 102,5"),
        ("two", ",", "'two' is not a number: expected one such as 102,5"),
    ],
)
def test_what_is_no_price_is_told_with_its_place(cell: str, mark: DecimalMark, sentence: str) -> None:
    with pytest.raises(CellError) as caught:
        price_numbers(["1", "", cell], mark)
    assert caught.value.index == 2
    assert str(caught.value).startswith(sentence)
    assert not is_price(cell, mark)


@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False)))
def test_numbers_come_back_as_they_were_written(values: list[float]) -> None:
    assert price_numbers([repr(value) for value in values], ".").tolist() == values
    assert price_numbers([*map(repr, values), ""], ".")[:-1].tolist() == values
    commas = [repr(value).replace(".", ",") for value in values]
    assert price_numbers(commas, ",").tolist() == values
