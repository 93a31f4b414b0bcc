"""Raw prices where scaled values are expected."""

from __future__ import annotations

import pytest

from lstm_engine.data.companies import WALK_THROUGH, Companies
from lstm_engine.data.csv_rows import Row
from lstm_engine.data.raw_companies import raw_companies
from lstm_engine.errors import UserError

PRICES = Companies("p", ("A", "B"), ((27.0, 28.0), (574.0, 580.0)), (29.0, 590.5))
DAYS = Row(1, "", ["ticker", "d1", "d2", "d3"])
DATES = Row(1, "", ["ticker", "2024-01-05", "2024-01-08", "2024-01-09"])


def test_prices_are_warned_of() -> None:
    note = raw_companies(PRICES, DAYS, "p", is_sure=False)
    assert note.startswith("p looks like raw prices, such as 590.5 of B")
    assert raw_companies(PRICES, DATES, "p", is_sure=True) == note


@pytest.mark.parametrize("header", [DATES, Row(1, "", ["ticker", "2019", "2020", "2021"])])
def test_prices_under_dates_are_refused(header: Row) -> None:
    with pytest.raises(UserError, match=r"p, line 1 looks turned round: its columns are dates .*: expected"):
        raw_companies(PRICES, header, "p", is_sure=False)


def test_scaled_values_are_none() -> None:
    z_scored = Companies("p", ("A",), ((-1.5, 2.5, 1.1, 1.2),), (1.3,))
    for companies in (WALK_THROUGH, z_scored):
        assert raw_companies(companies, DATES, "p", is_sure=False) == ""
