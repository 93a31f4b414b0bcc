"""The session: what every event does to it, and the words made of it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from lstm_engine.protocol.messages import (
    AddEpochs,
    CheckpointSaved,
    Command,
    Epochs,
    Event,
    Failed,
    NewRun,
    OpenRun,
    Pause,
    Paused,
    Quit,
    Refused,
    Reseed,
    Save,
    Stopped,
    Train,
)
from lstm_engine.run.config import RunConfig
from tests.support.script import (
    DIRECTORY,
    READY,
    RUN,
    checkpoint,
    done,
    epochs,
    finished,
    history,
    loss,
    opened,
    paused,
    ready,
    resumed,
    started,
    training,
)
from tui.state.pace import ENOUGH, Pace
from tui.state.reducer import reduce
from tui.state.session import Saved, Session
from tui.state.updates import CommandSent, EngineGone, EngineStarting, HistoryRead, LineLogged, Update
from tui.text.numbers import duration, fixed, loss_text, number, percent_done, progress_bar
from tui.text.pieces import ascii_only, fitted
from tui.view import status_lines as statuslines
from tui.view.layout import CELL, DATA, LOG, LOSS, PARAMETERS, PREDICTIONS, View, arrange

NEW = Session.loading(RunConfig(), 2000)


def after(updates: Iterable[Update], session: Session = NEW) -> Session:
    for update in updates:
        session = reduce(session, update)
    return session


# --- from state to state ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "state", "epoch", "target"),
    [
        ([], "loading", 0, 0),
        ([READY], "loading", 0, 0),
        (ready(), "ready", 0, 0),
        (training(), "training", 1200, 2000),
        (paused(), "paused", 1200, 2000),
        (done(), "finished", 2000, 2000),
        (resumed(), "training", 2600, 3000),
        ([READY, opened(epoch=2000)], "finished", 2000, 2000),
        ([READY, opened(epoch=1000, target=2000)], "paused", 1000, 2000),
        ([*training(), Failed(epoch=1201, cause="no")], "failed", 1200, 2000),
    ],
)
def test_state(script: list[Event], state: str, epoch: int, target: int) -> None:
    session = after(script)
    assert (session.state, session.epoch, session.target) == (state, epoch, target)


def test_reduce_leaves_the_session_before_as_it_was() -> None:
    before = after(training(1200))
    seen = (before.history.rows.copy(), before.epoch, before.log)
    after([epochs(1201, 1300), LineLogged("x")], before)
    np.testing.assert_array_equal(before.history.rows, seen[0])
    assert (before.epoch, before.log) == seen[1:]


def test_history_grows_epoch_by_epoch() -> None:
    session = after(training(1200))
    assert session.history.last_epoch == 1200
    assert np.isnan(session.history.loss[0])
    assert session.history.loss[1200] == np.float32(loss(1200))


def test_epochs_that_were_trained_again_replace_those_that_were_there() -> None:
    session = after([started(1000, 2000), replace_loss(epochs(1001, 1100), 9.0)], after(training(1200)))
    assert session.history.last_epoch == session.epoch == 1100
    assert session.history.loss[1000] == np.float32(loss(1000))
    assert session.history.loss[1001] == 9.0


def test_who_draws_the_history_is_told_when_it_did_not_merely_grow() -> None:
    session = after(training(1200))
    assert after([epochs(1201, 1210)], session).rewrites == session.rewrites
    assert after([epochs(1101, 1110)], session).rewrites > session.rewrites
    assert after([started(1000, 2000)], session).rewrites > session.rewrites
    assert after([started(1200, 2000)], session).rewrites == session.rewrites
    assert after([opened()], session).rewrites > session.rewrites


def test_epochs_whose_past_could_not_be_read_leave_a_gap() -> None:
    session = after([READY, opened(epoch=50, target=100), started(50, 100), epochs(51, 60)])
    assert session.history.last_epoch == 60
    assert np.isnan(session.history.rows[:51]).all()
    assert not np.isnan(session.history.rows[51:]).any()


def test_a_history_from_disk_ends_at_the_epoch_the_run_stands_on() -> None:
    session = after([READY, opened(epoch=1000, target=2000), HistoryRead(history(1500))])
    assert session.history.last_epoch == 1000


def test_resumes_are_marked_once_and_forgotten_when_training_goes_back_behind_them() -> None:
    session = after(resumed())
    assert session.resumes == (2000,)
    assert after([started(2600, 3000)], session).resumes == (2000, 2600)
    assert after([started(2000, 3000)], session).resumes == (2000,)
    assert after([started(1500, 3000)], session).resumes == (1500,)


def test_a_first_training_is_no_resume() -> None:
    assert after(training()).resumes == ()


def test_the_last_checkpoint_is_known() -> None:
    assert after(training(1200)).saved == Saved(checkpoint(1000), 1000)
    assert after([READY, opened(epoch=2000)]).saved == Saved(checkpoint(2000), 2000)
    assert after(ready()).saved is None


def test_another_run_starts_from_nothing() -> None:
    session = after([opened(RunConfig(seed=7)), epochs(0, 0)], after(resumed()))
    assert (session.state, session.run, session.saved, session.resumes) == ("ready", None, None, ())
    assert (session.config.seed, session.history.last_epoch) == (7, 0)


def test_a_failure_says_why_and_where_a_retry_starts() -> None:
    session = after([*training(), Failed(epoch=1201, cause="boom", detail="a\nb", checkpoint=checkpoint(1000))])
    assert session.failure is not None
    assert (session.failure.cause, session.failure.detail) == ("boom", "a\nb")
    assert session.failure.checkpoint == checkpoint(1000)
    assert "boom" in session.log


def test_training_again_ends_the_failure() -> None:
    session = after([*training(), Failed(epoch=1201, cause="boom"), started(1000, 2000)])
    assert (session.state, session.failure) == ("training", None)


@pytest.mark.parametrize(("status", "words"), [(-9, "signal 9"), (3, "exit status 3"), (None, "could not be started")])
def test_an_engine_that_goes_without_a_word_is_a_failure_with_the_logs_end(status: int | None, words: str) -> None:
    session = after([*training(), LineLogged("MemoryError"), EngineGone(status)])
    assert (session.state, session.engine_alive) == ("failed", False)
    assert session.failure is not None
    assert words in session.failure.cause
    assert session.failure.detail.endswith("MemoryError")
    assert session.failure.checkpoint == checkpoint(1000)


def test_an_engine_that_stopped_when_asked_is_no_failure() -> None:
    stopped = Stopped(run=RUN, directory=DIRECTORY, epoch=1300, checkpoint=checkpoint(1300))
    session = after([*training(), stopped, EngineGone(0)])
    assert (session.state, session.epoch, session.failure) == ("training", 1300, None)


def test_a_new_engine_after_a_death() -> None:
    session = after([*training(), EngineGone(-9), EngineStarting()])
    assert (session.state, session.engine_alive, session.failure) == ("loading", True, None)
    assert after([READY, opened(epoch=1000, target=2000)], session).state == "paused"


def test_a_run_that_cannot_be_opened_is_a_failure_any_other_refusal_a_notice() -> None:
    refused = Refused(command="open_run", reason="there is no run 'x'")
    assert after([READY, refused]).state == "failed"
    session = after([*training(), refused])
    assert (session.state, session.notice, session.alert) == ("training", "there is no run 'x'", True)


def test_a_pause_with_a_cause_says_it() -> None:
    session = after([*training(), Paused(epoch=1200, target=2000, cause="the disk is full")])
    assert (session.state, session.notice, session.alert) == ("paused", "the disk is full", True)


def test_only_what_the_user_asked_for_is_announced_when_saved() -> None:
    timed = CheckpointSaved(checkpoint=checkpoint(1100), epoch=1100, reason="timed")
    asked = CheckpointSaved(checkpoint=checkpoint(1200), epoch=1200, reason="user")
    assert after([timed], after(training())).notice == ""
    assert after([timed], after(training())).log == after(training()).log
    assert "1200" in after([asked], after(training())).notice


@pytest.mark.parametrize(
    "command",
    [
        Train(),
        AddEpochs(epochs=1),
        Pause(),
        Save(),
        Reseed(),
        Quit(),
        NewRun(config=RunConfig()),
        OpenRun(source="x"),
    ],
)
def test_every_command_shows_at_once_that_it_is_on_its_way(command: Command) -> None:
    assert after([CommandSent(command)], after(training())).notice.endswith("…")


def test_the_log_is_bounded_and_counts_on() -> None:
    session = after(LineLogged(f"line {number}") for number in range(2000))
    assert (len(session.log), session.lines_logged, session.log[-1]) == (500, 2000, "line 1999")


# --- pace ------------------------------------------------------------------------------------------------------------


def test_the_warm_up_does_not_count() -> None:
    pace = Pace().after(1, 30.0)
    assert pace.per_second is None
    pace = pace.after(400, 1.0)
    assert pace.per_second == 400
    assert pace.seconds_left(800) == 2


def test_a_speed_is_told_only_when_enough_was_measured() -> None:
    assert Pace(warm=True).after(1, ENOUGH / 2).per_second is None


def test_the_pace_forgets_what_is_long_ago() -> None:
    pace = Pace(warm=True)
    for _ in range(10):
        pace = pace.after(100, 1.0)
    for _ in range(10):
        pace = pace.after(500, 1.0)
    assert pace.per_second == 500


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.43421, "  0.4342"),
        (-1.1229, " -1.1229"),
        (123.45678, "123.4568"),
        (-12345.678, "-1.2e+04"),
        (float("nan"), "     nan"),
        (float("-inf"), "    -inf"),
    ],
)
def test_numbers_have_one_width(value: float, text: str) -> None:
    assert number(value, 8) == text


def test_signed_numbers() -> None:
    assert number(0.5, 8, signed=True) == " +0.5000"


@pytest.mark.parametrize("zero", [0.0, -0.0, 4e-4, -4e-4])
@pytest.mark.parametrize("signed", [False, True])
def test_what_is_rounded_to_zero_has_no_sign(zero: float, signed: bool) -> None:
    assert fixed(zero, 3, signed=signed) == "0.000"
    assert number(zero, 6, 3, signed=signed) == " 0.000"
    assert fixed(-6e-4, 3, signed=signed) == "-0.001"


@pytest.mark.parametrize("value", [0.0, 1e-12, 0.00099, 0.5, 99.9, 100.0, 1e30, float("nan"), float("inf")])
def test_a_loss_has_one_width(value: float) -> None:
    assert len(loss_text(value)) == 7


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1 s"), (59.0, "59 s"), (60.0, "1 min 00 s"), (3600.0, "1 h 00 min"), (1e6, "11 days")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(("done_", "bar"), [(0.0, "╌╌╌╌"), (0.5, "━━╌╌"), (0.6, "━━╸╌"), (1.0, "━━━━"), (7.0, "━━━━")])
def test_the_progress_bar_keeps_its_width(done_: float, bar: str) -> None:
    assert "".join(progress_bar(done_, 4)) == bar


def test_all_is_done_only_when_all_is_done() -> None:
    assert percent_done(1999, 2000) == " 99 %"
    assert percent_done(2000, 2000) == "100 %"


def test_parts_that_do_not_fit_are_left_out_from_the_end() -> None:
    assert [fitted(["ab", "cd", "ef"], width) for width in (12, 11, 7, 2, 1)] == [
        "ab · cd · ef",
        "ab · cd",
        "ab · cd",
        "ab",
        "",
    ]


@pytest.mark.parametrize("script", [[], ready(), training(), paused(), done()])
def test_ascii_is_ascii(script: list[Event]) -> None:
    session = after(script)
    pieces = [*statuslines.header(session.config, session.state, session.run, 160), *statuslines.status(session, 160)]
    pieces += [*statuslines.notice(session, 160), *statuslines.strip(session, (0, 1))]
    text = "".join(text for text, _ in pieces)
    assert ascii_only(text).isascii()
    assert "?" not in ascii_only(text)


@pytest.mark.parametrize("width", [60, 72, 80, 110, 160, 250])
@pytest.mark.parametrize("script", [[], ready(), training(), paused(), done(), resumed()])
def test_the_lines_at_the_top_fill_the_width_exactly(script: list[Event], width: int) -> None:
    session = after(script)
    header = statuslines.header(session.config, session.state, session.run, width)
    for pieces in (header, statuslines.status(session, width)):
        assert sum(len(text) for text, _ in pieces) == width


@pytest.mark.parametrize("width", [60, 80, 160])
def test_nothing_in_the_status_moves_sideways_while_training(width: int) -> None:
    session = after(training(200))
    bars = set()
    for first in range(201, 2000, 50):
        session = after([epochs(first, first + 49, per_second=100.0 + first)], session)
        count, done_, to_do, *_ = statuslines.status(session, width)
        bars.add((len(count[0]), len(done_[0]) + len(to_do[0])))
    assert len(bars) == 1


# --- layout ----------------------------------------------------------------------------------------------------------


def test_a_large_screen_shows_all_panels() -> None:
    shown = arrange(View(log=True), (160, 48), 2, 12, failed=False)
    assert shown.mode == "board"
    assert set(shown.panels) == {LOSS, "company-0", "company-1", PARAMETERS, PREDICTIONS, DATA, LOG}


def test_what_has_no_room_below_the_tables_is_left_out() -> None:
    assert DATA not in arrange(View(), (120, 34), 2, 16, failed=False).panels


def test_one_company_has_one_chart() -> None:
    assert arrange(View(cell=True), (160, 48), 2, 12, failed=False).panels[-3:] == (PREDICTIONS, DATA, CELL)
    assert arrange(View(cell=True), (120, 34), 2, 12, failed=False).panels[-2:] == (PARAMETERS, CELL)
    assert "company-1" not in arrange(View(), (160, 48), 1, 12, failed=False).panels


@pytest.mark.parametrize("size", [(59, 40), (100, 19)])
def test_a_tiny_screen_shows_nothing(size: tuple[int, int]) -> None:
    assert arrange(View(), size, 2, 12, failed=False).mode == "too small"


def test_a_third_company_takes_the_place_of_the_one_chosen_longest_ago() -> None:
    assert View().choosing(5).companies == (1, 5)
    assert View().choosing(5).choosing(7).companies == (5, 7)
    assert View().choosing(1).companies == (0, 1)


def replace_loss(event: Epochs, value: float) -> Epochs:
    return Epochs(
        first_epoch=event.first_epoch,
        seconds=event.seconds,
        train_loss=[value] * len(event.train_loss),
        predictions=event.predictions,
        parameters=event.parameters,
    )


def test_finishing_moves_the_target_to_where_training_ended() -> None:
    assert after([finished(2000)], after(training(1900))).target == 2000
