"""`lstm-tui run` and what goes with it, on scripts that load no PyTorch: every command, from bad input to the end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_engine.listing.entries import entry_of
from lstm_engine.script.living import is_alive
from tests.support.folder_contents import tree
from tests.support.kept_scripts import FAKE_TRAINING, kill, progress_of, wait_for, wait_until_over
from tests.support.left_running import command
from tui.cli import main as cli

HOLDS = [str(FAKE_TRAINING), "--epochs", "3", "--hold"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> tuple[str, str]:
    found = cli.run(list(arguments))
    output, errors = capsys.readouterr()
    assert found == status, output + errors
    return output, errors


def begun(*arguments: str) -> subprocess.Popen[str]:
    program = [sys.executable, "-m", "tui", *arguments]
    return subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_from_the_beginning_to_the_branch(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output, _ = said(capsys, "run", "--detach", "--json", "--name", "mine", *HOLDS)
    told = json.loads(output)
    run = here / "checkpoints" / "mine"
    assert (told["run"], told["directory"]) == ("mine", str(run))
    wait_for(lambda: progress_of(run).epoch == 1 and entry_of(run).model == "Net")
    assert progress_of(run).pid == told["pid"]
    listed, _ = said(capsys, "runs")
    assert "fake_training.py" in listed
    assert f"mine trains in process {entry_of(run).pid} on " in listed
    said(capsys, "note", "mine", "the first #keep")
    _, errors = said(capsys, "resume", "mine", "--no-screen", status=2)
    assert "run mine is open already" in errors
    _, errors = said(capsys, "resume", "mine", "--epochs", "3", status=2)
    assert "--epochs is given with run mine, which is open already: a on its board adds epochs" in errors
    output, _ = said(capsys, "stop", "mine")
    assert output == (
        f"run mine is stopped: epoch 1, step 2\nsaved at step 2 in {run}/checkpoints/step=2.ckpt\n"
        "continue with: lstm-tui resume mine\n"
    )
    (run / "go").touch()
    output, errors = said(capsys, "resume", "mine", "--no-screen")
    assert "goes on from" in output
    assert "training from epoch 1 to epoch 3" in output
    assert "fit stopped" not in output  # that was before
    assert errors == ""
    _, errors = said(capsys, "resume", "mine", "--no-screen", status=2)
    assert "run mine is at its target, epoch 3: add epochs with --epochs N" in errors
    with pytest.MonkeyPatch.context() as terminal:
        shown: list[Path] = []
        terminal.setattr("tui.cli.arguments.check_terminal", lambda _: None)
        terminal.setattr("tui.cli.script.board.show_board", lambda run, _: shown.append(run) or 0)
        said(capsys, "resume", "mine")
        assert shown == [run], "at its target it is shown as it is"
        assert entry_of(run).state == "finished"
    output, _ = said(capsys, "resume", "mine", "--no-screen", "--epochs", "2")
    assert "training from epoch 3 to epoch 5" in output
    origin = str(run / "checkpoints" / "step=4.ckpt")
    output, _ = said(capsys, "resume", "mine", "--from", origin, "--name", "z", "--detach")
    assert "run z is process" in output
    branch = here / "checkpoints" / "z"
    wait_for(lambda: progress_of(branch).epoch == 3)
    said(capsys, "stop", "z")
    listing = {entry["run"]: entry for entry in json.loads(said(capsys, "runs", "--json")[0])}
    entry, first = listing["z"], listing["mine"]
    assert (entry["kind"], entry["parent"]["run"], entry["parent"]["epoch"]) == ("lightning", "mine", 2)
    assert (first["note"], first["state"], first["epoch"], first["seed"]) == ("the first #keep", "finished", 5, None)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run"], "there is nothing to run: expected a Python script"),
        (["run", "--no-screen", "none.py"], "none.py does not exist"),
        (["run", "--no-screen", "folder"], "folder is a folder without a __main__.py"),
        (["run", "--no-screen", "tool.sh"], "`lstm-tui run -- tool.sh` runs another program"),
        (["run", "--no-screen", "-m", "no.such"], "finds no module no.such"),
        (["run", "--no-screen", "-m", "a b"], "'a b' is no name of a module"),
        (["run", "--no-screen", "-m"], "there is nothing to run"),
        (["run", "--no-screen", "--"], "there is nothing to run"),
        (["run", "--no-screen", "--", "no-such-program"], "is in no folder of the PATH"),
        (["run", "--no-screen", "--", "./train.py"], "does not exist or is not executable"),
        (["run", "--no-screen", "--python", "no-python", "train.py"], "the interpreter no-python is no program"),
        (["run", "--python", "python", "--no-screen", "--", "true"], "--python is given with a program behind --"),
        (["run", "--no-screen", "--name", "a/b", "train.py"], "'a/b' is no name for a run"),
        (["run", "--detach", "--no-screen", "train.py"], "--detach is given with --no-screen"),
        (["run", "--json", "train.py"], "--json is given without --detach"),
        (["run", "--no-such", "train.py"], "No such option"),
        (["run", "train.py"], "the dashboard is for a terminal: expected one, or --no-screen"),
        (["run", "--no-screen", "--checkpoints", "train.py", "train.py"], "train.py is a file"),
        (["env", "--name", ".."], "'..' is no name for a run"),
    ],
)
def test_bad_input_makes_nothing(
    arguments: list[str], told: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "folder").mkdir()
    (here / "train.py").write_text("pass")
    (here / "tool.sh").write_text("#!/bin/sh\n")
    before = tree(here)
    output, errors = said(capsys, *arguments, status=2)
    assert (output, errors.count("\n")) == ("", 1)
    assert told in errors
    assert tree(here) == before


def test_what_only_the_lstm_has_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "run", "--no-screen", "--name", "mine", str(FAKE_TRAINING), "--epochs", "1")
    for arguments, told in (
        (["export", "mine"], "run mine is a script's, with metrics of its own: expected --format metrics-csv or"),
        (["export", "mine", "--format", "json"], "expected --format metrics-csv or tensorboard"),
        (["train", "--resume", "mine"], "`lstm-tui resume --no-screen mine` goes on with it"),
        (
            ["train", "--resume", "mine", "--epochs", "30", "--checkpoints", str(here / "checkpoints"), "--detach"],
            f"`lstm-tui resume --detach mine --epochs 30 --checkpoints {here}/checkpoints` goes on with it",
        ),
        (["resume", "mine", "--save-every", "2", "--no-screen"], "--save-every is given with a script's run"),
        (["resume", "mine", "--name", "x", "--no-screen"], "--name is given without --from"),
        (["resume", "mine", "--from", "x.ckpt", "--no-screen"], "x.ckpt is no checkpoint that run mine has told of"),
        (["attach", "mine"], "run mine is not open anywhere"),
        (["stop", "mine"], "run mine is not open anywhere: there is nothing to stop"),
    ):
        output, errors = said(capsys, *arguments, status=2)
        assert (output, errors.count("\n")) == ("", 1)
        assert told in errors


def test_a_script_without_a_trainer_says_so_with_its_end(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "train.py").write_text("import sys\nprint('no', *sys.argv[1:])\nsys.exit(3)")
    _, errors = said(capsys, "run", "--no-screen", "train.py", "--name", "-x", status=3)
    assert errors == "  no --name -x\nlstm-tui: the script failed with status 3, and no Trainer has reported\n"
    _, errors = said(capsys, "run", "--no-screen", "--", "sh", "-c", "kill -9 $$", status=137)
    assert "was ended by SIGKILL, and no Trainer has reported" in errors
    (here / "__main__.py").write_text("import os; print(os.getcwd())")
    said(capsys, "run", "--no-screen", ".")


def wait_until_named(process: subprocess.Popen[str]) -> None:
    """An interruption saves the run from then on."""
    assert process.stdout is not None
    assert process.stdout.readline().startswith("run mine: process ")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("more", [[], ["--deaf"]])
def test_ctrl_c_and_sigterm_save_and_say_how_to_go_on(more: list[str], here: Path, number: int, status: int) -> None:
    options = ["--no-screen", "--name", "mine", "--checkpoints", "elsewhere"]
    run = here / "elsewhere" / "mine"
    with begun("run", *options, *HOLDS, *more) as process:
        wait_until_named(process)
        wait_for(lambda: progress_of(run).epoch == 1)
        process.send_signal(number)
        output, errors = process.communicate(timeout=60)
    assert process.returncode == status, output + errors
    asked = (
        f"no Trainer takes a command, so the script is sent {signal.Signals(number).name}" if more else "it is asked"
    )
    assert f"interrupted: {asked}" in output
    how = "lstm-tui resume mine --checkpoints elsewhere goes on"
    assert errors == f"lstm-tui: saved at epoch 1, step 2; {how}\n"
    assert entry_of(run).state == "stopped"


def test_a_second_ctrl_c_ends_what_does_not_end_by_itself(here: Path) -> None:
    run = here / "checkpoints" / "mine"
    with begun("run", "--no-screen", "--name", "mine", *HOLDS, "--mute") as process:
        wait_until_named(process)
        wait_for(lambda: progress_of(run).epoch == 1)
        assert process.stdout is not None
        process.send_signal(signal.SIGINT)
        assert any(line.startswith("interrupted") for line in process.stdout)
        assert progress_of(run).ended is None
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, progress_of(run).fit_end) == (130, "interrupted")
    assert errors == "lstm-tui: saved at epoch 1, step 2; lstm-tui resume mine goes on\n"


def test_what_was_interrupted_before_it_trained_is_not_said_to_be_saved(here: Path) -> None:
    (here / "train.py").write_text("import time; time.sleep(600)")
    with begun("run", "--no-screen", "--name", "mine", "train.py") as process:
        wait_until_named(process)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 143
    assert errors == "lstm-tui: nothing was trained yet: there is no checkpoint to go on from\n"


def test_who_waits_is_told_of_a_killed_keeper(here: Path) -> None:
    program = [sys.executable, "-m", "tui", "run", "--no-screen", "--name", "mine", *HOLDS]
    run = here / "checkpoints" / "mine"
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        wait_for(lambda: progress_of(run).epoch == 1 and entry_of(run).pid is not None)
        keeper, script = entry_of(run).pid, progress_of(run).pid
        assert keeper is not None
        kill(keeper)
        wait_for(lambda: entry_of(run).pid == script)
        assert process.poll() is None
        (run / "go").touch()
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "the keeper of run mine was killed" in errors


def test_the_script_trains_on_without_the_program_that_began_it(here: Path) -> None:
    program = [sys.executable, "-m", "tui", "run", "--no-screen", "--name", "mine", *HOLDS]
    run = here / "checkpoints" / "mine"
    with subprocess.Popen(program, stdout=subprocess.DEVNULL) as process:
        wait_for(lambda: progress_of(run).epoch == 1)
        process.kill()
    assert is_alive(progress_of(run).pid, progress_of(run).since)
    (run / "go").touch()
    wait_until_over(run)
    assert entry_of(run).state == "finished"


def test_a_script_that_takes_no_command_is_stopped_by_a_signal(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "run", "--detach", "--name", "mine", *HOLDS, "--deaf")
    run = here / "checkpoints" / "mine"
    wait_for(lambda: progress_of(run).epoch == 1)
    output, _ = said(capsys, "stop", "mine")
    assert "run mine is stopped: epoch 1, step 2" in output
    assert entry_of(run).state == "stopped"


def test_a_notebook_s_variables_are_for_a_shell(here: Path) -> None:
    folder = here / "it's a folder"
    lines = command("env", "--name", "nb", "--checkpoints", str(folder))
    assert (lines.returncode, lines.stderr) == (0, "")
    told = 'printf \'%s\\n\' "$PYTHONPATH" "$LSTM_TUI_RUN" "$LSTM_TUI_SOCKET"'
    shell = subprocess.run(["sh", "-c", lines.stdout + told], capture_output=True, text=True, check=True)
    path, run, socket = shell.stdout.splitlines()
    assert path.split(os.pathsep)[0].endswith("/lstm_engine/hook")
    assert run == str(folder / "nb")
    assert Path(socket).suffix == ".sock"
    subprocess.run(
        [sys.executable, str(FAKE_TRAINING)], env=os.environ | {"LSTM_TUI_RUN": run, "LSTM_TUI_SOCKET": socket}
    )
    entry = entry_of(Path(run))
    assert (entry.state, entry.epoch, entry.title) == ("finished", 2, "notebook")
