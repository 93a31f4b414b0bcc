"""A new run that begins where another stood: all of it is there, or nothing is."""

import dataclasses
import errno
import os
from pathlib import Path

import numpy as np
import pytest

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from lstm_engine.run.records import Parent, Stage
from lstm_engine.service.starts.branch_point import BranchPoint, CheckpointFile, branch
from lstm_engine.store.contents import read_contents
from lstm_engine.store.directory import RECORD, read_record, read_summary
from lstm_engine.store.holding.lock import in_use
from lstm_engine.store.writer import RunWriter
from tests.support.disk_calls import DiskCalls
from tests.support.run_folders import make_run

CONFIG = RunConfig(lr=0.1)
COLUMNS = Columns.of(CONFIG)


def point(last_epoch: int, *stages: Stage) -> BranchPoint:
    rows = np.arange((last_epoch + 1) * COLUMNS.width, dtype=np.float32).reshape(-1, COLUMNS.width)
    checkpoint = CheckpointFile(f"epoch={last_epoch - 1}-step={2 * last_epoch}.ckpt", b"bytes") if last_epoch else None
    return BranchPoint(CONFIG, Parent("old-oak", last_epoch), History.from_rows(COLUMNS, rows), stages, checkpoint)


def test_it_takes_over_what_came_before_and_nothing_after(tmp_path: Path) -> None:
    start = point(20, Stage(0, 10), Stage(10, 30), Stage(20, 90))
    opened = branch(tmp_path, start, keep=5)
    directory = opened.writer.directory
    assert in_use(directory)
    opened.writer.close()
    assert (opened.epoch, opened.target, opened.resumes) == (20, 30, (10,))
    assert opened.base is not None
    assert opened.base.path.read_bytes() == b"bytes"
    assert opened.last_row == start.history.rows[-1].tolist()
    contents = read_contents(directory, CONFIG)
    assert contents.history.rows.tobytes() == start.history.rows.tobytes()
    assert contents.stages == (Stage(0, 10), Stage(10, 30))
    assert [(one.file, one.epoch, one.reason) for one in contents.checkpoints] == [
        (opened.base.path.name, 20, "stage")
    ]
    assert read_record(directory).parent == start.parent
    summary = read_summary(directory)
    assert summary is not None
    assert (summary.epoch, summary.target, summary.state) == (20, 30, "paused")


def test_at_the_seed_it_has_no_checkpoint(tmp_path: Path) -> None:
    opened = branch(tmp_path, point(0, Stage(0, 10)), keep=5)
    opened.writer.close()
    assert (opened.base, opened.epoch, opened.target, opened.resumes) == (None, 0, 0, ())
    assert read_contents(opened.writer.directory, CONFIG).checkpoints == ()


def test_a_parent_of_any_name_has_one_that_can_be_shown(tmp_path: Path) -> None:
    start = dataclasses.replace(point(0), parent=Parent("calm\x1b[31m-lake", 0))
    opened = branch(tmp_path, start, keep=5)
    opened.writer.close()
    assert read_record(opened.writer.directory).parent == Parent("calm?[31m-lake", 0)


@pytest.mark.parametrize("fails", [".ckpt", RECORD])
def test_on_a_full_disk_nothing_is_left(tmp_path: Path, fails: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_run(tmp_path, "calm-lake")

    def full(what: str, path: Path) -> None:
        if what == "sync" and fails in path.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    DiskCalls(monkeypatch, full)
    with pytest.raises(OSError, match="No space left"):
        branch(tmp_path, point(20), keep=5)
    assert [path.name for path in tmp_path.iterdir()] == ["calm-lake"]


@pytest.mark.parametrize("broken", ["begin_with", "write_checkpoint"])
def test_where_it_cannot_be_written_nothing_is_left(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []
    close = RunWriter.close

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(RunWriter, broken, full)
    monkeypatch.setattr(RunWriter, "close", lambda writer: (closed.append(writer.directory), close(writer)))
    with pytest.raises(OSError, match="No space left"):
        branch(tmp_path, point(20), keep=5)
    assert list(tmp_path.iterdir()) == []
    assert len(closed) == 1


def test_it_is_no_run_before_its_checkpoint_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = RunWriter.write_checkpoint
    seen = []

    def watched(writer: RunWriter, *given: object) -> None:
        seen.append((writer.directory / "run.json").exists())
        write(writer, *given)  # type: ignore[arg-type]
        seen.append((writer.directory / "run.json").exists())

    monkeypatch.setattr(RunWriter, "write_checkpoint", watched)
    opened = branch(tmp_path, point(20), keep=5)
    opened.writer.close()
    assert seen == [False, False]
    assert (opened.writer.directory / "run.json").exists()
