"""What `--data` names is read as the options say."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lstm_engine.data.companies import Companies
from lstm_engine.prices.table import PriceTable
from tests.support.price_files import COMPANIES, OHLCV, WIDE
from tui.cli.prices.data_option import data_of_option

DEFAULTS: dict[str, Any] = {"shape": "auto", "column": None, "date_format": None, "missing": "refuse"}


def test_a_file_and_what_the_options_say_of_it(tmp_path: Path) -> None:
    path = tmp_path / "A.csv"
    path.write_text(OHLCV)
    found = data_of_option({**DEFAULTS, "data": path, "column": "Adj Close"}).data
    assert isinstance(found, PriceTable)
    assert (found.column, found.prices[:, 0].tolist()) == ("Adj Close", [90.0, 91.0, 92.0])
    path.write_text(COMPANIES)
    assert isinstance(data_of_option({**DEFAULTS, "data": path}).data, Companies)


def test_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(WIDE.encode())))
    found = data_of_option({**DEFAULTS, "data": Path("-")}).data
    assert (found.source, isinstance(found, PriceTable)) == ("standard input", True)


def test_a_series_that_comes_along_unless_there_is_a_file_of_its_name(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert data_of_option({**DEFAULTS, "data": Path("sunspots")}).data.source == "sunspots.csv"
    Path("sunspots").write_text(WIDE)
    assert data_of_option({**DEFAULTS, "data": Path("sunspots")}).data.source == "sunspots"
