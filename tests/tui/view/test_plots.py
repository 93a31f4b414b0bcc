"""The curves of the charts: the run's own, and what is dotted behind them."""

from __future__ import annotations

import msgspec

from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from tests.support.hands import WIDE, dashboard
from tests.support.script import READY, Bench, companies, history, opened, session_after, training
from tui.state.reducer import reduce
from tui.state.updates import ParentRead
from tui.view.error_band import ErrorBand
from tui.view.layout import LOSS
from tui.view.plots import loss_plot, loss_title
from tui.view.timeline import Axis, Timeline, sight
from tui.widgets.chart import Chart

CROWD = RunConfig(data=companies(40))
BRANCH = msgspec.structs.replace(
    opened(RunConfig(lr=0.1), epoch=1000, target=2000), run="lively-brook", parent=Parent("calm-lake", 1000)
)


def test_a_title_says_what_is_dotted_where_there_is_room() -> None:
    session = session_after(training(config=CROWD), CROWD)
    band = ErrorBand().follow(session)
    assert loss_title(session, band, 98, log=True) == (
        "train loss, log scale; dotted: the middle 80 % of the companies"
    )
    assert loss_title(session, band, 60, log=True) == "train loss, log scale"


async def test_a_branch_has_its_parents_curves_behind_its_own() -> None:
    async with dashboard(Bench([READY, BRANCH], last_epoch=3000), WIDE) as hands:
        session = hands.session
        assert session.parent_history is not None
        assert session.parent_history.last_epoch == 3000
        assert session.history.last_epoch == 1000
        title = hands.screen.query_one(f"#{LOSS}", Chart).title
        assert title == "train loss; dotted: calm-lake"


def test_another_run_has_it_no_longer() -> None:
    session = reduce(session_after([READY, BRANCH]), ParentRead(history(2000)))
    curve, _ = loss_plot(session, sight(Timeline(), Axis.of(session)), (), log=False)
    assert len(curve.behind) == 1
    assert reduce(session, opened()).parent_history is None
