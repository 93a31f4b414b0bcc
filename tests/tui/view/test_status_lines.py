"""The lines at the top and the notice line: warnings, what hinders saving, lineage, proof of a resume, an offer."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.protocol.messages import Branch, Event, Notice, Paused, Refused, RunOpened, Train
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from tests.support.script import (
    READY,
    checkpoint,
    done,
    epochs,
    finished,
    opened,
    paused,
    ready,
    resumed,
    started,
    training,
)
from tui.state.reducer import reduce
from tui.state.session import Offer, Session
from tui.state.updates import CommandSent, EngineGone, Offered, Said, Update
from tui.text.ascii import ascii_only
from tui.view import status_lines

NEW = Session.loading(RunConfig(), 2000)
DAMAGED = "epoch=1999-step=4000.ckpt is damaged; going back to the checkpoint before it"
GOING_BACK = "continuing from epoch=999-step=2000.ckpt, after epoch 1000"
FULL = "could not write: No space left on device; training goes on once it can save"
OFFER = Offer("old-oak", "/runs/old-oak", 1200, 2000, interrupted=True)


def after(updates: Iterable[Update], session: Session = NEW) -> Session:
    for update in updates:
        session = reduce(session, update)
    return session


def told(session: Session, width: int = 160) -> str:
    """The notice line."""
    return "".join(text for text, _ in status_lines.notice(session, width)).strip()


def branch(epoch: int = 1000, target: int = 2000) -> RunOpened:
    return msgspec.structs.replace(opened(epoch=epoch, target=target), parent=Parent("old-oak", epoch))


# --- warnings --------------------------------------------------------------------------------------------------------


def test_which_checkpoint_is_damaged_stays_on_screen_until_a_key_and_in_the_log_after_it() -> None:
    script = [READY, Notice(text=DAMAGED), Notice(text=GOING_BACK), opened(epoch=1000, target=2000)]
    session = after([*script, started(1000, 2000), epochs(1001, 1100)])
    assert told(session, 400) == f"{DAMAGED}; {GOING_BACK}"
    assert {DAMAGED, GOING_BACK} <= set(session.log)
    later = after([CommandSent(Train())], session)
    assert DAMAGED not in told(later)
    assert DAMAGED in later.log


def test_what_the_engine_is_doing_is_no_warning() -> None:
    session = after([*training(), CommandSent(Branch(epoch=57)), Notice(text="training forward", warning=False)])
    assert (told(session), session.alert) == ("training forward", False)
    assert told(after([branch(57)], session)) == "branch of old-oak at 57"


def test_a_long_notice_takes_more_lines() -> None:
    session = after([*ready(), Notice(text="word " * 30)])
    lines = "".join(text for text, _ in status_lines.notice(session, 80)).split("\n")
    assert len(lines) == 2
    assert all(len(line) <= 80 for line in lines)


@pytest.mark.parametrize("width", [60, 80, 160])
@given(st.lists(st.text("abc", min_size=1, max_size=20), min_size=1, max_size=60), st.integers(0, 160))
def test_only_the_first_line_is_shorter_by_what_stands_before_it(width: int, words: list[str], taken: int) -> None:
    taken = min(taken, width)
    session = after([*ready(), Notice(text=" ".join(words))])
    first, *others = "".join(text for text, _ in status_lines.notice(session, width, taken)).split("\n")
    assert " ".join([first, *others]).split() == words
    assert len(first) + taken < width or not first
    assert all(line[0] == " " and len(line) < width for line in others)
    for line, word in pairwise([" " * taken + first, *others]):
        assert len(f"{line} {word.split()[0]}") >= width, "it would have fitted"


def test_a_hint_stays_on_its_line() -> None:
    session = after([*training(), finished(2000)])
    hints = ["".join(text for text, _ in status_lines.notice(session, 80, taken)) for taken in (0, 40, 60)]
    assert hints == [" finished: a adds epochs, r starts again with another seed", " finished: a adds epochs", " "]


# --- what hinders saving ---------------------------------------------------------------------------------------------


def test_a_full_disk_is_told_until_training_goes_on_by_itself() -> None:
    waiting = after([*training(), Paused(epoch=1200, target=2000, cause=FULL)])
    assert told(waiting) == FULL
    assert told(after([Said("")], waiting)) == FULL, "another key does not hide it"
    going_on = after([started(1200, 2000)], waiting)
    assert told(going_on) == "it can save again: training goes on from epoch 1200"
    assert not going_on.alert


def test_what_could_be_saved_at_the_end_at_last_is_told() -> None:
    session = after([*training(), Paused(epoch=2000, target=2000, cause=FULL), finished(2000)])
    assert told(session) == "it can save again: everything is saved"
    assert told(after([Said("")], session)).startswith("finished")


@pytest.mark.parametrize("end", [EngineGone(-9), opened(epoch=1000), Paused(epoch=1200, target=2000)])
def test_nothing_hinders_any_more_when_the_engine_or_the_run_is_another(end: Update) -> None:
    session = after([*training(), Paused(epoch=1200, target=2000, cause=FULL), end, Said("")])
    assert FULL not in told(session)


# --- proof -----------------------------------------------------------------------------------------------------------


def test_a_resume_tells_that_all_of_it_is_as_it_was() -> None:
    session = after(resumed())
    assert told(session) == "resumed at 2000: parameters and optimiser state equal the checkpoint"
    whence = f"resumed at epoch 2000 from {checkpoint(2000)}, to 3000"
    assert f"{whence}: parameters and optimiser state equal the checkpoint" in session.log


def test_a_resume_that_is_not_exact_is_an_alert() -> None:
    session = after([*resumed(), msgspec.structs.replace(started(2600, 3000), verified=False)])
    assert (told(session), session.alert) == (
        "resumed at 2600: parameters and optimiser state differ from the checkpoint",
        True,
    )


def test_a_first_training_tells_nothing() -> None:
    assert told(after(training())) == ""


def test_a_refusal_in_mid_run_is_still_told_when_training_has_gone_on() -> None:
    refused = Refused(command="branch", reason="epoch is 9999: expected one that calm-lake has saved")
    session = after([*training(), CommandSent(Branch(epoch=9999)), refused, started(1200, 2000), epochs(1201, 1300)])
    assert (told(session), session.state) == (refused.reason, "training")


# --- lineage ---------------------------------------------------------------------------------------------------------


def test_a_branch_tells_where_it_comes_from() -> None:
    session = after([READY, branch()])
    assert told(session) == "branch of old-oak at 1000"
    header = status_lines.header(session.config, session.state, session.run, 160, session.parent)
    assert "branch of old-oak at 1000" in "".join(text for text, _ in header)


# --- an offer --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", [[], ready()], ids=["loading", "ready"])
def test_an_unfinished_run_is_offered(script: list[Update]) -> None:
    session = after([*script, Offered(OFFER)])
    assert told(session, 70) == "old-oak was interrupted at 1200 of 2000: *u* continues it".replace("*", "")
    assert len(told(session, 160)) > len(told(session, 70)), "on a wide screen next to what else can be done"


def test_the_offer_ends_when_something_else_is_begun() -> None:
    assert after([*ready(), Offered(OFFER), started(0, 2000)]).offer is None
    assert after([*ready(), Offered(OFFER), opened(epoch=10)]).offer is None
    assert after([*training(), Offered(OFFER)]).offer is None
    assert after([*ready(), Offered(OFFER), opened(RunConfig(seed=7)), epochs(0, 0)]).offer == OFFER


def test_what_is_on_disk_after_a_command() -> None:
    assert after(training()).newest_kept == 1200
    assert after([*training(), EngineGone(-9)]).newest_kept == 1000


@pytest.mark.parametrize("script", [[], ready(), training(), paused(), done()])
def test_ascii_is_ascii(script: list[Event]) -> None:
    session = after(script)
    pieces = [
        *status_lines.header(session.config, session.state, session.run, 160),
        *status_lines.status(session, 160),
    ]
    pieces += [*status_lines.notice(session, 160), *status_lines.strip(session, (0, 1))]
    text = "".join(text for text, _ in pieces)
    assert ascii_only(text).isascii()
    assert "?" not in ascii_only(text)


@pytest.mark.parametrize("width", [60, 72, 80, 110, 160, 250])
@pytest.mark.parametrize("script", [[], ready(), training(), paused(), done(), resumed()])
def test_the_lines_at_the_top_fill_the_width_exactly(script: list[Event], width: int) -> None:
    session = after(script)
    header = status_lines.header(session.config, session.state, session.run, width)
    for pieces in (header, status_lines.status(session, width)):
        assert sum(len(text) for text, _ in pieces) == width


@pytest.mark.parametrize("width", [60, 80, 160])
def test_nothing_in_the_status_moves_sideways_while_training(width: int) -> None:
    session = after(training(200))
    bars = set()
    for first in range(201, 2000, 50):
        session = after([epochs(first, first + 49, per_second=100.0 + first)], session)
        count, done_, to_do, *_ = status_lines.status(session, width)
        bars.add((len(count[0]), len(done_[0]) + len(to_do[0])))
    assert len(bars) == 1
