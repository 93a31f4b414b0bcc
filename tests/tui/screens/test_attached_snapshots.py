"""Pictures of a run that was found training: attached to, steered by others, and not ended by the first `q`."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from lstm_engine.protocol.attendance import Steered, Watchers
from lstm_engine.protocol.messages import Paused, Stopped
from tests.support.script import DIRECTORY, READY, RUN, checkpoint, epochs, opened, started
from tests.support.snapshots import NARROW, SMALL, WIDE, Snap, taken
from tui.state.updates import EngineFound, EngineGone

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])

#: As a late client is told it: what the last checkpoint holds is read from the disk.
GOES_ON = msgspec.structs.replace(started(1200, 2000), resumed_from=None)
FOUND: list[Any] = [
    *(EngineFound(), READY, opened(epoch=1200, target=2000), GOES_ON, epochs(1201, 1300), Watchers(count=3)),
]


@SIZES
def test_attached(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, FOUND, size=size)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["160x48", "80x24"])
def test_paused_from_another_terminal(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, [*FOUND, Steered(command="pause"), Paused(epoch=1300, target=2000)], size=size)


@SIZES
def test_stopped_from_another_terminal(snap_compare: Snap, size: tuple[int, int]) -> None:
    stopped = Stopped(run=RUN, directory=DIRECTORY, epoch=1300, checkpoint=checkpoint(1300))
    assert taken(snap_compare, [*FOUND, Steered(command="quit"), stopped, EngineGone(0)], size=size)


def test_the_first_q_ends_nothing_for_others(snap_compare: Snap) -> None:
    assert taken(snap_compare, FOUND, "q", size=NARROW)
