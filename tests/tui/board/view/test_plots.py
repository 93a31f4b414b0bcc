"""The charts of metrics: their curves, values and best ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lstm_engine.script.vocabulary.fit_events import EpochEnded, FitStarted
from tests.support.board_feed import log_of, loss, training, val_loss
from tui.board.drawing.metric_plot import MetricPlot
from tui.board.state.board import Board
from tui.board.state.boards import Boards
from tui.board.view.picture import Smoothings, picture
from tui.board.view.plots import short_names
from tui.board.view.seen import Seen
from tui.state.told import PriceFiles, Told
from tui.view.timeline import Timeline

ONE = Boards().after([Told("calm-lake", training(220))])
MANY = Boards().after([Told(f"version_{number}", log_of(number)) for number in range(3)])


def plots(boards: Boards, seen: Seen | None = None) -> dict[str, MetricPlot]:
    now = picture(boards, seen or Seen(), 100, 2)
    return {plot.title: plot for plot in now.plots(now.page(1000, 1000), Smoothings())}


def test_train_and_validation_are_the_curves_and_the_returned_loss_is_behind() -> None:
    loss = plots(ONE)["loss"]
    assert [curve.name for curve in loss.curves] == ["train", "val"]
    assert [len(curve.series) for curve in loss.behind] == [220]


def test_the_best_value_is_that_of_the_validation() -> None:
    best = plots(ONE)["loss"].best
    assert best is not None
    assert best.value == min(val_loss(step) for step in range(40, 221, 40))
    assert (best.position, best.number) == (200, 0)
    assert best.text.endswith("at step 200, epoch 5")


@pytest.mark.parametrize(
    ("best", "text"),
    [
        ((5, 0.25), "best 0.2500 at epoch 5, before it branched off"),
        ((5, 0.75), "best 0.5000 at step 1200, epoch 60"),
        ((60, 0.25), "best 0.5000 at step 1200, epoch 60"),
        (None, "best 0.5000 at step 1200, epoch 60"),
    ],
)
def test_the_best_of_a_branch_may_be_before_it_branched_off(best: tuple[int, float] | None, text: str) -> None:
    begun = FitStarted(epoch=54, step=1080, batches=20, max_epochs=100)
    losses = {each: {"val_loss": 0.5 if each == 59 else 0.9, "train_loss": 0.1} for each in range(54, 70)}
    ends = [EpochEnded(epoch=each, step=20 * each + 20, metrics=metrics) for each, metrics in losses.items()]
    branch = Boards().after([Told("b", [begun, *ends], prices=PriceFiles(Path("/b"), (1,), best))])
    found = plots(branch)["loss"].best
    assert found is not None
    assert found.text == text
    assert found.position == (100 if "before" in text else 1200)
    assert len(found.beside) == ("before" not in text)


def test_the_other_curve_of_a_pair_is_marked_where_the_best_one_is() -> None:
    best = plots(ONE)["loss"].best
    assert best is not None
    ((number, value),) = best.beside
    assert number != best.number
    assert value == loss(200)
    alone = plots(ONE)["grad_norm"].best
    assert alone is None or alone.beside == ()
    smoothed = plots(ONE, Seen(smoothing=1))["loss"].best
    assert smoothed is not None
    assert smoothed.beside == ()


def test_of_several_runs_nothing_is_paired_and_the_best_is_one_curve_s() -> None:
    best = plots(MANY)["val_loss"].best
    assert best is not None
    assert best.beside == ()
    assert "epoch" not in best.text


def test_learning_rates_stand_on_zero() -> None:
    charts = plots(ONE)
    assert charts["learning rate"].curves[0].text == "0.0100"
    assert [title for title, plot in charts.items() if plot.from_zero] == ["learning rate"]


def test_the_cursor_shows_what_was_the_newest_then() -> None:
    back = plots(ONE, Seen(timeline=Timeline(cursor=100)))["loss"]
    assert back.cursor == 100
    assert back.curves[1].text == f"{val_loss(80):.4f}"
    before = plots(ONE, Seen(timeline=Timeline(cursor=10)))["loss"]
    assert before.curves[1].text == "–"


def test_by_epoch_the_cursor_counts_epochs() -> None:
    back = plots(ONE, Seen(by_epoch=True, timeline=Timeline(cursor=2500)))["loss"]
    assert (back.unit, back.x_end) == (1000, 10_000)
    assert back.curves[1].text == f"{val_loss(80):.4f}"


def test_smoothed_curves_have_what_was_logged_behind_them() -> None:
    loss = plots(ONE, Seen(smoothing=2))["loss"]
    assert loss.weight == 0.9
    assert [len(curve.series) for curve in loss.behind] == [44, 5, 220]
    assert all(curve.curve.values is not None for curve in loss.curves)


def test_the_fit_before_is_behind() -> None:
    board = ONE.all[0]
    earlier = Boards({"a": replace(board, run="a", earlier={"val_loss": board.metrics["val_loss"]})})
    assert len(plots(earlier)["loss"].behind) == 2


def test_several_runs_have_a_curve_each() -> None:
    charts = plots(MANY)
    assert list(charts) == ["train_loss", "val_loss"]
    assert [curve.name for curve in charts["train_loss"].curves] == ["0", "1", "2"]
    assert len({curve.number for curve in charts["train_loss"].curves}) == 3
    best = charts["val_loss"].best
    assert best is not None
    assert best.number == 2


def test_a_hidden_run_is_left_out_and_the_others_keep_their_colours() -> None:
    before, after = plots(MANY)["val_loss"], plots(MANY, Seen(hidden=frozenset({"version_0"})))["val_loss"]
    assert [curve.number for curve in after.curves] == [curve.number for curve in before.curves][1:]


@pytest.mark.parametrize(
    ("runs", "short"),
    [
        (["version_0", "version_12"], ["0", "12"]),
        (["a/b/x", "a/b/y"], ["x", "y"]),
        (["calm-lake", "calmer-lake"], ["calm-lake", "calmer-lake"]),
        (["calm-lake"], ["calm-lake"]),
        (["run", "run_2"], ["run", "run_2"]),
        ([], []),
    ],
)
def test_runs_are_called_by_what_tells_them_apart(runs: list[str], short: list[str]) -> None:
    assert list(short_names(runs).values()) == short


def test_a_board_without_metrics_has_no_charts() -> None:
    assert plots(Boards({"a": Board("a")})) == {}
