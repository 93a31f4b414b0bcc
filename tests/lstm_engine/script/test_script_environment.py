"""What a script's process finds in its environment."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.script.script_environment import HOOK_FOLDER, GoOn, import_path, script_environment


def test_the_hook_stands_before_what_is_on_the_path() -> None:
    assert (HOOK_FOLDER / "lstm_tui_hook" / "__init__.py").is_file()
    assert (HOOK_FOLDER / "lstm_tui_hook-1.dist-info" / "entry_points.txt").is_file()
    assert import_path({}) == str(HOOK_FOLDER)
    assert import_path({"PYTHONPATH": "/a:/b"}) == f"{HOOK_FOLDER}:/a:/b"


def test_a_run_that_this_program_itself_is_in_is_forgotten() -> None:
    outer = {"HOME": "/home/me", "LSTM_TUI_RUN": "/other", "LSTM_TUI_CKPT": "/other.ckpt", "LSTM_TUI_EPOCHS": "3"}
    found = script_environment(outer, Path("/run"), "/s.sock")
    assert found == {
        "HOME": "/home/me",
        "PYTHONPATH": str(HOOK_FOLDER),
        "PYTHONUNBUFFERED": "1",
        "LSTM_TUI_RUN": "/run",
        "LSTM_TUI_SOCKET": "/s.sock",
    }


def test_where_it_goes_on_from() -> None:
    found = script_environment({}, Path("/run"), go_on=GoOn("/c.ckpt", 1, 9))
    assert [found.get(f"LSTM_TUI_{name}") for name in ("SOCKET", "CKPT", "FIT", "EPOCHS")] == [
        None,
        "/c.ckpt",
        "1",
        "9",
    ]
    assert "LSTM_TUI_EPOCHS" not in script_environment({}, Path("/run"), go_on=GoOn("/c.ckpt"))
