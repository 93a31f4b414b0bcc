"""Commands go to the hook's socket, and to nobody else's."""

from __future__ import annotations

import json
import os
import socket
import time
from pathlib import Path

import msgspec
import pytest

from lstm_engine.errors import UserError
from lstm_engine.script.keeping.event_writer import EventWriter
from lstm_engine.script.letterbox import put_in_letterbox
from lstm_engine.script.script_run import new_script_run
from lstm_engine.script.vocabulary.commands import SetTarget
from lstm_engine.script.vocabulary.keeper_events import ScriptStarted
from lstm_engine.store.holding.owner import OWNER, Owner
from lstm_engine.store.holding.pulse import Pulse, PulseFile
from tests.support.kept_scripts import record_of


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The run of a script that nobody keeps: this test's own process."""
    with new_script_run(tmp_path, record_of("python"), "r") as run:
        pass
    host = socket.gethostname()
    EventWriter(run).tell(ScriptStarted(pid=os.getpid(), host=host, argv=(), directory="/", at=time.time()))
    return run


def own(run: Path, address: str, host: str | None = None) -> None:
    (run / OWNER).write_bytes(msgspec.json.encode(Owner(4711, host or socket.gethostname(), address)))


def test_a_command_is_a_line(run: Path) -> None:
    with pytest.raises(UserError, match="has no socket to take commands by"):
        put_in_letterbox(run, SetTarget(max_epochs=9, id="a"))
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(run / "17.sock"))
        listener.listen()
        own(run, str(run / "17.sock"))
        put_in_letterbox(run, SetTarget(max_epochs=9, id="a"))
        line, _ = listener.accept()
        with line, line.makefile() as lines:
            told = json.loads(lines.read())
    assert told == {"type": "set_target", "id": "a", "max_epochs": 9, "max_steps": None}


def test_where_nobody_takes_it_that_is_said(run: Path) -> None:
    for address, told in (
        (str(run / "18.sock"), r"no Trainer of run r takes commands by now \(No such file"),
        ("/run/docker.sock", "that is not called as one of ours"),
    ):
        own(run, address)
        with pytest.raises(UserError, match=told):
            put_in_letterbox(run, SetTarget())
    own(run, "/nowhere/1.sock", "node-17")
    PulseFile(run).write(Pulse(epoch=1, target=2, state="training"))
    with pytest.raises(UserError, match="run r is held by process 4711 on node-17: it takes commands there alone"):
        put_in_letterbox(run, SetTarget())
