"""Whether a process is the one that was told of."""

from __future__ import annotations

import os
import subprocess
import time

from lstm_engine.script.living import is_alive, lives
from lstm_engine.script.progress import Progress
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded


def test_a_number_that_came_again_is_another_process() -> None:
    now = time.time()
    assert is_alive(os.getpid(), now)
    assert not is_alive(os.getpid(), now - 86400 * 365)
    assert not is_alive(2**22 + 1, now)


def test_a_zombie_is_dead() -> None:
    with subprocess.Popen(["true"]) as process:
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert not is_alive(process.pid, time.time())


def test_of_another_host_nobody_can_tell() -> None:
    assert lives(Progress(pid=os.getpid(), since=time.time()))
    assert not lives(Progress(pid=os.getpid(), since=time.time(), host="node-17.example"))
    assert not lives(Progress(pid=os.getpid(), since=time.time(), ended=ScriptEnded(status=0)))
    assert not lives(Progress())
