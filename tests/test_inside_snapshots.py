"""Pictures of what looks inside a run: the time cursor, the zoom."""

from __future__ import annotations

import pytest

from tests.scripted import resumed
from tests.test_snapshots import NARROW, WIDE, Snap, _plain_environment, taken

__all__ = ["_plain_environment"]

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["160x48", "80x24"])
AT_1200 = ("colon", *"1200", "enter")


@SIZES
def test_cursor(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, resumed(), *AT_1200, size=size)


@SIZES
def test_zoomed(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, resumed(), *AT_1200, "plus", "plus", size=size)


@SIZES
def test_zoomed_live(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, resumed(), "plus", "plus", size=size)


def test_ascii_cursor(snap_compare: Snap) -> None:
    assert taken(snap_compare, resumed(), *AT_1200, size=NARROW, marker="ascii")
