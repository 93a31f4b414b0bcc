from __future__ import annotations

import os
import subprocess
import sys

_PROGRAM = """
import os, sys
before = dict(os.environ)
import lstm_engine.single_thread_numpy
assert dict(os.environ) == before
import numpy
numpy.ones((200, 200)) @ numpy.ones((200, 200))
print(len(os.listdir("/proc/self/task")))
"""


def _threads(**environment: str) -> int:
    """How many threads a process has once it has multiplied matrices."""
    bare = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    command = [sys.executable, "-c", _PROGRAM]
    said = subprocess.run(command, env=bare | environment, capture_output=True, text=True, check=True)
    return int(said.stdout)


def test_numpy_starts_no_threads_and_the_environment_stays() -> None:
    assert _threads() == 1


def test_who_asks_for_threads_gets_them() -> None:
    assert _threads(OPENBLAS_NUM_THREADS="2") == min(2, os.cpu_count() or 1)
