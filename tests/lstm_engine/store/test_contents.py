"""What is in a run's directory: its checkpoints, and how much there is to delete."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.run.records import CheckpointRecord
from lstm_engine.store.contents import KeptCheckpoint, Size, checkpoints_of, size_of
from lstm_engine.store.database import Store
from lstm_engine.store.integrity import digest
from tests.support.run_folders import make_run
from tests.support.script import checkpoint


def test_the_checkpoints_that_are_there_newest_first_with_the_damaged_told(tmp_path: Path) -> None:
    run = make_run(tmp_path, "calm-lake", 10, checkpoints=[(5, "timed"), (8, "user"), (10, "stage")])
    (run / checkpoint(5)).unlink()
    (run / checkpoint(8)).write_bytes(b"other bytes")
    assert checkpoints_of(run) == [
        KeptCheckpoint(str(run / checkpoint(10)), 10, "stage", whole=True),
        KeptCheckpoint(str(run / checkpoint(8)), 8, "user", whole=False),
    ]


def test_a_checkpoint_past_the_history_s_end_is_none_to_go_on_from(tmp_path: Path) -> None:
    run = make_run(tmp_path, "calm-lake", 10, checkpoints=[(10, "timed")])
    columns = Columns.of(RunConfig())
    (run / checkpoint(12)).write_bytes(b"whole")
    with contextlib.closing(Store.open(run, columns)) as store:
        record = CheckpointRecord(checkpoint(12), 12, digest(b"whole"), "timed")
        store.add(11, np.empty((0, columns.width), np.float32), record, ())
    assert [(one.epoch, one.whole) for one in checkpoints_of(run)] == [(12, False), (10, True)]


def test_all_that_lies_in_the_folder_is_counted(tmp_path: Path) -> None:
    (tmp_path / "run" / "below").mkdir(parents=True)
    (tmp_path / "run" / "a").write_bytes(b"12345")
    (tmp_path / "run" / "below" / "b").write_bytes(b"123")
    assert size_of(tmp_path / "run") == Size(files=2, bytes=8)
    with pytest.raises(UserError, match="cannot be read"):
        size_of(tmp_path / "gone")
