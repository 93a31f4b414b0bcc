"""The files of a folder; what is in them: test_price_reader.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.prices.reading.price_files import price_files, ticker_of


def test_csv_files_are_found_and_no_others(tmp_path: Path) -> None:
    for name in ("B.csv", "A.CSV.gz", "C.tsv", "README.md", ".hidden.csv", "csv", "D.xlsx"):
        (tmp_path / name).touch()
    (tmp_path / "E.csv").mkdir()
    assert [path.name for path in price_files(tmp_path, "p")] == ["A.CSV.gz", "B.csv", "C.tsv"]


def test_a_folder_without_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="p is a folder without a CSV file"):
        price_files(tmp_path, "p")
    with pytest.raises(UserError, match=r"p cannot be read \(No such file or directory\): expected a folder of CSV"):
        price_files(tmp_path / "none", "p")


@pytest.mark.parametrize(
    ("name", "ticker"),
    [
        ("AAPL.csv", "AAPL"),
        ("BRK.B.csv.gz", "BRK.B"),
        ("005930.KS.TXT", "005930.KS"),
        (".csv", ".csv"),
        ("\x1b.csv", "?"),
    ],
)
def test_the_name_is_the_ticker(name: str, ticker: str) -> None:
    assert ticker_of(Path("folder") / name) == ticker
