"""What is told of a queue's process, which here is a program of the test's; tests/whole has a real one."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.support.queues import made_queue
from tui.cli.queue.queue_process import run_queue_process
from tui.queue.queue_command import queue_command

LINES = """
import json, sys
def tell(run, state, **more):
    print(json.dumps({"run": run, "state": state, "where": "", "epoch": 1, "cause": "", **more}), flush=True)
tell("luck-1", "waiting"); tell("luck-2", "waiting")
tell("luck-1", "training", where="tcp://a:1"); tell("luck-1", "training", where="tcp://a:1", epoch=2)
tell("luck-1", "done"); tell("luck-2", "failed", cause="it diverged")
"""


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(root: Path, stream: io.StringIO, program: str, *, json: bool = False) -> int:
    queue = made_queue(root)
    return run_queue_process(queue.path, root, [sys.executable, "-c", program], stream, json=json)


def test_a_line_for_each_change_of_a_member(tmp_path: Path) -> None:
    stream = io.StringIO()
    assert told(tmp_path, stream, LINES) == 0
    assert stream.getvalue().splitlines()[:5] == [
        "sweep luck: 4 members to epoch 3, prices.csv: wide, 1 ticker, 60 days from 2024-01-01 to 2024-03-22",
        "luck-1: training at tcp://a:1",
        "luck-1: done",
        "luck-2: failed: it diverged",
        "the error over that of yesterday's price; below 1 is better",
    ]


def test_on_a_terminal_one_line_says_how_many_are_how_far(tmp_path: Path) -> None:
    stream = Screen()
    assert told(tmp_path, stream, LINES) == 0
    assert "\r\x1b[K1 training, 1 waiting\r" in stream.getvalue()
    assert "\r\x1b[K1 done, 1 failed\n" in stream.getvalue()


def test_as_json_what_the_process_says_and_the_members_at_last(tmp_path: Path) -> None:
    stream = io.StringIO()
    assert told(tmp_path, stream, LINES, json=True) == 0
    *lines, last = map(json.loads, stream.getvalue().splitlines())
    assert [line["state"] for line in lines] == ["waiting", "waiting", "training", "training", "done", "failed"]
    assert (last["type"], last["sweep"], len(last["members"])) == ("sweep_finished", "luck", 4)
    assert list(last["members"][0]) == ["run", "model", "hidden", "lr", "seed", "done", "epoch", "validation"]


def test_an_end_by_itself_is_told_with_what_is_done_and_how_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = "import sys; sys.exit('the scheduler at tcp://a:1 is gone')"
    assert told(tmp_path, io.StringIO(), program) == 1
    errors = capsys.readouterr().err
    assert "sweep luck failed: the scheduler at tcp://a:1 is gone; 0 of 4 members are done; continue with: " in errors
    assert "sweep --resume luck" in errors


def test_the_command_has_what_was_asked_for() -> None:
    assert queue_command(Path("/q"), None, None)[-2:] == ["lstm_engine.queue.program", "/q"]
    words = queue_command(Path("/q"), 3, "tcp://a:1")
    assert words[-5:] == ["/q", "--workers", "3", "--cluster", "tcp://a:1"]
