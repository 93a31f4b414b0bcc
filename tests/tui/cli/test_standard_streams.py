"""Standard input, output and error closed, or full: a sentence where one can be said, an exit status, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.run_folders import make_run
from tests.support.soak import first

#: The command, and its exit status with all streams open.
COMMANDS: dict[str, tuple[str, int]] = {
    "runs": ("runs", 0),
    "export to a file": ("export calm-lake --output out.csv", 0),
    "help": ("--help", 0),
    "train": ("train --epochs 2", 0),
    "train as JSON": ("train --epochs 2 --json", 0),
    "dashboard": ("", 2),
    "bad usage": ("train --epochs many", 2),
    "runs as JSON": ("runs --json", 0),
    "export": ("export calm-lake", 0),
    "a run that is not": ("resume nobody", 2),
    "tour": ("tour", 2),
    "help of a command": ("train --help", 0),
    "version": ("--version", 0),
}
STREAMS = ["<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full", ">/dev/full 2>/dev/full"]

#: Of what loads PyTorch each time, those that meet different code.
SLOW = {"train": [">&-", "<&- >&- 2>&-"], "train as JSON": [">/dev/full"]}

#: Status where the output cannot be written; `train` stops, and saves.
FAILED = {"train": 130, "train as JSON": 130}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("closed")
    make_run(folder / "checkpoints", "calm-lake")
    return folder


@pytest.mark.parametrize("name", first(7, COMMANDS))
def test_a_sentence_and_a_status(folder: Path, name: str) -> None:
    command, status = COMMANDS[name]
    say_nothing = status != 0 or name == "export to a file"
    for streams in SLOW.get(name, STREAMS):
        shell = f"exec {sys.executable} -m tui {command} {streams}"
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
        done = subprocess.run(["sh", "-c", shell], cwd=folder, env=environment, capture_output=True, text=True)
        spoilt = ">&-" in streams.replace("2>&-", "") or ">/dev/full" in streams.replace("2>/dev/full", "")
        expected = FAILED.get(name, 1) if spoilt and not say_nothing else status
        assert (streams, done.returncode) == (streams, expected), done.stderr
        assert "Traceback" not in done.stderr
        assert "Exception" not in done.stderr
        if "2>" not in streams and expected:
            (sentence,) = done.stderr.splitlines()
            assert sentence.startswith("lstm-tui: ")
            assert ("the output cannot be written" in sentence) == (expected != 2)


def test_a_file_is_written_whole_though_all_streams_are_closed(folder: Path) -> None:
    """The file that is opened first is in no stream's place."""
    (folder / "out.csv").unlink(missing_ok=True)
    shell = f"exec {sys.executable} -m tui export calm-lake --output out.csv <&- >&- 2>&-"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    assert subprocess.run(["sh", "-c", shell], cwd=folder, env=environment).returncode == 0
    assert len((folder / "out.csv").read_text().splitlines()) == 4


@pytest.mark.parametrize("streams", first(1, ["<&- >&- 2>&-", "<&-"]))
def test_an_engine_without_streams_ends(tmp_path: Path, streams: str) -> None:
    shell = f"exec {sys.executable} -m lstm_engine --checkpoints . {streams}"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        ["sh", "-c", shell], cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []
