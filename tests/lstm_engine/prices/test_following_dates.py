"""What comes after the last date."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_engine.prices.following_dates import following_dates
from lstm_engine.prices.table import PriceTable


@pytest.mark.parametrize(
    ("dates", "following"),
    [
        (["2024-01-03", "2024-01-04", "2024-01-05"], ["2024-01-08", "2024-01-09"]),
        (["2024-01-05", "2024-01-06", "2024-01-07"], ["2024-01-08", "2024-01-09"]),
        (["2024-01-05", "2024-01-12", "2024-01-19"], ["2024-01-26", "2024-02-02"]),
        (["2023-11-01", "2023-12-01", "2024-01-01"], ["2024-02-01", "2024-03-01"]),
        (["2023-11-30", "2023-12-31", "2024-01-31"], ["2024-02-29", "2024-03-31"]),
        (["2023-10-30", "2023-11-30", "2023-12-30"], ["2024-01-30", "2024-02-29"]),
        (["2023-06-30", "2023-09-30", "2023-12-31"], ["2024-03-31", "2024-06-30"]),
        (["2022-01-01", "2023-01-01", "2024-01-01"], ["2025-01-01", "2026-01-01"]),
        (["2024-01-01T10:00", "2024-01-01T11:00"], ["2024-01-01T12:00", "2024-01-01T13:00"]),
        (["2024-01-01"], ["2024-01-02", "2024-01-03"]),
    ],
)
def test_they_follow_as_those_before_did(dates: list[str], following: list[str]) -> None:
    kind = "datetime64[s]" if "T" in dates[0] else "datetime64[D]"
    table = PriceTable("t", ("A",), np.array(dates, kind), np.ones((len(dates), 1)), "", "wide")
    found = following_dates(table, 2)
    assert found.dtype == table.dates.dtype
    assert found.tolist() == np.array(following, kind).tolist()
