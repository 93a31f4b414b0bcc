"""How many days of prices are in sight."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.forecast.outlook import Outlook
from tests.support.untrained_price_runs import price_run, table_of
from tui.board.view.days_in_sight import PRICE_ZOOMS, days_in_sight
from tui.client.logs.outlook_reader import OutlookReader


@pytest.fixture
def outlook(tmp_path: Path) -> Outlook:
    """200 days, 40 of them held out."""
    found = OutlookReader(price_run(tmp_path / "a", table_of(200)).directory).read()
    assert found is not None
    return found


def test_at_first_it_is_what_is_held_out_and_as_much_before(outlook: Outlook) -> None:
    assert days_in_sight(outlook, 0) == 80


def test_there_are_at_least_some_and_at_most_all(outlook: Outlook) -> None:
    assert days_in_sight(outlook, 1) == 10
    assert days_in_sight(outlook, 999) == 200


def test_the_keys_halve_double_and_show_all(outlook: Outlook) -> None:
    assert PRICE_ZOOMS["zoom_in"](outlook, 0) == 40
    assert PRICE_ZOOMS["zoom_out"](outlook, 0) == 160
    assert PRICE_ZOOMS["zoom_out"](outlook, 160) == 200
    assert PRICE_ZOOMS["zoom_all"](outlook, 20) == 200
