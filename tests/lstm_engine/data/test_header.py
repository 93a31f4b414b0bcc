"""The header row: which are headers, and which tell a table of another shape."""

from __future__ import annotations

import pytest

from lstm_engine.data.header import header_problem, heads_days, names_problem


@pytest.mark.parametrize(
    "header",
    [
        "company,day 1,next",
        "ticker,2019,2020",
        ",0,1,2",
        "x,2019,2020,2021",
        "Symbol,5,10",
        "A,2024-01-05,2024-01-06",
        "open,low,next",
    ],
)
def test_a_header(header: str) -> None:
    assert header_problem(header.split(",")) is None


@pytest.mark.parametrize("header", ["A,0,1", "A,1,2,3", ",1,0", "A,0.5,1", "company,0.5,0.25", "x,2020,2019"])
def test_a_first_row_that_may_be_data(header: str) -> None:
    assert "holds numbers: expected a header row" in (header_problem(header.split(",")) or "")


def test_a_table_of_one_companys_prices_is_told_by_its_columns() -> None:
    assert "a row a day (OPEN, Close, volume)" in (header_problem(["", "OPEN", "Close", "volume"]) or "")


def test_a_column_of_dates_tells_a_table_turned_round() -> None:
    assert "its rows are dates (2024-01-05)" in (names_problem(["2024-01-05", "2024-01-06"]) or "")
    assert names_problem(["2024-01-05", "A"]) is None
    assert names_problem([]) is None


@pytest.mark.parametrize(
    ("cells", "heads"),
    [
        ("2024-01-05,2024-01-08", True),
        ("2019,2020,2021", True),
        ("2020,2019", False),
        ("d1,d2", False),
        ("2024-01-05", False),
        ("2019,", False),
        ("1,2", False),
    ],
)
def test_dates_and_years_head_days(cells: str, heads: bool) -> None:
    assert heads_days(cells.split(",")) == heads
