"""`lstm-tui runs` and `lstm-tui export`, on run directories without a trained model in them."""

from __future__ import annotations

import csv
import errno
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TextIO

import numpy as np
import pytest

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.run.records import Parent
from lstm_engine.store import directory as runs
from lstm_engine.store.database import Store
from lstm_engine.store.holding.owner import OWNER
from lstm_engine.store.holding.pulse import Pulse, PulseFile
from tests.support.folder_contents import tree
from tui.cli import main as cli

COLUMNS = Columns.of(RunConfig())


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stopped run of two epochs in ./checkpoints."""
    monkeypatch.chdir(tmp_path)
    directory = runs.create_run(tmp_path / "checkpoints", RunConfig())
    rows = (np.arange(3 * COLUMNS.width) / 8).reshape(3, COLUMNS.width).astype(np.float32)
    rows[0, 0] = np.nan
    store = Store.open(directory, COLUMNS)
    store.add(0, rows, None, ())
    store.close()
    save(directory, epoch=2, target=2000, state="paused")
    return directory


def save(directory: Path, epoch: int, target: int, state: runs.RunState) -> None:
    summary = runs.Summary(
        epoch=epoch,
        target=target,
        state=state,
        updated="2026-01-02T03:04:05+00:00",
        train_loss=0.25,
        predictions={"A": 0.4342, "B": 0.6171},
    )
    runs.write_summary(directory, summary)


def output_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.run(list(arguments)) == 0
    output, errors = capsys.readouterr()
    assert errors == ""
    return output


def test_the_list_has_a_line_a_run(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heading, line = output_of(capsys, "runs").splitlines()
    assert heading.split("  ")[0].strip() == "run"
    assert [cell.strip() for cell in line.split("  ") if cell.strip()][:-1] == [
        *(run.name, "stopped", "2 of 2000", "0.2500", "A 0.4342, B 0.6171", "by-hand", "42", "0.001", "normal"),
        "walk-through",
    ]
    assert line.index("stopped") == heading.index("state")


def test_who_trains_a_run_is_told_below(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (run / OWNER).write_text('{"pid": 4711, "host": "node-17"}')
    pulse = PulseFile(run)
    for watchers, look_on in ((0, ""), (1, ", 1 dashboard looks on"), (2, ", 2 dashboards look on")):
        pulse.write(Pulse(epoch=5, target=2000, state="training", per_second=509.6, watchers=watchers))
        output = output_of(capsys, "runs")
        assert output.splitlines()[1].split()[1:5] == ["training", "5", "of", "2000"]
        assert output.endswith(f"\n{run.name} trains in process 4711 on node-17, 510 epochs/s{look_on}\n")
    (listed,) = json.loads(output_of(capsys, "runs", "--json"))
    assert [listed[key] for key in ("state", "epoch", "host", "pid", "per_second", "watchers")] == [
        *("running", 5, "node-17", 4711, 509.6, 2)
    ]
    pulse.write(Pulse(epoch=5, target=2000, state="paused"))
    assert output_of(capsys, "runs").endswith(f"\n{run.name} is open in process 4711 on node-17\n")
    pulse.close()
    (listed,) = json.loads(output_of(capsys, "runs", "--json"))
    assert (listed["state"], listed["host"], listed["pid"], listed["watchers"]) == ("stopped", None, None, None)


def test_branches_and_damage_are_told_below(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    branch = runs.create_run(run.parent, RunConfig(lr=0.1), Parent(run.name, 1, {"wlr1": -1.0}))
    broken = runs.create_run(run.parent, RunConfig())
    (broken / runs.RECORD).write_text("{")
    output = output_of(capsys, "runs")
    assert f"{branch.name} branched off {run.name} at epoch 1 with wlr1 -1\n" in output
    assert f"{broken.name} is damaged: " in output


def test_the_list_as_json(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (entry,) = json.loads(output_of(capsys, "runs", "--json"))
    assert (entry["run"], entry["epoch"], entry["state"]) == (run.name, 2, "stopped")
    assert entry["directory"] == str(run)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    (entry,) = json.loads(output_of(capsys, "runs", "--json", "--checkpoints", "../checkpoints"))
    monkeypatch.chdir("/")
    assert Path(entry["directory"]).samefile(run)
    assert Path(entry["directory"]).is_absolute()


def test_no_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert output_of(capsys, "runs") == "no runs in checkpoints\n"
    assert output_of(capsys, "runs", "--json", "--checkpoints", "elsewhere") == "[]\n"
    assert list(tmp_path.iterdir()) == []


def test_export_as_csv(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header, *rows = csv.reader(output_of(capsys, "export", run.name).splitlines())
    assert header == ["epoch", "train_loss", "prediction A", "prediction B", *COLUMNS.parameters]
    assert [row[:3] for row in rows] == [["0", "", "0.125"], ["1", "1.875", "2.0"], ["2", "3.75", "3.875"]]


def test_export_as_json(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    untrained, *_, last = json.loads(output_of(capsys, "export", str(run), "--format", "json"))
    assert (untrained["epoch"], untrained["train_loss"]) == (0, None)
    assert (last["epoch"], last["predictions"]) == (2, {"A": 3.875, "B": 4.0})
    assert tuple(last["parameters"]) == COLUMNS.parameters


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

    monkeypatch.setattr("tui.cli.runs.export", full)
    (tmp_path / "history.csv").write_text("something else")
    assert cli.run(["export", run.name, "--output", "history.csv"]) == 2
    assert "history.csv cannot be written (No space left on device)" in capsys.readouterr().err
    assert (tmp_path / "history.csv").read_text() == "something else"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["checkpoints", "history.csv"]


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
        (["runs", "extra"], "Got unexpected extra argument"),
        (["runs", "--checkpoints", ""], "checkpoints is empty: expected a folder"),
        (["runs", "--checkpoints", "a-file"], "a-file cannot be listed (Not a directory)"),
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


def listed_into(descriptor: int) -> tuple[int, str]:
    """Exit status and standard error of `lstm-tui runs` with that standard output."""
    command = [sys.executable, "-m", "tui.cli.main", "runs"]
    result = subprocess.run(command, stdout=descriptor, stderr=subprocess.PIPE, text=True, check=False)
    os.close(descriptor)
    return result.returncode, result.stderr


def test_a_full_disk_under_the_output(run: Path) -> None:
    status, errors = listed_into(os.open("/dev/full", os.O_WRONLY))
    assert (status, errors) == (1, "lstm-tui: the output cannot be written: No space left on device\n")


def test_a_reader_that_has_had_enough(run: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    assert listed_into(writer) == (1, "")
