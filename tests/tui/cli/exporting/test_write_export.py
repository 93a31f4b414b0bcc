from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.support.stopped_runs import output_of, stopped_run
from tui.cli import main as cli


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stopped run of two epochs in ./checkpoints."""
    monkeypatch.chdir(tmp_path)
    return stopped_run(tmp_path / "checkpoints")


def test_export_for_tensorboard_and_as_csv_logger(
    run: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "logs"
    assert output_of(capsys, "export", run.name, "--format", "tensorboard", "--output", str(folder)) == ""
    (path,) = folder.iterdir()
    assert path.name.startswith("events.out.tfevents.")
    assert cli.run(["export", run.name, "--format", "tensorboard", "--output", str(folder)]) == 2
    assert "logs has event files, which TensorBoard would mix with this run's" in capsys.readouterr().err
    header, *_ = csv.reader(output_of(capsys, "export", run.name, "--format", "metrics-csv").splitlines())
    assert {"epoch", "step", "train_loss", "out_0", "parameters/wlr1"} <= set(header)
