"""Numbers and dates as people write them."""

from __future__ import annotations

import pytest

from lstm_engine.data.numerals import is_date, is_number, numeral


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0.25", 0.25),
        ("-1e-3", -0.001),
        ("+2", 2.0),
        ("\u22120.5", -0.5),
        ("\u22121e\u22123", -0.001),
        ("43\u00a0000.12", 43000.12),
        ("1\u202f234\u2009567", 1234567.0),
        ("-42 999", -42999.0),
    ],
)
def test_a_number_is_read(cell: str, value: float) -> None:
    assert is_number(cell)
    assert numeral(cell) == value


@pytest.mark.parametrize(
    "cell", ["4 2", "1 2345", "12 34", "1\u00a00000", "0.1 234", "1,000", "1_000", "--1", "−", "٣"]
)
def test_what_is_no_number_as_people_write_them(cell: str) -> None:
    assert not is_number(cell)
    with pytest.raises(ValueError, match=r"is not a number: expected one such as 0\.25"):
        numeral(cell)


@pytest.mark.parametrize(
    "cell",
    [
        *("2007-10-01", "2007/10/1", "2007-10", "2024-01-05 00:00:00", "2024-01-05T00:00:00+00:00"),
        *(
            "5.1.2024",
            "01/05/24",
            "20240105",
            "20240105 170000",
            "Jan 5, 2024",
            "5-Jan-24",
            "5 January 2024",
            "Sept. 2024",
            "Jan-2024",
        ),
    ],
)
def test_a_date_is_told(cell: str) -> None:
    assert is_date(cell)


@pytest.mark.parametrize("cell", ["A", "0.25", "12", "2019", "3M", "May", "1-2", "99999999", "Marvel 2024", "B-52"])
def test_a_name_or_number_is_no_date(cell: str) -> None:
    assert not is_date(cell)
