"""Shell completion as a shell asks for it: the script that it reads once, and its question at every Tab."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_engine.store import directory as runs
from tests.support.run_folders import make_run
from tui.cli import completion, main

ROOT = Path(__file__).parents[3]
SHELLS = ("bash", "zsh", "fish")
#: How each shell tells the words and which of them it wants completed.
ASKS = {
    "bash": lambda words: {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)},
    "zsh": lambda words: {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)},
    "fish": lambda words: {"COMP_WORDS": " ".join(words), "COMP_CWORD": words[-1]},
}


def call(folder: Path, *arguments: str, **environment: str) -> str:
    """What the command prints, in a working directory."""
    command = [sys.executable, "-P", "-m", "tui", *arguments]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    ran = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return ran.stdout


def offers(folder: Path, line: str, shell: str = "bash") -> list[str]:
    """What is offered for the last word of `line`, which is empty where the line ends in a space."""
    answer = call(folder, _LSTM_TUI_COMPLETE=f"{shell}_complete", **ASKS[shell](line.split(" ")))
    if shell == "zsh":  # three lines an item: its kind, itself, and what it means
        return answer.splitlines()[1::3]
    return [item.partition(",")[2].partition("\t")[0] for item in answer.splitlines()]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_is_offered_what_fits(shell: str, tmp_path: Path) -> None:
    assert offers(tmp_path, "lstm-tui r", shell) == ["resume", "run", "runs"]
    assert offers(tmp_path, "lstm-tui train --mo", shell) == ["--model"]
    assert offers(tmp_path, "lstm-tui train --model ", shell) == ["by-hand", "nn-lstm"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with runs in `checkpoints`, one of them named as a shell would run it, and one elsewhere."""
    for name in ("calm-lake", "calm-sea", "bright-bear", "calm-$(touch x)"):
        make_run(tmp_path / "checkpoints", name)
    make_run(tmp_path / "elsewhere", "calm-hill")
    (tmp_path / "checkpoints" / "calm-but-no-run").mkdir()
    return tmp_path


@pytest.mark.parametrize("line", ["resume", "export", "train --resume"])
def test_runs_are_offered(line: str, folder: Path) -> None:
    assert offers(folder, f"lstm-tui {line} ca") == ["calm-lake", "calm-sea"]
    assert offers(folder, f"lstm-tui {line} ") == ["bright-bear", "calm-lake", "calm-sea"]


def test_runs_are_offered_of_the_folder_that_the_line_names(folder: Path) -> None:
    assert offers(folder, "lstm-tui resume --checkpoints elsewhere c") == ["calm-hill"]


def test_where_no_run_fits_the_shell_offers_files(folder: Path) -> None:
    answer = call(folder, _LSTM_TUI_COMPLETE="bash_complete", **ASKS["bash"](["lstm-tui", "resume", "x"]))
    assert answer == "file,x\n"


def test_what_makes_a_folder_a_run_is_what_the_store_says() -> None:
    assert completion._RECORDS == runs.RECORDS


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_asks_in_that_way(shell: str, tmp_path: Path) -> None:
    script = call(tmp_path, "completion", shell)
    assert f"_LSTM_TUI_COMPLETE={shell}_complete" in script
    assert "lstm-tui" in script


@pytest.mark.parametrize("shell", [(), ("tcsh",), ("",), ("bash", "zsh")], ids=["none", "another", "empty", "two"])
def test_a_shell_that_it_does_not_know_is_refused(shell: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["completion", *shell]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(r"lstm-tui: [^\n?]+\n", said.err)


def test_bash_completes(folder: Path) -> None:
    """A real bash, with the script read as the README says."""
    command = folder / "bin" / "lstm-tui"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m tui "$@"\n')
    command.chmod(0o755)
    program = (
        'eval "$(lstm-tui completion bash)"; COMP_WORDS=(lstm-tui resume calm-s); COMP_CWORD=2; '
        '_lstm_tui_completion lstm-tui; echo "${COMPREPLY[@]}"; complete -p lstm-tui'
    )
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{command.parent}:{os.environ['PATH']}"}
    ran = subprocess.run(
        ["bash", "--norc", "-c", program], cwd=folder, env=surroundings, capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines() == ["calm-sea", "complete -o nosort -F _lstm_tui_completion lstm-tui"]
