"""How the process is started."""

from __future__ import annotations

from pathlib import Path

from tui.sweep.sweep_command import failure, sweep_command, was_saved


def test_workers_are_handed_on_where_they_are_said() -> None:
    assert sweep_command(Path("/s"), None)[-2:] == ["lstm_engine.sweep_run.program", "/s"]
    assert sweep_command(Path("/s"), 3)[-3:] == ["/s", "--workers", "3"]


def test_what_its_end_means() -> None:
    """130 after saving; -15 before it has set up its signals, and trained anything."""
    assert [was_saved(status) for status in (130, -15, 0, 1, -9)] == [True, True, False, False, False]
    assert failure(1, "a warning\nthe disk is full\n") == "the disk is full"
    assert failure(-9, "") == "its process was killed"
    assert failure(1, "\n") == "its process ended with status 1"
