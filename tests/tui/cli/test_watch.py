"""What can be watched, the board on it, and the one sentence where there is nothing to watch."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import tui.board.app.start as board
from tests.support.event_files import written
from tests.support.script import until
from tui.board.app.board_app import BoardApp
from tui.cli import main as cli
from tui.client.log_source import LogSource
from tui.shell.left import Left


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("none", "none does not exist: expected a folder with logs of trainings"),
        ("metrics.csv", "metrics.csv is a file: expected the folder that it lies in, or one above"),
        ("", "the folder's name is empty: expected one with logs of trainings"),
        ("a\x1b[2Jb", "a?[2Jb does not exist"),
    ],
)
def test_bad_input(
    folder: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "metrics.csv").touch()
    assert cli.run(["watch", folder]) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert told in errors
    assert errors.count("\n") <= 1


def test_it_needs_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["watch", str(tmp_path)]) == 2
    assert "is for a terminal" in capsys.readouterr().err


def test_the_board_is_opened_as_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(board, "run_board", lambda *arguments: opened.append(arguments) or Left())
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert cli.run(["watch", str(tmp_path), "--fps", "7", "--marker", "block"]) == 0
    ((source, options),) = opened
    assert isinstance(source, LogSource)
    assert (options.fps, options.marker) == (7, "block")


async def test_the_board_shows_what_is_there_and_what_turns_up(tmp_path: Path) -> None:
    app = BoardApp(LogSource(tmp_path, every=0.01, search_every=0.01))
    async with app.run_test(size=(80, 24)):
        assert app.board.board is None
        written(tmp_path / "events.out.tfevents.1.host", {"loss": [(1, 1.0, 0.5), (2, 2.0, 0.25)]})
        await until(lambda: app.board.board is not None and "loss" in app.board.board.metrics)
        assert app.board.board is not None
        assert app.board.board.run == tmp_path.name
        assert app.board.board.metrics["loss"].values.tolist() == [0.5, 0.25]
    assert [path.name for path in tmp_path.iterdir()] == ["events.out.tfevents.1.host"]
