"""A signal to a script: test_going_on.py sends them to real ones; here is who gets none."""

from __future__ import annotations

import signal
from pathlib import Path

import msgspec

from lstm_engine.script.script_run import new_script_run
from lstm_engine.script.script_signal import signal_script
from lstm_engine.store.holding.lock import RunLock
from lstm_engine.store.holding.owner import OWNER, Owner
from tests.support.kept_scripts import record_of


def test_the_number_of_another_host_s_process_is_none_of_this_one_s(tmp_path: Path) -> None:
    with new_script_run(tmp_path, record_of("python")) as run:
        pass
    lock = RunLock(run)
    lock.hold()
    (run / OWNER).write_bytes(msgspec.json.encode(Owner(1, "node-17")))
    assert not signal_script(run, signal.SIGTERM)
    lock.release()
    assert not signal_script(run, signal.SIGTERM)
