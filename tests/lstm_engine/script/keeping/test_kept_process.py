"""A process in its own session; test_keeper.py has it end in every way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CODE = """
import os, signal, sys
from pathlib import Path
from lstm_engine.script.keeping.kept_process import KeptProcess
process, run = KeptProcess(), Path(sys.argv[1])
os.kill(os.getpid(), signal.SIGTERM)  # before there is a script
pid = process.start([sys.executable, "-c", "import time; time.sleep(600)"], "/", dict(os.environ), run, 0o077)
assert os.getsid(pid) == pid
while not process.wait(60.0): pass
print(process.status)
"""


def test_a_signal_that_comes_early_is_not_lost(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CODE, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("(None, 'SIGTERM')\n", "")
