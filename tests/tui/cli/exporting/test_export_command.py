from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from lstm_engine.run.config import RunConfig
from tests.support.folder_contents import tree
from tests.support.stopped_runs import COLUMNS, output_of, stopped_run
from tui.cli import main as cli


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stopped run of two epochs in ./checkpoints."""
    monkeypatch.chdir(tmp_path)
    return stopped_run(tmp_path / "checkpoints")


def test_export_as_csv(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header, *rows = csv.reader(output_of(capsys, "export", run.name).splitlines())
    assert header == ["epoch", "train_loss", "prediction A", "prediction B", *COLUMNS.parameters]
    assert [row[:3] for row in rows] == [["0", "", "0.125"], ["1", "1.875", "2.0"], ["2", "3.75", "3.875"]]


def test_export_as_json(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    untrained, *_, last = json.loads(output_of(capsys, "export", str(run), "--format", "json"))
    assert (untrained["epoch"], untrained["train_loss"]) == (0, None)
    assert (last["epoch"], last["predictions"]) == (2, {"A": 3.875, "B": 4.0})
    assert tuple(last["parameters"]) == COLUMNS.parameters


def test_all_runs_or_those_that_a_filter_finds(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = stopped_run(run.parent, RunConfig(seed=7, lr=0.01))
    _, *rows = csv.reader(output_of(capsys, "export", "--all").splitlines())
    assert {row[0] for row in rows} == {run.name, other.name}
    _, *rows = csv.reader(output_of(capsys, "export", "--all", "--filter", "lr>=0.01 loss<1").splitlines())
    assert [row[0] for row in rows] == [other.name]
    (found,) = json.loads(output_of(capsys, "export", "--all", "--filter", "-seed=7", "--format", "json"))
    assert found["run"] == run.name
    assert output_of(capsys, "export", "--all", "--output", "all.csv") == ""
    assert len(Path("all.csv").read_text().splitlines()) == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["export"], "Missing argument 'RUN'"),
        (["export", "no-such-run"], "no run 'no-such-run' in checkpoints"),
        (["export", ""], "the run's name is empty"),
        (["export", "RUN", "--format", "xml"], "'xml' is not one of 'csv', 'json'"),
        (["export", "RUN", "--format", "tensorboard"], "tensorboard reads a folder: expected --output DIR"),
        (["export", "RUN", "--format", "tensorboard", "--output", "a-file"], "a-file cannot be written (File exists)"),
        (["export", "RUN", "--output", "none/history.csv"], "none/history.csv cannot be written (No such file"),
        (["export", "RUN", "--output", "checkpoints"], "checkpoints cannot be written (Is a directory)"),
        (["export", "RUN", "--all"], "a run is named with --all: expected one of the two"),
        (["export", "RUN", "--filter", "seed=1"], "--filter is given without --all"),
        (["export", "--all", "--format", "tensorboard"], "all runs have no common metrics for tensorboard"),
        (["export", "--all", "--filter", "loss<many"], "“loss<many” compares with no number"),
    ],
)
def test_bad_input(
    arguments: list[str], told: str, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a-file").write_text("")
    before = tree(tmp_path)
    assert cli.run([run.name if word == "RUN" else word for word in arguments]) == 2
    output, errors = capsys.readouterr()
    assert (output, errors.count("\n")) == ("", 1)
    assert told in errors
    assert "Traceback" not in errors
    assert tree(tmp_path) == before
