"""The order in which a run gets onto the disk, which of its checkpoints stay, and what a failing disk leaves."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.run.records import SaveReason, Stage
from lstm_engine.store import directory as runs
from lstm_engine.store.integrity import digest, is_as_stamped
from lstm_engine.store.writer import RunWriter
from tests.support.disk_calls import DiskCalls
from tests.support.script import checkpoint

COLUMNS = Columns.of(RunConfig())
KEEP = 3


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[RunWriter]:
    with contextlib.closing(RunWriter(runs.create_run(tmp_path, RunConfig()), COLUMNS, KEEP)) as held:
        yield held


def row(epoch: int) -> list[float]:
    return [float(epoch)] * COLUMNS.width


def save(writer: RunWriter, epoch: int, reason: SaveReason = "timed") -> Path:
    """Trains on to that epoch, and saves there."""
    for between in range(writer.next_epoch, epoch + 1):
        writer.add(row(between))
    writer.write_checkpoint(checkpoint(epoch), f"state at {epoch}".encode(), epoch, reason)
    return writer.directory / checkpoint(epoch)


def kept(writer: RunWriter) -> list[int]:
    """The epochs of the checkpoint files that are there."""
    files = {path.name for path in writer.directory.glob("*.ckpt")}
    return [record.epoch for record in writer.store.checkpoints() if record.file in files]


def test_history_then_checkpoint_then_what_is_old(writer: RunWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    committed: list[tuple[int, bool]] = []

    def look(what: str, path: Path) -> None:
        if what == "replace" and path.suffix == ".ckpt":
            with contextlib.closing(sqlite3.connect(writer.directory / "history.sqlite")) as other:
                (last,) = other.execute("SELECT max(first_epoch + count) - 1 FROM epochs").fetchone()
                known = other.execute("SELECT sha256 FROM checkpoints WHERE file = ?", (path.name,)).fetchone()
            committed.append((last, known == (digest(b"state at %d" % last),)))

    old, *_ = [save(writer, epoch) for epoch in (10, 20, 30)]
    calls = DiskCalls(monkeypatch, look)
    path = save(writer, 40)
    assert committed == [(40, True)]
    calls.check_durable(path)
    assert calls.index("replace", path) < calls.index("remove", old)


def test_so_many_timed_checkpoints_are_kept_and_not_one_more(writer: RunWriter) -> None:
    for epoch in range(1, 11):
        save(writer, epoch)
        assert kept(writer) == list(range(max(1, epoch - KEEP + 1), epoch + 1))


@pytest.mark.parametrize("reason", ["user", "stage"])
def test_what_the_user_or_a_stage_saved_is_kept_for_good(writer: RunWriter, reason: SaveReason) -> None:
    save(writer, 1, reason)
    for epoch in range(2, 10):
        save(writer, epoch)
    assert kept(writer) == [1, 7, 8, 9]


def test_a_timed_checkpoint_that_the_user_saves_is_kept_for_good(writer: RunWriter) -> None:
    save(writer, 1)
    writer.keep_checkpoint(checkpoint(1), "user")
    for epoch in range(2, 10):
        save(writer, epoch, "pause")
    assert kept(writer) == [1, 7, 8, 9]


def test_the_records_of_what_was_pruned_go_with_the_next_checkpoint(writer: RunWriter) -> None:
    for epoch in range(1, 10):
        save(writer, epoch)
    assert [record.epoch for record in writer.store.checkpoints()] == [6, 7, 8, 9]


def test_a_stage_that_begins_earlier_takes_what_is_past_it_from_memory_and_disk(writer: RunWriter) -> None:
    for epoch in (5, 10, 15):
        save(writer, epoch, "user")
    writer.add(row(16))
    writer.begin_stage(Stage(10, 50))
    assert writer.next_epoch == 11
    assert kept(writer) == [5, 10]
    assert not (writer.directory / checkpoint(15)).exists()
    save(writer, 12)
    assert writer.store.history().loss.tolist() == list(range(13))


def test_what_the_disk_refused_is_kept_for_the_next_attempt(
    writer: RunWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(writer, 5)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(writer.store, "add", full)
        with pytest.raises(sqlite3.OperationalError):
            save(writer, 10)
    assert kept(writer) == [5]
    assert writer.next_epoch == 11
    save(writer, 11)
    assert writer.store.history().loss.tolist() == list(range(12))


def test_a_checkpoint_that_could_not_be_written_is_written_again_without_its_epochs_twice(
    writer: RunWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(what: str, path: Path) -> None:
        if what == "sync" and ".ckpt" in path.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        DiskCalls(patched, full)
        with pytest.raises(OSError, match="No space"):
            save(writer, 5)
    assert kept(writer) == []
    save(writer, 5)
    assert kept(writer) == [5]
    assert writer.store.history().loss.tolist() == list(range(6))


def test_a_past_that_is_taken_over_lies_before_what_is_added(writer: RunWriter) -> None:
    past = np.array([row(epoch) for epoch in range(25_000)], np.float32)
    writer.begin_with(past)
    assert writer.next_epoch == 25_000
    save(writer, 25_001)
    assert writer.store.history().loss.tolist() == list(range(25_002))


def test_a_summary_says_where_the_run_stands_and_by_which_checkpoint(writer: RunWriter) -> None:
    path = save(writer, 5)
    writer.summarise(5, 9, "paused", [0.5, 0.25, float("inf"), *[0.0] * 12], 1.5, path)
    summary = runs.read_summary(writer.directory)
    assert summary is not None
    assert (summary.epoch, summary.target, summary.state, summary.seconds) == (5, 9, "paused", 1.5)
    assert (summary.train_loss, summary.predictions) == (0.5, {"A": 0.25, "B": None})
    assert summary.checkpoint is not None
    assert is_as_stamped(str(writer.directory), summary.checkpoint)
    writer.summarise(5, 9, "training", None, checkpoint=path)
    summary = runs.read_summary(writer.directory)
    assert summary is not None
    assert summary.checkpoint is None, "in mid-training the history is asked instead"


def test_a_second_writer_is_refused_and_the_run_is_given_back(writer: RunWriter) -> None:
    with pytest.raises(UserError, match="in use"):
        RunWriter(writer.directory, COLUMNS, KEEP)
    writer.close()
    RunWriter(writer.directory, COLUMNS, KEEP).close()


def test_a_history_that_is_none_of_ours_gives_the_lock_back(tmp_path: Path) -> None:
    run = runs.create_run(tmp_path, RunConfig())
    whole = (run / "history.sqlite").read_bytes()
    (run / "history.sqlite").write_bytes(b"rubbish" * 100)
    with pytest.raises(UserError) as refused:
        RunWriter(run, COLUMNS, KEEP)
    (run / "history.sqlite").write_bytes(whole)
    RunWriter(run, COLUMNS, KEEP).close()
    assert refused.tb is not None, "what the traceback holds on to is not what gives it back"
