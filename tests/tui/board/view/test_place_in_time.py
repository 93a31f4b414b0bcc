"""The epoch under the time cursor."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.board_feed import BATCHES, RUN, training
from tui.board.state.boards import Boards
from tui.board.view.picture import picture
from tui.board.view.place_in_time import PlaceInTime, place_in_time
from tui.board.view.seen import Seen
from tui.state.told import Told
from tui.view.timeline import Timeline

BOARDS = Boards().after([Told(RUN, training(3 * BATCHES + 20))])


@pytest.mark.parametrize(
    ("step", "epoch"), [(0, 0), (BATCHES - 1, 0), (BATCHES, 1), (2 * BATCHES + 5, 2), (3 * BATCHES, 3)]
)
@pytest.mark.parametrize("hidden", [frozenset(), frozenset({RUN})])
def test_those_that_are_completed_count(step: int, epoch: int, hidden: frozenset[str]) -> None:
    seen = Seen(timeline=Timeline(step))
    now = picture(BOARDS, seen, 100, 2)
    if hidden:  # nothing is drawn, and the cursor stays where it was
        now = replace(now, runs=())
    assert place_in_time(now) == PlaceInTime(step, epoch)


def test_on_an_axis_of_epochs_too() -> None:
    seen = Seen(timeline=Timeline(2000), by_epoch=True)
    assert place_in_time(picture(BOARDS, seen, 100, 2)) == PlaceInTime(2 * BATCHES, 2)


def test_live_there_is_none() -> None:
    assert place_in_time(picture(BOARDS, Seen(), 100, 2)) == PlaceInTime()
    assert place_in_time(picture(Boards(), Seen(), 100, 2)) == PlaceInTime()
