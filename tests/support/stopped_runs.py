"""Runs of the LSTM as a process that stopped in mid-training leaves them, without one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.store import directory as runs
from lstm_engine.store.database import Store
from tui.cli import main as cli

COLUMNS = Columns.of(RunConfig())


def stopped_run(checkpoints: Path, config: RunConfig = RunConfig()) -> Path:  # noqa: B008 - frozen
    """Of two epochs, on the way to 2000; its folder."""
    directory = runs.create_run(checkpoints, config)
    rows = (np.arange(3 * COLUMNS.width) / 8).reshape(3, COLUMNS.width).astype(np.float32)
    rows[0, 0] = np.nan
    store = Store.open(directory, COLUMNS)
    store.add(0, rows, None, ())
    store.close()
    save(directory, epoch=2, target=2000, state="paused")
    return directory


def save(directory: Path, epoch: int, target: int, state: runs.RunState) -> None:
    summary = runs.Summary(
        epoch=epoch,
        target=target,
        state=state,
        updated="2026-01-02T03:04:05+00:00",
        train_loss=0.25,
        predictions={"A": 0.4342, "B": 0.6171},
    )
    runs.write_summary(directory, summary)


def output_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.run(list(arguments)) == 0
    output, errors = capsys.readouterr()
    assert errors == ""
    return output
