"""The verdict in lines of text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lstm_engine.forecast.outlook import Outlook, outlook_of
from lstm_engine.prices.table import PriceTable
from tests.support.untrained_price_runs import price_run, table_of
from tui.board.state.forecast import Forecast
from tui.board.view.panels.verdict_lines import price, verdict_lines
from tui.client.logs.outlook_reader import OutlookReader
from tui.drawing.cells import Role
from tui.state.told import PriceFiles


def outlook_in(folder: Path, table: PriceTable | None = None, horizon: int = 5) -> Outlook:
    found = OutlookReader(price_run(folder / "a", table or table_of(200), horizon).directory).read()
    assert found is not None
    return found


def lines(outlook: Outlook, folder: Path, width: int = 76, is_short: bool = False) -> list[str]:
    figures = Forecast(PriceFiles(folder), outlook).figures(0)
    return ["".join(text for text, _ in line) for line in verdict_lines(outlook, figures, width, is_short=is_short)]


def perfect(outlook: Outlook) -> Outlook:
    """With predictions that are what came."""
    held_out = outlook.table.prices[-40:] * (1 + 1e-6 * np.arange(40)[:, None])
    return outlook_of(outlook.inputs, replace(outlook.predictions, held_out=held_out))


def test_it_has_a_table_the_words_and_the_epoch(tmp_path: Path) -> None:
    outlook = outlook_in(tmp_path)
    found = lines(outlook, tmp_path)
    model, naive = outlook.verdict.model, outlook.verdict.naive
    assert found[0] == (
        f" next day {price(outlook.predictions.ahead[0, 0])}, day 5 {price(outlook.predictions.ahead[-1, 0])}; "
        "from day 2 on fed by its own predictions"
    )
    assert found[1].split() == ["40", "days", "held", "out", "MAE", "RMSE", "ratio"]
    assert found[2].split() == ["the", "model", price(model.mae), price(model.rmse)]
    assert found[3].split()[3:] == [price(naive.mae), price(naive.rmse), f"{outlook.verdict.ratio:.2f}"]
    assert found[3].startswith(" tomorrow = today")
    assert " ".join(found[4:]).split() == " ".join((*outlook.words, "at its best epoch, 12")).split()
    assert not [line for line in found if "R²" in line]


def test_of_one_day_ahead_nothing_is_fed_by_itself(tmp_path: Path) -> None:
    assert lines(outlook_in(tmp_path, horizon=1), tmp_path)[0].startswith(" next day ")
    assert "fed" not in lines(outlook_in(tmp_path / "b", horizon=1), tmp_path)[0]


def test_months_have_a_season_before(tmp_path: Path) -> None:
    by_day = table_of(120)
    months = (np.datetime64("2010-01", "M") + np.arange(120)).astype("datetime64[D]")
    outlook = outlook_in(tmp_path, replace(by_day, dates=months))
    found = lines(outlook, tmp_path)
    assert found[0].startswith(" next month ")
    assert [line for line in found if line.startswith(" next month = this ")]
    (season,) = [line for line in found if line.startswith(" as a year before ")]
    assert outlook.verdict.seasonal_ratio is not None
    assert season.split()[-1] == f"{outlook.verdict.seasonal_ratio:.2f}"


def test_what_it_comes_to_is_set_apart_as_good_or_bad(tmp_path: Path) -> None:
    outlook = outlook_in(tmp_path)
    for each, role in ((outlook, Role.BAD), (perfect(outlook), Role.GOOD)):
        figures = Forecast(PriceFiles(tmp_path), each).figures(0)
        for is_short in (True, False):
            found = verdict_lines(each, figures, 76, is_short=is_short)
            (marked,) = [text for line in found for text, one in line if one == role]
            assert marked == f" {each.words[0]}"


@pytest.mark.parametrize("width", [38, 58, 76, 90])
def test_it_fits(tmp_path: Path, width: int) -> None:
    outlook = outlook_in(tmp_path, table_of(200, tickers=20))
    for is_short in (True, False):
        found = lines(outlook, tmp_path, width, is_short)
        assert max(map(len, found)) <= max(width, 41)
        assert len(lines(outlook, tmp_path, width, True)) <= len(found)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0123456, "0.0123"), (7.24, "7.240"), (15.8812, "15.88"), (-742.16, "-742.16"), (1234567.8, "1234567.8")],
)
def test_a_price_has_as_many_decimals_as_say_something(value: float, text: str) -> None:
    assert price(value) == text
