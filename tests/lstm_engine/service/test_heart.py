"""The thread that writes the pulse of the run that is held."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lstm_engine.service.heart import Heart
from lstm_engine.store.holding.pulse import PULSE, Pulse, read_pulse

#: Seconds to wait for a beat; only a defect takes that long.
LIMIT = 30.0


class Held:
    """What the heart is told of; `asked` is set each time that it asks."""

    def __init__(self, run: Path | None) -> None:
        self.run, self.epoch, self.problem = run, 0, ""
        self.asked = threading.Event()

    def __call__(self) -> tuple[Path, Pulse] | None:
        self.asked.set()
        if self.problem:
            raise RuntimeError(self.problem)
        self.epoch += 1
        return None if self.run is None else (self.run, Pulse(epoch=self.epoch, target=99, state="training"))


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT
    poll = threading.Event()
    while not holds():
        assert time.monotonic() < end
        poll.wait(0.002)


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    return one, other


def beat_of(run: Path) -> int:
    pulse = read_pulse(run)
    return pulse.beat if pulse else 0


def test_it_beats_while_the_run_is_held_and_leaves_nothing_behind(runs: tuple[Path, Path]) -> None:
    run, _ = runs
    heart = Heart(Held(run), every=0.001)
    heart.start()
    until(lambda: beat_of(run) >= 3)
    pulse = read_pulse(run)
    assert pulse is not None
    assert (pulse.target, pulse.state) == (99, "training")
    assert pulse.epoch == pulse.beat
    assert pulse.updated
    heart.stop()
    assert list(run.iterdir()) == []


def test_it_beats_at_once(runs: tuple[Path, Path]) -> None:
    heart = Heart(Held(runs[0]), every=3600.0)
    heart.start()
    until(lambda: beat_of(runs[0]) == 1)
    heart.stop()


def test_it_goes_from_run_to_run_and_rests_where_none_is_held(runs: tuple[Path, Path]) -> None:
    held = Held(None)
    heart = Heart(held, every=0.001)
    heart.start()
    until(held.asked.is_set)
    for run in runs:
        held.run = run
        until(lambda run=run: beat_of(run) > 0)
        assert [path for path in runs if (path / PULSE).exists()] == [run] or not (run / PULSE).exists()
    held.run = None
    until(lambda: not any((run / PULSE).exists() for run in runs))
    heart.stop()


def test_no_trouble_stops_it(runs: tuple[Path, Path], tmp_path: Path) -> None:
    held = Held(tmp_path / "gone")
    heart = Heart(held, every=0.001)
    heart.start()
    until(held.asked.is_set)
    held.run = runs[0]
    until(lambda: beat_of(runs[0]) > 0)
    held.problem = "the run is being changed"
    held.asked.clear()
    until(held.asked.is_set)
    held.problem = ""
    before = beat_of(runs[0])
    until(lambda: beat_of(runs[0]) > before)
    heart.stop()
    assert not (tmp_path / "gone").exists()


def test_one_that_never_began_can_be_stopped(runs: tuple[Path, Path]) -> None:
    Heart(Held(runs[0])).stop()
    assert list(runs[0].iterdir()) == []
