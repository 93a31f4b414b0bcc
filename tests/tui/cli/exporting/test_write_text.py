from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TextIO

import pytest

from tests.support.stopped_runs import output_of, stopped_run
from tui.cli import main as cli


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stopped run of two epochs in ./checkpoints."""
    monkeypatch.chdir(tmp_path)
    return stopped_run(tmp_path / "checkpoints")


def test_export_to_a_file_replaces_it_whole(run: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text("something else")
    assert output_of(capsys, "export", run.name, "--output", str(path)) == ""
    assert len(path.read_text().splitlines()) == 4
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["checkpoints", "history.csv"]


def test_who_reads_the_file_that_is_replaced_reads_it_to_its_end(run: Path, tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text("something else")
    with path.open() as reader:
        assert cli.run(["export", run.name, "--output", str(path)]) == 0
        assert reader.read() == "something else"


def test_an_export_that_the_disk_cuts_short_leaves_the_file_as_it_was(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_directory: Path, _form: str, file: TextIO) -> None:
        file.write("epoch,")
        file.flush()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tui.cli.exporting.write_export.export", full)
    (tmp_path / "history.csv").write_text("something else")
    assert cli.run(["export", run.name, "--output", "history.csv"]) == 2
    assert "history.csv cannot be written (No space left on device)" in capsys.readouterr().err
    assert (tmp_path / "history.csv").read_text() == "something else"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["checkpoints", "history.csv"]


def test_an_export_that_fails_leaves_no_file(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (run / "history.sqlite").write_bytes(b"rubbish" * 1000)
    assert cli.run(["export", run.name, "--output", "history.csv"]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert [entry.name for entry in tmp_path.iterdir()] == ["checkpoints"]


def test_an_export_through_a_link_leaves_the_link(run: Path, tmp_path: Path) -> None:
    (tmp_path / "history.csv").symlink_to("elsewhere.csv")
    assert cli.run(["export", run.name, "--output", "history.csv"]) == 0
    assert (tmp_path / "history.csv").readlink() == Path("elsewhere.csv")
    assert (tmp_path / "elsewhere.csv").read_text().startswith("epoch,")


def test_an_export_into_a_pipe_is_read_at_its_other_end(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor() as pool:
        read = pool.submit((tmp_path / "pipe").read_text)
        assert cli.run(["export", run.name, "--output", "pipe"]) == 0
    assert cli.run(["export", run.name]) == 0
    assert read.result() == capsys.readouterr().out
    assert (tmp_path / "pipe").is_fifo()
