"""What comes of a signal, by a clock of the test's own."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.support.kept_scripts import fake_training, kept, progress_of, wait_for, wait_until_over
from tui.cli.script.interruption import Interruption


class Said:
    """Output that keeps what it is given."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, sentence: str) -> None:
        self.lines.append(sentence)


def test_what_does_not_end_in_time_is_sent_the_signal(tmp_path: Path) -> None:
    now, said = [0.0], Said()
    with kept(tmp_path, fake_training("--hold", "--mute")) as (run, _):
        wait_for(lambda: progress_of(run).epoch == 1)
        interruption = Interruption(run, said, lambda: now[0])
        interruption.look()
        assert (said.lines, interruption.number) == ([], 0)
        interruption.take(signal.SIGINT)
        interruption.look()
        now[0] = 59.0
        interruption.look()
        assert (len(said.lines), interruption.number) == (1, signal.SIGINT)
        assert progress_of(run).ended is None
        now[0] = 61.0
        interruption.look()
        interruption.look()
        assert said.lines[1:] == ["it has not ended within 60 s: it is sent SIGINT"]
        wait_until_over(run)
        assert progress_of(run).fit_end == "interrupted"
