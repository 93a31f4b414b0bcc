"""The table of shares."""

from __future__ import annotations

import numpy as np

from lstm_engine.sweep.results import Results
from lstm_engine.sweep.settings import SweepSettings
from tui.cli.sweep.share_lines import share_lines


def test_a_line_for_each_initialisation_and_learning_rate() -> None:
    settings = SweepSettings(seeds=(0, 1), lr=(0.001, 0.1))
    loss = np.array([0.25, 0.5, np.nan, np.inf], np.float32)
    solved = np.array([True, False, False, False])
    empty = np.zeros((12, 4), np.float32)
    lines = share_lines(Results(settings, 9, np.full(4, 9), empty, loss, empty[:0], empty[:2], solved))
    assert lines[0] == "solved: every prediction within 0.1 of its target"
    assert [line.split()[:5] for line in lines[2:]] == [
        ["normal", "0.001", "1", "2", "50.0%"],
        ["normal", "0.1", "0", "2", "0.0%"],
    ]
    assert lines[2].split()[-2] == "0.3750"
