"""What the command line decided, on its way to the engine; and what a person would type to go on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lstm_engine.__main__ import _options
from tui.cli.arguments import engine_options
from tui.options import (
    ENGINE_COMMAND,
    EngineOptions,
    continue_command,
)


def test_what_was_asked_for_reaches_the_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    on_end = "cat -n 'two words' \"it's\" --"
    values = {"checkpoints": "runs", "save_every": 2.5, "keep": 7, "shared": False, "tensorboard": True}
    options = engine_options({**values, "on_hangup": "stop", "on_end": on_end})
    words = (shutil.which("cat") or "", "-n", "two words", "it's", "--")
    assert options == EngineOptions(Path("runs"), 2.5, 7, "stop", tensorboard=True, on_end=words)
    assert options.argv[: len(ENGINE_COMMAND)] == list(ENGINE_COMMAND)
    monkeypatch.setattr("sys.argv", ["lstm_engine", *options.argv[len(ENGINE_COMMAND) :]])
    taken = _options()
    assert (taken.checkpoints, taken.save_every, taken.keep) == (tmp_path / "runs", 2.5, 7)
    assert taken.on_hangup == "stop"
    assert taken.tensorboard
    assert taken.on_end == list(words)


def test_nothing_is_run_at_the_end_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    options = engine_options(
        {
            "checkpoints": str(tmp_path),
            "save_every": 1.0,
            "keep": 5,
            "on_hangup": None,
            "shared": False,
            "tensorboard": False,
            "on_end": None,
        }
    )
    monkeypatch.setattr("sys.argv", ["lstm_engine", *options.argv[len(ENGINE_COMMAND) :]])
    assert _options().on_end == []
    assert not _options().tensorboard


def test_the_command_that_continues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    default, other = Path("checkpoints"), Path("my runs")
    inside = str(tmp_path / "checkpoints" / "calm-lake")
    assert continue_command("resume", "calm-lake", inside, default) == "lstm-tui resume calm-lake"
    assert continue_command("train --resume", "calm-lake", inside, default, epochs=1000) == (
        "lstm-tui train --resume calm-lake --epochs 1000"
    )
    assert continue_command("resume", "calm-lake", str(tmp_path / other / "calm-lake"), other) == (
        "lstm-tui resume calm-lake --checkpoints 'my runs'"
    )
    assert continue_command("resume", "calm-lake", "/elsewhere/calm-lake", other) == (
        "lstm-tui resume /elsewhere/calm-lake"
    )
