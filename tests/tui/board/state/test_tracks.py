"""Samples over time stay few."""

from __future__ import annotations

from lstm_engine.script.vocabulary.keeper_events import Machine
from lstm_engine.script.vocabulary.module_events import Layers
from tui.board.state.tracks import KEPT, LayerTrack, MachineTrack


def test_layers_reach_back_to_the_beginning_ever_thinner() -> None:
    track = LayerTrack()
    assert track.newest is None
    for step in range(5 * KEPT):
        track = track.after(Layers(step=step))
    steps = [sample.step for sample in track.samples]
    assert len(steps) <= KEPT
    assert steps[0] == 0
    assert steps == sorted(steps)
    assert track.newest is not None
    assert track.newest.step == 5 * KEPT - 1


def test_of_the_machine_the_last_minutes_are_kept() -> None:
    track = MachineTrack()
    for number in range(KEPT + 10):
        track = track.after(Machine(processor=float(number), memory=1))
    assert len(track.samples) == KEPT
    assert track.samples[0].processor == 10.0
    assert track.newest is track.samples[-1]
