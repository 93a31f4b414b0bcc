"""Where the log of a run goes."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from lstm_engine.service.logs import LOG, RunLog


@pytest.mark.timeout(60)
def test_a_log_goes_into_a_runs_own_file_or_nowhere(tmp_path: Path) -> None:
    def logged(directory: Path) -> None:
        handler = RunLog()
        handler.directory = directory
        handler.emit(logging.makeLogRecord({"msg": "hello"}))

    for name in ("plain", "pipe", "link"):
        (tmp_path / name).mkdir()
    (tmp_path / "victim").write_text("precious")
    (tmp_path / "link" / LOG).symlink_to(tmp_path / "victim")
    os.mkfifo(tmp_path / "pipe" / LOG)
    for name in ("plain", "pipe", "link"):
        logged(tmp_path / name)
    assert (tmp_path / "plain" / LOG).read_text().endswith("hello\n")
    assert (tmp_path / "victim").read_text() == "precious"
