"""Many companies: the charts show the nearest, the worst or the chosen ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from tests.support.hands import dashboard
from tests.support.script import Bench, companies, ready, session_after, training
from tests.support.snapshots import NARROW, WIDE, Snap, taken
from tui.state.session import Session
from tui.view.layout import View
from tui.view.selection import next_selection
from tui.widgets.chart import Chart
from tui.widgets.prediction_table import PredictionTable

CONFIG = RunConfig(data=companies(40))


def off_by(errors: list[float]) -> Session:
    """A session whose companies are off by that much."""
    config = RunConfig(data=companies(len(errors)))
    columns = Columns.of(config)
    row = np.zeros((1, columns.width), np.float32)
    row[0, 1 : 1 + len(errors)] = np.array(config.data.targets) + errors
    return replace(Session.loading(config, 10), history=History.from_rows(columns, row))


def test_it_goes_through_nearest_worst_and_chosen() -> None:
    session = off_by([0.3, -0.1, 0.9, -0.8, 0.2])
    view = View().choosing(4)
    nearest, said = next_selection(view, session)
    assert nearest.companies == (1, 4)
    assert said == "nearest to the target at epoch 0: company 1 -0.1000, company 4 +0.2000"
    worst, said = next_selection(nearest, session)
    assert worst.companies == (2, 3)
    assert said.startswith("worst at epoch 0: company 2 +0.9000")
    assert next_selection(worst, session)[0] == view


def test_a_prediction_that_is_no_number_is_the_worst() -> None:
    session = off_by([0.3, float("nan"), 0.9])
    view = next_selection(next_selection(View(), session)[0], session)[0]
    assert view.companies == (1, 2)


def test_choosing_one_by_hand_ends_a_selection() -> None:
    nearest, _ = next_selection(View(), off_by([0.3, -0.1, 0.9, -0.8, 0.2]))
    assert nearest.choosing(3).chosen == (4, 3)
    assert nearest.choosing(3).pick == "chosen"


@pytest.mark.parametrize("session", [off_by([1.0, 2.0]), session_after([], CONFIG)], ids=["two", "no predictions"])
def test_where_there_is_nothing_to_select_it_says_so(session: Session) -> None:
    view, said = next_selection(View(), session)
    assert view == View()
    assert said


async def test_the_key_changes_both_charts_and_the_table_scrolls_there() -> None:
    async with dashboard(Bench(training(100, 1000, CONFIG), config=CONFIG)) as hands:
        session = hands.app.session
        assert session is not None
        errors = np.abs(session.history.predictions_at(-1) - np.array(CONFIG.data.targets))
        await hands.press("n", "n")
        worst = hands.screen.view.companies
        assert [errors[number] for number in worst] == sorted(errors)[:-3:-1]
        assert hands.screen.query_one(PredictionTable).cursor_row == worst[0]
        await hands.press("n")
        assert hands.screen.view.companies == (0, 1)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["160x48", "80x24"])
async def test_other_data_bring_their_own_companies(size: tuple[int, int]) -> None:
    """Those that were in the charts are not there, and their numbers mean nothing any more."""
    async with dashboard(Bench(training(100, 1000, CONFIG), config=CONFIG), size) as hands:
        await hands.press("n", "n")
        assert max(hands.screen.view.companies) > 1
        await hands.say(*ready())
        assert hands.screen.view.companies == (0, 1)
        await hands.press("tab")
        titles = [hands.screen.query_one(f"#company-{place}", Chart).title for place in (0, 1)]
        assert [title[0] for title in titles if title] == (["A", "B"] if size == WIDE else ["A"])
        await hands.press("x")
        await hands.question()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["160x48", "80x24"])
def test_the_worst_of_many(snap_compare: Snap, size: tuple[int, int]) -> None:
    keys = ("n", "n") if size == WIDE else ("n", "n", "tab")
    assert taken(snap_compare, training(400, 1000, CONFIG), *keys, size=size, config=CONFIG)
