"""Pictures of the board in its main states, to be compared with those that were taken before."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.pilot import Pilot

from lstm_engine.script.vocabulary.events import Event
from tests.support.board_feed import (
    OUTPUT,
    FedSource,
    failed,
    finished,
    gates,
    log_of,
    opening,
    paused,
    training,
)
from tests.support.board_hands import BoardHands
from tests.support.script import until
from tests.support.snapshots import NARROW, SMALL, WIDE, Snap
from tui.board.app.board_app import BoardApp
from tui.drawing.plotext_private import warm_up
from tui.options import Marker

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])


def taken(
    snap_compare: Snap,
    events: Sequence[Event] | FedSource,
    *keys: str,
    size: tuple[int, int] = WIDE,
    marker: Marker = "braille",
) -> bool:
    """Whether the board that was told these events is, after the keys, as in the picture."""
    source = events if isinstance(events, FedSource) else FedSource()
    if not isinstance(events, FedSource):
        source.feed(events, output=OUTPUT)
    warm_up()
    app = BoardApp(source, marker=marker, fps=1000)

    async def play(pilot: Pilot[None]) -> None:
        hands = BoardHands(app, source, pilot)
        await until(lambda: app.board.is_attached and app.board.boards.by_name)
        await hands.drawn()
        await hands.press(*keys)

    return snap_compare(app, terminal_size=size, run_before=play)


def logs(count: int = 3) -> FedSource:
    """Several runs, read-only."""
    source = FedSource(steers=False)
    for number in range(count):
        source.feed(log_of(number), run=f"version_{number}")
    return source


@SIZES
def test_training(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, training(), size=size)


def test_before_the_first_step(snap_compare: Snap) -> None:
    assert taken(snap_compare, opening()[:2], size=NARROW)


@SIZES
def test_zoomed_and_smoothed(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, training(), "enter", "t", "t", size=size)


def test_looking_back_by_epoch(snap_compare: Snap) -> None:
    assert taken(snap_compare, training(), "x", "y", "shift+left", size=NARROW)


@SIZES
def test_paused(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, paused(), size=size)


def test_failed(snap_compare: Snap) -> None:
    assert taken(snap_compare, failed(), "l", size=NARROW)


def test_finished(snap_compare: Snap) -> None:
    assert taken(snap_compare, finished(), "c", size=WIDE)


@SIZES
def test_layers(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, training(), "w", size=size)


@SIZES
def test_gates(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, [*training(), gates(200)], "g", size=size)


def test_gates_of_several_layers_in_ascii(snap_compare: Snap) -> None:
    layers = [gates(200, 64, 300, of=f"layer {number}") for number in range(2)]
    assert taken(snap_compare, [*training(), *layers], "g", "n", size=NARROW, marker="ascii")


def test_deviations_of_many_units_in_light(snap_compare: Snap) -> None:
    assert taken(snap_compare, [*training(), gates(200, 32, 30)], "T", "g", "d")


def test_gates_without_colour(snap_compare: Snap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert taken(snap_compare, [*training(), gates(200, 32, 30)], "g", size=NARROW)


def test_facts(snap_compare: Snap) -> None:
    assert taken(snap_compare, training(), "h", size=NARROW)


def test_machine(snap_compare: Snap) -> None:
    assert taken(snap_compare, training(), "u", size=NARROW)


@SIZES
def test_several_runs(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, logs(), size=size)


def test_several_runs_with_their_hyperparameters(snap_compare: Snap) -> None:
    assert taken(snap_compare, logs(), "r", "down", "enter", size=WIDE)


def test_ascii(snap_compare: Snap) -> None:
    assert taken(snap_compare, training(), size=NARROW, marker="ascii")


def test_light(snap_compare: Snap) -> None:
    assert taken(snap_compare, training(), "T", size=NARROW)


def test_without_colour(snap_compare: Snap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert taken(snap_compare, training(), size=NARROW)


def test_help(snap_compare: Snap) -> None:
    assert taken(snap_compare, training(), "question_mark", size=NARROW)


def test_too_small(snap_compare: Snap) -> None:
    assert taken(snap_compare, training(), size=(59, 12))
