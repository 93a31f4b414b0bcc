"""Whether a checkpoint is, byte for byte, what was written."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import numpy as np
import pytest

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.run.records import CheckpointRecord
from lstm_engine.store.database import Store
from lstm_engine.store.integrity import digest, is_as_stamped, is_whole, newest_whole_epoch, stamp_of
from tests.support.run_folders import make_run
from tests.support.script import checkpoint

DATA = b"the state of an optimiser"


def record(data: bytes = DATA) -> CheckpointRecord:
    return CheckpointRecord("epoch=9-step=20.ckpt", 10, digest(data), "timed")


@pytest.mark.parametrize(
    ("there", "whole"),
    [(DATA, True), (DATA[:-1], False), (DATA[:-1] + b"R", False), (DATA + b"\0", False), (None, False)],
)
def test_a_checkpoint_is_whole_by_its_bytes(tmp_path: Path, there: bytes | None, whole: bool) -> None:
    if there is not None:
        (tmp_path / record().file).write_bytes(there)
    assert is_whole(tmp_path, record()) == whole


def test_the_checksum_is_sha_256() -> None:
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(("there", "same"), [(DATA, True), (DATA[::-1], False), (DATA[:-1], False), (None, False)])
def test_a_checkpoint_of_another_time_is_known_again_by_its_bytes(
    tmp_path: Path, there: bytes | None, same: bool
) -> None:
    path = tmp_path / record().file
    path.write_bytes(DATA)
    stamp = stamp_of(path)
    assert stamp is not None
    assert is_as_stamped(str(tmp_path), stamp)
    path.unlink()
    if there is not None:
        path.write_bytes(there)
        os.utime(path, ns=(0, 0))
    assert is_as_stamped(str(tmp_path), stamp) == same


def test_what_is_not_there_has_no_stamp(tmp_path: Path) -> None:
    assert stamp_of(tmp_path / "none.ckpt") is None


def test_the_newest_whole_checkpoint_that_the_history_leads_up_to_counts(tmp_path: Path) -> None:
    columns = Columns.of(RunConfig())
    run = make_run(tmp_path, "calm-lake", 10, 20, checkpoints=[(5, "timed"), (8, "timed"), (10, "pause")])
    with contextlib.closing(Store.open(run, columns)) as store:
        assert newest_whole_epoch(run, store) == 10
        (run / checkpoint(12)).write_bytes(DATA)
        past_the_end = CheckpointRecord(checkpoint(12), 12, digest(DATA), "timed")
        store.add(11, np.empty((0, columns.width), np.float32), past_the_end, ())
        assert newest_whole_epoch(run, store) == 10, "its epochs never reached the disk"
        (run / checkpoint(10)).write_bytes(b"other bytes")
        assert newest_whole_epoch(run, store) == 8
        for path in run.glob("*.ckpt"):
            path.unlink()
        assert newest_whole_epoch(run, store) == 0
