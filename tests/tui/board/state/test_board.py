"""What follows from a board's fields: where a fit ends, and how long that takes."""

from __future__ import annotations

import pytest

from tests.support.board_feed import BATCHES, EPOCHS, opening, training
from tui.board.state.board import Board
from tui.board.state.reducer import told
from tui.state.told import Told


def board(events: list) -> Board:  # type: ignore[type-arg]
    return told(Board("calm-lake"), Told("calm-lake", events))


def test_the_end_is_known_once_an_epoch_is_over() -> None:
    assert board(opening()).end is None
    assert board(training(220)).end == BATCHES * EPOCHS


@pytest.mark.parametrize("until", [200, 220, 240])
def test_the_end_stays_where_it_is_in_and_between_epochs(until: int) -> None:
    assert board(training(until)).end == BATCHES * EPOCHS


def test_the_time_left_holds_the_validations_that_are_to_come() -> None:
    now = board(training(220))
    assert now.pace.per_second == pytest.approx(50)
    assert now.validation == pytest.approx(0.4)
    assert now.seconds_left == pytest.approx(180 / 50 + 180 / BATCHES * 0.4)


def test_nothing_is_said_of_the_time_before_there_was_any() -> None:
    assert board(opening()).seconds_left is None


def test_the_newest_step_is_that_of_the_newest_metric() -> None:
    assert board(training(220)).newest_step == 220
    assert Board("nothing").newest_step == 0
