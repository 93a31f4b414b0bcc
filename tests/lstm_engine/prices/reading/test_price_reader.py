"""The reader of prices: every shape that people have comes out as a table, and everything else is one sentence."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lstm_engine.data.companies import Companies
from lstm_engine.errors import UserError
from lstm_engine.prices.reading.price_reader import read_prices
from lstm_engine.prices.reading.reading_options import ReadingOptions
from lstm_engine.prices.table import PriceTable
from tests.support.bad_prices import BAD_PRICES
from tests.support.price_files import COMPANIES, DATES, OHLCV, ONE_TICKER, PRICES, TICKERS, TWO_TICKERS


def read(folder: Path, content: str | bytes, **options: str) -> PriceTable:
    return table_of(read_prices(written(folder, content), ReadingOptions(**options)).data)  # type: ignore[arg-type]


def written(folder: Path, content: str | bytes, name: str = "AAPL.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def table_of(data: PriceTable | Companies) -> PriceTable:
    assert isinstance(data, PriceTable)
    return data


def refusal(folder: Path, content: str | bytes, **options: str) -> str:
    with pytest.raises(UserError) as caught:
        read(folder, content, **options)
    return str(caught.value)


@pytest.mark.parametrize("content", TWO_TICKERS.values(), ids=TWO_TICKERS.keys())
def test_two_tickers_in_every_shape_are_the_same_table(content: str | bytes, tmp_path: Path) -> None:
    table = read(tmp_path, content)
    assert table.tickers == TICKERS
    assert [str(date) for date in table.dates] == DATES
    assert table.prices.tolist() == PRICES


@pytest.mark.parametrize("content", ONE_TICKER.values(), ids=ONE_TICKER.keys())
def test_one_ticker_in_every_shape_is_the_same_table(content: str | bytes, tmp_path: Path) -> None:
    table = read(tmp_path, content)
    assert table.tickers == ("AAPL",)
    assert [str(date) for date in table.dates] == DATES
    assert table.prices[:, 0].tolist() == [first for first, _ in PRICES]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("long", "AAPL.csv: long, 2 tickers, 3 days from 2024-01-12 to 2024-01-15, column price"),
        ("wide", "AAPL.csv: wide, 2 tickers, 3 days from 2024-01-12 to 2024-01-15"),
        ("yfinance, two tickers", "AAPL.csv: wide, 2 tickers, 3 days from 2024-01-12 to 2024-01-15, column Close"),
    ],
)
def test_what_was_understood_is_one_line(name: str, sentence: str, tmp_path: Path) -> None:
    assert str(read(tmp_path, TWO_TICKERS[name])) == sentence


def test_times_in_a_column_of_their_own_are_part_of_the_dates(tmp_path: Path) -> None:
    table = read(tmp_path, "Date,Time,Close\n2024-01-12,16:00,2\n2024-01-12,09:30,1\n2024-01-13,09:30,3\n")
    assert str(table).startswith("AAPL.csv: ohlcv, 1 ticker, 3 times from 2024-01-12 09:30 to 2024-01-13 09:30")
    assert table.prices.tolist() == [[1], [2], [3]]
    long = (
        "Time,Ticker,Date,Price\n160000,A,20240112,1\n160000,B,20240112,2\n093000,A,20240113,3\n093000,B,20240113,4\n"
    )
    assert read(tmp_path, long).prices.tolist() == [[1, 2], [3, 4]]


def test_a_folder_is_one_table_with_a_ticker_a_file(tmp_path: Path) -> None:
    written(tmp_path, OHLCV)
    written(tmp_path, gzip.compress(OHLCV.replace(",18", ",37").encode()), "MSFT.CSV.gz")
    written(tmp_path, "not prices", "README.md")
    written(tmp_path, "not prices", ".hidden.csv")
    (tmp_path / "folder.csv").mkdir()
    table = read(tmp_path, OHLCV)
    assert table.shape == "ohlcv"
    folder = table_of(read_prices(tmp_path).data)
    assert (folder.tickers, folder.source) == (("AAPL", "MSFT"), tmp_path.name)
    assert (folder.prices[:, :1] == table.prices).all()
    assert (folder.prices[:, 1] > 300).all()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "is a folder without a CSV file: expected one a ticker, such as AAPL.csv"),
        ({"A.csv": OHLCV, "A.csv.gz": gzip.compress(OHLCV.encode())}, "A.csv.gz is a second file of A, after "),
        ({"A.csv": OHLCV, "B.csv": TWO_TICKERS["long"]}, "B.csv is not the prices of one ticker"),
        ({"A.csv": OHLCV, "B.csv": COMPANIES}, "B.csv is not the prices of one ticker"),
        ({"A.csv": OHLCV, "B.csv": OHLCV.replace("Close", "Last")}, "B.csv has its prices in column Last, and "),
        (
            {"A.csv": OHLCV, "B.csv": OHLCV.replace("2024-01-12", "2024-01-11")},
            "no price of A on 2024-01-11, B on 2024",
        ),
        ({"A.csv": OHLCV, "B.csv": "\x00"}, "B.csv, line 1 holds a NUL byte"),
    ],
)
def test_a_folder_that_is_none_of_prices(files: dict[str, str | bytes], sentence: str, tmp_path: Path) -> None:
    for name, content in files.items():
        written(tmp_path, content, name)
    with pytest.raises(UserError) as caught:
        read_prices(tmp_path)
    assert sentence in str(caught.value)
    assert "expected" in str(caught.value)


def test_a_folder_is_ohlcv(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder: expected a file with --shape wide, or --shape ohlcv"):
        read_prices(tmp_path, ReadingOptions(shape="wide"))


def test_a_stream_is_read_as_a_file_is() -> None:
    for content in (TWO_TICKERS["wide"], gzip.compress(str(TWO_TICKERS["wide"]).encode())):
        stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
        assert str(read_prices(stream).data).startswith("standard input: wide, 2 tickers")
    with pytest.raises(UserError, match=r"^standard input is empty: expected"):
        read_prices(io.BytesIO())
    assert table_of(read_prices(io.BytesIO(OHLCV.encode())).data).tickers == ("prices",)


# --- companies -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        COMPANIES,
        COMPANIES.encode("utf-16"),
        gzip.compress(COMPANIES.encode()),
        "# downloaded 2024-01-05 from example\n" + COMPANIES,
        "sep=,\n" + COMPANIES,
        COMPANIES + "\x1a",
        COMPANIES.replace(",", ", "),
        COMPANIES.replace("company,d1,d2,next", "company,2019,2020,2021"),
        COMPANIES.replace("company,d1,d2,next", "company,2024-01-05,2024-01-08,2024-01-09"),
        COMPANIES.replace("company,d1,d2,next", "name,day,day 2,next"),
        COMPANIES.replace("-0.5", "\u22120.5"),
    ],
)
def test_a_row_a_company_stays_what_it_is(content: str | bytes, tmp_path: Path) -> None:
    reading = read_prices(written(tmp_path, content))
    assert reading.data == Companies("AAPL.csv", ("A", "B"), ((0.0, -0.5), (1.0, 0.25)), (1.0, 0.5))
    assert reading.notes == ()
    assert read_prices(written(tmp_path, content), ReadingOptions(shape="companies")) == reading


@pytest.mark.parametrize("number", ["43000.12", "43\u00a0000.12", "43 000"])
def test_raw_prices_of_companies_are_warned_of(number: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"coin,d1,d2,d3\nBTC,{number},42500.5,44100.9\nETH,2250,2301,2400.5\n")
    reading = read_prices(path)
    assert isinstance(reading.data, Companies)
    [note] = reading.notes
    assert "looks like raw prices, such as 44100.9 of BTC" in note


TURNED = "ticker,2008-04-01,2008-05-01,2008-06-01\nMSFT,27.34,27.25,26.47\nGOOG,574.29,585.8,526.42\n"


@pytest.mark.parametrize("shape", ["auto", "wide", "long", "ohlcv"])
def test_a_table_turned_round_is_called_so(shape: str, tmp_path: Path) -> None:
    sentence = refusal(tmp_path, TURNED, shape=shape)
    assert "line 1 looks turned round: its columns are dates (2008-04-01), its rows tickers: expected" in sentence


def test_a_table_turned_round_is_companies_where_the_user_says_so(tmp_path: Path) -> None:
    reading = read_prices(written(tmp_path, TURNED), ReadingOptions(shape="companies"))
    assert isinstance(reading.data, Companies)
    assert len(reading.notes) == 1


# --- options ---------------------------------------------------------------------------------------------------------


def test_close_is_read_unless_another_column_is_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, OHLCV)
    reading = read_prices(path)
    [note] = reading.notes
    assert note.endswith("the prices are column Close; --column 'Adj Close' takes what else there is")
    assert table_of(reading.data).column == "Close"
    reading = read_prices(path, ReadingOptions(column="adj_close"))
    table = table_of(reading.data)
    assert (table.column, reading.notes) == ("Adj Close", ())
    assert table.prices[0, 0] == 90.0
    assert "has no column 'Price': expected --column with one of Open, High, Low, Close" in refusal(
        tmp_path, OHLCV, column="Price"
    )


def test_ambiguous_dates_are_asked_for(tmp_path: Path) -> None:
    content = "Date,Close\n01/04/1999,1\n01/05/1999,2\n01/06/1999,3\n"
    sentence = refusal(tmp_path, content)
    assert sentence == (
        f"{tmp_path / 'AAPL.csv'}, line 2: '01/04/1999' may be 1999-04-01 or 1999-01-04, and no date of the file "
        "tells: expected --date-format dmy (1999-04-01) or --date-format mdy (1999-01-04)"
    )
    assert str(read(tmp_path, content, date_format="dmy").dates[0]) == "1999-04-01"
    assert str(read(tmp_path, content, date_format="mdy").dates[0]) == "1999-01-04"
    assert str(read(tmp_path, content.replace("06", "13")).dates[0]) == "1999-01-04"


MISSING = {
    "null row": "Date,Close\n2024-01-05,1\n2024-01-08,null\n2024-01-09,3\n",
    "empty cell": "Date,AAPL,MSFT\n2024-01-05,1,1\n2024-01-08,,2\n2024-01-09,3,3\n",
    "absent row": "date,ticker,price\n2024-01-05,A,1\n2024-01-09,A,3\n"
    "2024-01-05,B,1\n2024-01-08,B,2\n2024-01-09,B,3\n",
}


@pytest.mark.parametrize("content", MISSING.values(), ids=MISSING.keys())
def test_missing_days(content: str, tmp_path: Path) -> None:
    sentence = refusal(tmp_path, content)
    assert "has no price of A" in sentence
    assert " on 2024-01-08: expected" in sentence
    assert "--missing drop" in sentence
    assert "--missing fill" in sentence
    assert read(tmp_path, content, missing="drop").prices[:, 0].tolist() == [1, 3]
    assert read(tmp_path, content, missing="fill").prices[:, 0].tolist() == [1, 1, 3]
    [note] = read_prices(written(tmp_path, content), ReadingOptions(missing="fill")).notes
    assert note.endswith("1 missing price is the price before")


@pytest.mark.parametrize(("content", "sentence"), BAD_PRICES.values(), ids=BAD_PRICES.keys())
@pytest.mark.parametrize("shape", ["auto", None])
def test_bad_contents_get_a_sentence(content: str | bytes, sentence: str, shape: str | None, tmp_path: Path) -> None:
    if shape is None:  # the shape said makes no other sentence
        kind = "long" if b"ticker" in (content.encode() if isinstance(content, str) else content)[:20] else "ohlcv"
        shape = "wide" if "AAPL,MSFT" in str(content)[:30] else kind
    text = refusal(tmp_path, content, shape=shape)
    assert text.startswith(str(tmp_path / "AAPL.csv"))
    assert sentence in text
    assert "expected" in text
    assert text.isprintable()


@pytest.mark.parametrize("path", ["none.csv", "a\0b", "x" * 300, "pipe"])
def test_a_path_to_nothing_that_can_be_read(path: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match="expected a CSV file") as caught:
        read_prices(tmp_path / path)
    assert str(caught.value).isprintable()


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=100),
        st.text('a0.,;"\n\r\0 \ufeffé-e+', max_size=200).map(str.encode),
        st.text('2024-015/.,;:\n"nul', max_size=80).map(lambda rows: b"Date,Close\n2024-01-05,1\n" + rows.encode()),
        st.text('2024-015/.,;:\n"Aul', max_size=80).map(lambda rows: b"Date,A,B\n2024-01-05,1,2\n" + rows.encode()),
        st.text('2024-015/.,;:\n"Aul', max_size=80).map(
            lambda rows: b"Date,ticker,B\n2024-01-05,A,2\n" + rows.encode()
        ),
    ),
    st.sampled_from(["auto", "companies", "long", "wide", "ohlcv"]),
    st.sampled_from(["drop", "fill", "refuse"]),
)
def test_arbitrary_bytes_are_prices_or_a_sentence(tmp_path: Path, content: bytes, shape: str, missing: str) -> None:
    data = prices_or_sentence(written(tmp_path, content), shape=shape, missing=missing)
    if isinstance(data, str):
        assert "expected" in data
        assert data.isprintable()
    if isinstance(data, PriceTable):
        assert np.isfinite(data.prices).all()
        assert len(set(data.tickers)) == len(data.tickers)
        assert str(data).isprintable()


def prices_or_sentence(path: Path, **options: str) -> PriceTable | Companies | str:
    try:
        return read_prices(path, ReadingOptions(**options)).data  # type: ignore[arg-type]
    except UserError as error:
        return str(error)
