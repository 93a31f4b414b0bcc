"""`lstm-tui runs`, on run directories without a trained model in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from lstm_engine.store import directory as runs
from lstm_engine.store.holding.owner import OWNER
from lstm_engine.store.holding.pulse import Pulse, PulseFile
from tests.support.folder_contents import tree
from tests.support.stopped_runs import output_of, stopped_run
from tui.cli import main as cli


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stopped run of two epochs in ./checkpoints."""
    monkeypatch.chdir(tmp_path)
    return stopped_run(tmp_path / "checkpoints")


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


def test_a_filter_narrows_the_list(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = stopped_run(run.parent, RunConfig(seed=7))
    listed = output_of(capsys, "runs", "--filter", "seed=7")
    assert other.name in listed
    assert run.name not in listed
    assert output_of(capsys, "runs", "--filter", "seed=8") == "no run in checkpoints is found by seed=8\n"


def test_no_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert output_of(capsys, "runs") == "no runs in checkpoints\n"
    assert output_of(capsys, "runs", "--json", "--checkpoints", "elsewhere") == "[]\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["runs", "extra"], "Got unexpected extra argument"),
        (["runs", "--filter", "loss<many"], "“loss<many” compares with no number: expected one, such as loss<0.01"),
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
