"""Pictures of what looks inside a run: the time cursor, the zoom, the cell, curves of parameters, what-ifs."""

from __future__ import annotations

import pytest

from lstm_engine.run.config import RunConfig
from tests.support.script import finished, resumed, training
from tests.support.snapshots import NARROW, SMALL, WIDE, Snap, taken
from tui.screens.questions import Question

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


@SIZES
def test_cell(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, resumed(), "g", "right", size=size)


@SIZES
def test_cell_under_the_cursor(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, resumed(), "g", "c", "home", size=size)


def test_small_cell(snap_compare: Snap) -> None:
    assert taken(snap_compare, resumed(), "g", "up", "right", size=SMALL)


def test_ascii_cell(snap_compare: Snap) -> None:
    assert taken(snap_compare, resumed(), "g", size=NARROW, marker="ascii")


def test_cell_of_the_built_in_model(snap_compare: Snap) -> None:
    config = RunConfig(model="nn-lstm", lr=0.1, init="uniform")
    assert taken(snap_compare, training(200, 300, config), "g", config=config, size=(120, 34))


def test_cell_without_colour(snap_compare: Snap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert taken(snap_compare, resumed(), "g", size=NARROW)


@SIZES
def test_gate_curves(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, resumed(), *AT_1200, "w", "g", size=size)


@SIZES
def test_parameter_curve(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, resumed(), "tab", "tab", "tab", "enter", size=size)


def test_ascii_curves(snap_compare: Snap) -> None:
    assert taken(snap_compare, resumed(), "w", size=NARROW, marker="ascii")


@SIZES
def test_what_if(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, resumed(), *AT_1200, "g", "e", "2", "full_stop", "5", "enter", size=size)


@pytest.mark.parametrize("key", ["e", "x"])
def test_what_if_dialog(snap_compare: Snap, key: str) -> None:
    assert taken(snap_compare, resumed(), "g", key, "9", modal=Question)


#: The pictures of the README's page on day 1: the forget gate of company B on day 2, but for the curves.
DAY_2 = ("c", "up", "up", "up", "right")
WHY = {
    "1-untrained": ("g", "home", *DAY_2),
    "2-trained": ("g", *DAY_2),
    "3-forget-gate": ("tab", "tab", "tab", "w", "g", *DAY_2),
    "4-what-if": ("tab", "tab", "tab", "down", "down", "e", "minus", "4", "enter", "g", *DAY_2),
}


@pytest.mark.parametrize("step", WHY)
def test_why_day_1_survives(snap_compare: Snap, step: str) -> None:
    assert taken(snap_compare, [*training(5000, 5000), finished(5000)], *WHY[step])
