"""Where the log of a run goes."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from lstm_engine.service.logs import LOG, RunLog, own_log


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


def test_a_log_of_ones_own_goes_to_its_run_and_to_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_log(str(tmp_path)).info("hello\x1b[2J")
    own_log(None).warning("to nobody's file")
    (line,) = (tmp_path / LOG).read_text().splitlines()
    assert line.endswith(" INFO hello?[2J")
    assert capsys.readouterr().err.splitlines()[0] == line
    assert list(tmp_path.iterdir()) == [tmp_path / LOG]
