"""What the command line decided, on its way to the engine; and what a person would type to go on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from lstm_engine.__main__ import _options
from tui.cli.arguments import engine_options
from tui.options import ENGINE_COMMAND, EngineOptions, continue_command, default_marker


def test_what_was_asked_for_reaches_the_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    options = engine_options({"checkpoints": "runs", "save_every": 2.5, "keep": 7})
    assert options == EngineOptions(Path("runs"), 2.5, 7)
    assert options.argv[: len(ENGINE_COMMAND)] == list(ENGINE_COMMAND)
    monkeypatch.setattr("sys.argv", ["lstm_engine", *options.argv[len(ENGINE_COMMAND) :]])
    taken = _options()
    assert (taken.checkpoints, taken.save_every, taken.keep) == (tmp_path / "runs", 2.5, 7)


@pytest.mark.parametrize(
    ("environment", "marker"),
    [
        ({}, "ascii"),
        ({"LANG": "en_GB.UTF-8"}, "braille"),
        ({"LANG": "en_GB.utf8"}, "braille"),
        ({"LANG": "C"}, "ascii"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, "ascii"),
        ({"LANG": "C", "LC_ALL": "en_GB.UTF-8"}, "braille"),
        ({"LANG": "de_DE.ISO-8859-1", "LC_CTYPE": "en_GB.UTF-8"}, "braille"),
        ({"LC_CTYPE": "C.UTF-8"}, "ascii"),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "en_GB.UTF-8"}, "braille"),
    ],
)
def test_the_marker_is_one_that_the_locale_has(environment: Mapping[str, str], marker: str) -> None:
    assert default_marker(environment) == marker


@pytest.mark.parametrize(
    ("directory", "checkpoints", "epochs", "line"),
    [
        (None, "checkpoints", None, "lstm-tui resume calm-lake"),
        ("HERE/checkpoints/calm-lake", "checkpoints", None, "lstm-tui resume calm-lake"),
        ("HERE/runs/calm-lake", "runs", 7, "lstm-tui resume calm-lake --epochs 7 --checkpoints runs"),
        ("HERE/my runs/calm-lake", "my runs", None, "lstm-tui resume calm-lake --checkpoints 'my runs'"),
        ("/elsewhere/calm-lake", "runs", None, "lstm-tui resume /elsewhere/calm-lake"),
    ],
)
def test_the_command_that_goes_on_with_a_run(
    directory: str | None,
    checkpoints: str,
    epochs: int | None,
    line: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    where = directory.replace("HERE", str(tmp_path)) if directory else None
    assert continue_command("resume", "calm-lake", where, Path(checkpoints), epochs) == line
