"""How the process is started."""

from __future__ import annotations

from pathlib import Path

from tui.sweep.sweep_command import sweep_command


def test_workers_are_handed_on_where_they_are_said() -> None:
    assert sweep_command(Path("/s"), None)[-2:] == ["lstm_engine.sweep_run.program", "/s"]
    assert sweep_command(Path("/s"), 3)[-3:] == ["/s", "--workers", "3"]
