"""Folders of names that a terminal acts on, or that are no text: shown without harm, or refused with a sentence."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from lstm_engine.listing.changes import delete, rename
from lstm_engine.listing.entries import entries
from lstm_engine.protocol.messages import Notice
from lstm_engine.run.config import RunConfig
from lstm_engine.service.logs import _Lines
from lstm_engine.text import escaped_json
from tests.support.run_folders import make_run
from tests.support.script import done, session_after
from tui.app.start import _say_farewell
from tui.cli import main as cli
from tui.cli.train_output import BarOutput, JsonOutput, LineOutput, Received, say
from tui.cli.train_progress import TrainProgress
from tui.options import DashboardOptions, EngineOptions, continue_command, shell_word

RED = "a\x1b[31mred\x9b32m\x07\n\u202efolder"
NO_TEXT = os.fsdecode(b"caf\xe9")


def is_safe(text: str) -> bool:
    return text.replace("\n", "").isprintable()


def test_the_farewell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directory = str(make_run(tmp_path / RED, "calm-lake"))
    session = replace(session_after(done()), run=RED, directory=directory, saved=None)
    options = DashboardOptions(RunConfig(), 2000, EngineOptions(tmp_path / RED))
    _say_farewell(cast(Any, SimpleNamespace(session=session, failure="")), options, gone=True)
    said = capsys.readouterr().out
    assert len(said.splitlines()) == 2
    assert is_safe(said)


def test_all_that_train_says(capsys: pytest.CaptureFixture[str]) -> None:
    stream, terminal, lines = io.StringIO(), io.StringIO(), io.StringIO()
    outputs = [BarOutput(terminal), LineOutput(lines), JsonOutput(stream)]
    event = Notice(text=f"about {RED}")
    for output in outputs:
        output.show(Received(json.dumps({"text": RED}, ensure_ascii=False).encode(), event, TrainProgress()))
        output.remark(RED)
        output.conclude([f"checkpoint  {RED}"])
        output.close()
    say(RED)
    for text in (lines.getvalue(), stream.getvalue(), capsys.readouterr().err):
        assert is_safe(text)
    assert "\x1b[31mred" not in terminal.getvalue()
    assert "\x9b" not in terminal.getvalue()
    assert "\u202e" not in terminal.getvalue()


def test_json_says_the_same() -> None:
    text = json.dumps({"name": RED, "face": "\U0001f600 東京", "tag": "\U000e0041"}, ensure_ascii=False)
    assert is_safe(escaped_json(text))
    assert json.loads(escaped_json(text)) == json.loads(text)


def test_a_log_has_lines_alone() -> None:
    record = logging.LogRecord("x", logging.INFO, "x", 1, "could not write %s", (RED,), None)
    assert is_safe(_Lines().format(record))


@pytest.mark.parametrize("name", ["plain", "of words", "it's", RED, NO_TEXT, "a'\\\x1b\\n", "東京\x7f"])
def test_a_command_can_be_typed_and_means_that_name(name: str) -> None:
    word = shell_word(name)
    assert word.isprintable()
    echoed = subprocess.run(["bash", "-c", f"printf %s {word}"], capture_output=True, check=True)
    assert echoed.stdout == os.fsencode(name)
    assert continue_command("resume", name, None, Path("checkpoints")) == f"lstm-tui resume {word}"


@pytest.mark.parametrize("json_too", [False, True])
def test_the_list_of_runs(tmp_path: Path, json_too: bool, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / RED
    make_run(root, RED)
    make_run(root, NO_TEXT)
    assert cli.run(["runs", "--checkpoints", str(root), *(["--json"] if json_too else [])]) == 0
    said = capsys.readouterr().out
    assert is_safe(said)
    if json_too:
        listed = {entry["run"]: entry["state"] for entry in json.loads(said)}
        assert listed == {RED: "finished", "caf\\udce9": "damaged"}
    else:
        assert "caf? is damaged: the name " in said
        assert "is not in UTF-8" in said


def test_a_run_of_no_text_is_renamed_and_deleted(tmp_path: Path) -> None:
    make_run(tmp_path, NO_TEXT)
    rename(tmp_path, NO_TEXT, "calm-lake")
    assert [entry.state for entry in entries(tmp_path)] == ["finished"]
    make_run(tmp_path, NO_TEXT)
    delete(tmp_path, NO_TEXT)
    assert [entry.run for entry in entries(tmp_path)] == ["calm-lake"]


@pytest.mark.parametrize(
    "command",
    [
        ["train", "--checkpoints", NO_TEXT],
        ["train", "--resume", NO_TEXT],
        ["train", "--resume", f"{NO_TEXT}.ckpt"],
        ["resume", NO_TEXT],
        ["export", NO_TEXT],
    ],
)
def test_what_the_engine_cannot_be_told_of_is_refused(
    tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with contextlib.chdir(tmp_path):
        make_run(tmp_path / "checkpoints", NO_TEXT)
        assert cli.run(command) == cli.BAD_INPUT
    said = capsys.readouterr().err
    assert "is not in UTF-8: expected" in said
    assert is_safe(said)


def test_a_whole_training_in_a_red_folder(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    for more in ([], ["--json"]):
        command = [sys.executable, "-m", "tui", "train", "--epochs", "2", "--checkpoints", RED, *more]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert is_safe(done.stdout)
        assert is_safe(done.stderr)
    assert len(entries(tmp_path / RED)) == 2
