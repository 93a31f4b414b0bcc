"""How a session's history comes in, grows, is cut and is replaced."""

from __future__ import annotations

import numpy as np

from lstm_engine.protocol.messages import Epochs
from lstm_engine.run.config import RunConfig
from tests.support.script import epochs, history, session_after, training
from tui.state.past import cut, lengthened, read, rewritten
from tui.state.session import Session

NEW = Session.loading(RunConfig(), 2000)
TRAINING = session_after(training(1200))


def test_epochs_come_behind_those_that_there_were() -> None:
    longer = lengthened(TRAINING, epochs(1201, 1210))
    assert (longer.epoch, longer.history.last_epoch, longer.rewrites) == (1210, 1210, TRAINING.rewrites)
    assert longer.history.rows[:1201].tobytes() == TRAINING.history.rows.tobytes()


def test_epochs_that_are_there_already_are_not_drawn_again() -> None:
    assert lengthened(TRAINING, epochs(1101, 1200)) is TRAINING
    assert lengthened(TRAINING, epochs(1200, 1200)) is TRAINING


def test_epochs_that_are_there_with_other_numbers_take_their_place() -> None:
    again = epochs(1101, 1200, RunConfig())
    other = Epochs(first_epoch=again.first_epoch, seconds=1.0, train_loss=[9.0] * 100, predictions=again.predictions,
                   parameters=again.parameters)  # fmt: skip
    session = lengthened(TRAINING, other)
    assert (session.history.last_epoch, session.rewrites) == (1200, TRAINING.rewrites + 1)
    assert session.history.loss[1100] == TRAINING.history.loss[1100]
    assert session.history.loss[1101] == 9.0


def test_a_gap_is_left_out_and_not_invented() -> None:
    session = lengthened(NEW, epochs(5, 6))
    assert session.history.last_epoch == 6
    assert np.isnan(session.history.rows[:5]).all()


def test_only_what_is_trained_now_counts_in_the_pace() -> None:
    assert lengthened(TRAINING, epochs(1201, 1300)).pace != TRAINING.pace
    assert lengthened(NEW, epochs(0, 100)).pace == NEW.pace


def test_a_cut_takes_away_what_is_behind_it_and_nothing_else() -> None:
    shorter = cut(TRAINING, 1000)
    assert (shorter.history.last_epoch, shorter.rewrites) == (1000, TRAINING.rewrites + 1)
    assert cut(TRAINING, 1200) is cut(TRAINING, 5000) is TRAINING


def test_a_history_that_was_foreseen_is_not_drawn_again() -> None:
    foreseen = rewritten(NEW, history(1000))
    assert foreseen.rewrites == NEW.rewrites + 1
    assert read(foreseen, history(1000)) is foreseen
    assert read(foreseen, history(1001)).history.last_epoch == 1001
    other = rewritten(NEW, history(1000, RunConfig()).truncated(999).extended(history(1001).rows[1001:]))
    assert read(foreseen, other.history).rewrites == foreseen.rewrites + 1
    assert read(NEW, history(5)).history.last_epoch == 5
