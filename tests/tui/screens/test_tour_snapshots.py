"""Pictures of the tour: beside the dashboard, and below it."""

from __future__ import annotations

from functools import partial

import pytest

from lstm_engine.protocol.messages import Event
from tests.support.script import READY, done, opened, paused, ready, training
from tests.support.snapshots import NARROW, SMALL, WIDE, Snap, taken

#: The smallest looks as the one before it with less: `make soak` looks at it.
SIZES = pytest.mark.parametrize(
    "size", [WIDE, NARROW, pytest.param(SMALL, marks=pytest.mark.soak)], ids=["160x48", "80x24", "60x20"]
)
ON = "full_stop"
TRAINED: list[Event] = [READY, opened(epoch=5000)]
taken_of_5000 = partial(taken, last_epoch=5000)


@SIZES
def test_first_step(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, ready(), "i", size=size)


@SIZES
def test_training(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, training(), "i", *[ON] * 4, size=size)


@SIZES
def test_2000_epochs(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, done(), "i", *[ON] * 4, size=size)


@SIZES
def test_day_1_untrained(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken_of_5000(snap_compare, TRAINED, "i", *[ON] * 9, size=size)


@SIZES
def test_day_4_trained(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken_of_5000(snap_compare, TRAINED, "i", *[ON] * 12, size=size)


def test_paused(snap_compare: Snap) -> None:
    assert taken(snap_compare, paused(), "i", *[ON] * 4, size=NARROW)


def test_beside_one_panel(snap_compare: Snap) -> None:
    assert taken(snap_compare, done(), "i", *[ON] * 4, size=(120, 34))


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["160x48", "80x24"])
def test_ascii(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, training(), "i", *[ON] * 4, size=size, marker="ascii")


def test_light_theme(snap_compare: Snap) -> None:
    assert taken(snap_compare, done(), "t", "i", *[ON] * 4)


def test_no_colour(snap_compare: Snap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert taken(snap_compare, done(), "i", *[ON] * 4, size=NARROW)
