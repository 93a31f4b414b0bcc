"""A new run that begins where another stood: all of it or nothing."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.run.records import Parent, Stage
from lstm_engine.service.opened import branch, read_parts
from lstm_engine.store.directory import RECORD, read_record
from lstm_engine.store.lock import in_use
from tests.support.disk_calls import DiskCalls
from tests.support.run_folders import make_run
from tests.support.script import checkpoint, history

COLUMNS = Columns.of(RunConfig())
STAGES = (Stage(0, 40), Stage(40, 90), Stage(60, 100))


def test_a_branch_has_its_parent_s_past_and_the_target_that_is_still_ahead(tmp_path: Path) -> None:
    parent = Parent("calm\x1b[31m-lake", 50)
    opened = branch(tmp_path, RunConfig(), parent, history(50), STAGES, checkpoint(50), b"state", 5)
    try:
        assert (opened.target, opened.resumes) == (90, (40,))
        assert opened.base is not None
        assert (opened.base.epoch, opened.base.path.read_bytes()) == (50, b"state")
        directory = opened.writer.directory
        past, records, stages = read_parts(directory, RunConfig())
        assert past.rows.tobytes() == history(50).rows.tobytes()
        assert [(record.epoch, record.reason) for record in records] == [(50, "stage")]
        assert stages == STAGES[:2]
        assert read_record(directory).parent == Parent("calm?[31m-lake", 50)
        assert opened.last_row == history(50).rows[-1].tolist()
        assert in_use(directory)
    finally:
        opened.writer.close()


@pytest.mark.parametrize("fails", [".ckpt", RECORD])
def test_a_branch_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_run(tmp_path, "calm-lake")

    def full(what: str, path: Path) -> None:
        if what == "sync" and fails in path.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    DiskCalls(monkeypatch, full)
    with pytest.raises(OSError, match="No space left"):
        branch(tmp_path, RunConfig(), Parent("calm-lake", 50), history(50), (), checkpoint(50), b"state", 5)
    assert [path.name for path in tmp_path.iterdir()] == ["calm-lake"]
