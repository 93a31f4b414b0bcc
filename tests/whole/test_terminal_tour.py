"""The tour in a real terminal, with a real engine, from the first step to the last."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.listing.entries import entries
from lstm_engine.store.directory import read_record
from tests.support.published import PREDICTIONS
from tests.support.terminal import Terminal
from tui.tour.steps import BUILT_IN, BUILT_IN_FAST, BY_HAND, BY_HAND_FAST, STEPS

#: What must be on screen with a step before the next key, besides its number; by title.
SHOWN: dict[str, tuple[str, ...]] = {
    "What is asked": ("Two companies",),
    "An untrained guess": ("-0.0377", "-0.0383"),
    "2000 epochs": ("A 0.4342, B 0.6171",),
    "1000 more": ("A 0.2708, B 0.7534",),
    "2000 more": ("A 0.0022, B 0.9693", "3589"),
    "Day 1, untrained": ("epoch 0", "14 %"),
    "Day 1, trained": ("93 %",),
    "Day 4, trained": ("2.40",),
    "The same with nn.LSTM": ("nn-lstm", "16 numbers", "0.5011"),
    "nn.LSTM, learning rate 0.1": ("lr 0.1", "is crossed: below"),
    "By hand, learning rate 0.1": ("epoch 58", "3589"),
    "Luck": ("76 %", "lr 0.001"),
    "A longer window": ("epoch 0", "14 %", "2 in a million", "keeps 73 %"),
    "On your own": ("That was the tour",),
}


def test_the_tour_is_played_through(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    assert set(SHOWN) <= {step.title for step in STEPS}
    with Terminal("tour", "--checkpoints", str(root), size=(80, 24)) as terminal:
        for number, step in enumerate(STEPS, 1):
            terminal.wait_for(f"the tour, {number} of {len(STEPS)}", step.title, *SHOWN.get(step.title, ()))
            terminal.press(">")
        terminal.wait_for("this was the last step")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
        assert "Traceback" not in terminal.received.decode()
    runs = {read_record(Path(run.directory)).config: run for run in entries(root)}
    assert {config: (run.epoch, run.state) for config, run in runs.items()} == {
        BY_HAND: (5000, "finished"),
        BUILT_IN: (1000, "finished"),
        BUILT_IN_FAST: (300, "finished"),
        BY_HAND_FAST: (300, "finished"),
    }
    for company, figure in zip("AB", PREDICTIONS[5000], strict=True):
        assert runs[BY_HAND].predictions[company] == pytest.approx(figure, abs=5e-5)
