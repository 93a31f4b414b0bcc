from __future__ import annotations

from pathlib import Path

from tui.queue.queue_command import queue_command


def test_it_has_what_was_asked_for() -> None:
    assert queue_command(Path("/q"), None, None)[-2:] == ["lstm_engine.queue.program", "/q"]
    words = queue_command(Path("/q"), 3, "tcp://a:1")
    assert words[-5:] == ["/q", "--workers", "3", "--cluster", "tcp://a:1"]
