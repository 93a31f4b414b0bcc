"""What the sentence on an option that the data has no use for tells to do instead is what works."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import Inputs, inputs_of
from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.prices.reading.price_reader import read_prices
from lstm_engine.prices.series.shipped_series import shipped_series
from lstm_engine.prices.table import PriceTable
from tui.cli import main as cli
from tui.cli.options.misplaced_option import misplaced_option

COMPANIES = "company,1,2,3,4,5\nA,0,0.5,0.25,1,0\nB,1,0.5,0.25,1,1\n"
OPTIONS = [["--hidden", "8"], ["--layers", "2"], ["--forget-bias", "1"]]


@pytest.mark.parametrize("command", [[], ["train"], ["sweep"]], ids=["dashboard", "train", "sweep"])
@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option[0])
def test_a_table_turned_round_is_what_it_is_for(
    command: list[str], option: list[str], tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rows.csv").write_text(COMPANIES)
    assert cli.run([*command, "--data", "rows.csv", *option]) == 2
    assert capsys.readouterr().err == (
        f"lstm-tui: {option[0]} is given with a row a company, which trains a single unit: expected prices by date "
        "for it, a row a date and a column a company\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


def test_the_same_table_by_date_trains_more_units(tmp_path: Path, monkeypatch: Any) -> None:
    begun: list[Inputs] = []

    def begin(_: Path, inputs: Inputs, **__: Any) -> Any:
        begun.append(inputs)
        raise UserError("nothing is to be trained")

    monkeypatch.setattr("tui.cli.prices.price_run.begin", begin)
    rows = [line.split(",") for line in COMPANIES.splitlines()]
    by_date = [",".join(column) for column in zip(*rows, strict=True)]
    turned = ["Date,A,B", *(line.replace(line[0], f"2024-01-0{line[0]}", 1) for line in by_date[1:])]
    (tmp_path / "dates.csv").write_text("\n".join(turned) + "\n")
    words = ["--data", str(tmp_path / "dates.csv"), "--window", "3", "--target", "price", "--hidden", "8"]
    assert cli.run(["train", "--checkpoints", str(tmp_path / "runs"), *words]) == 2
    (inputs,) = begun
    assert (inputs.settings.hidden, inputs.table.tickers, len(inputs.windows)) == (8, ("A", "B"), 4)


def test_without_data_a_series_that_comes_along_is_named() -> None:
    sentence = str(misplaced_option("--hidden", "the problem it opens on"))
    assert sentence == "--hidden is given without --data: expected prices by date for it, such as --data sunspots"
    path = shipped_series(sentence.split()[-1])
    assert path is not None
    table = read_prices(path).data
    assert isinstance(table, PriceTable)
    assert inputs_of(ForecastSettings(hidden=8, target="price"), table).settings.hidden == 8
