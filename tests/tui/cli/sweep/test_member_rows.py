"""A sweep as CSV."""

from __future__ import annotations

import csv
import io

import numpy as np

from lstm_engine.sweep.results import Results
from lstm_engine.sweep.settings import SweepSettings
from tui.cli.sweep.member_rows import write_member_rows


def test_a_row_a_member_with_its_settings_first() -> None:
    settings = SweepSettings(seeds=(3, 4), lr=(0.1,))
    weights = np.full((12, 2), 1 / 3, np.float32)
    found = Results(
        settings,
        9,
        np.full(2, 9),
        weights,
        np.array([0.5, np.nan], np.float32),
        weights[:0],
        weights[:2],
        np.array([True, False]),
    )
    stream = io.StringIO()
    write_member_rows(found, stream)
    heading, one, other = csv.reader(stream.getvalue().splitlines())
    assert heading[:9] == [
        "seed",
        "lr",
        "init",
        "epochs",
        "train_loss",
        "solved",
        "prediction A",
        "prediction B",
        "wlr1",
    ]
    assert one[:6] == ["3", "0.1", "normal", "9", "0.5", "1"]
    assert np.float32(one[6]) == np.float32(1 / 3)
    assert other[3:6] == ["9", "", "0"]
    assert len(one) == len(heading) == 8 + 12
