"""A script's run as it is listed; tests/lstm_engine/script/test_keeper.py lists those of real keepers."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import msgspec
import pytest

from lstm_engine.listing.entries import entry_of
from lstm_engine.listing.script_entry import script_entry
from lstm_engine.script.keeping.event_writer import EventWriter
from lstm_engine.script.script_run import new_script_run
from lstm_engine.script.vocabulary.answers import Paused
from lstm_engine.script.vocabulary.fit_events import FitEnded, FitOpened, FitStarted, Steps
from lstm_engine.script.vocabulary.keeper_events import ScriptStarted
from lstm_engine.store.holding.owner import OWNER, Owner
from lstm_engine.store.holding.pulse import Pulse, PulseFile
from lstm_engine.store.script_record import SCRIPT_RECORD, write_script_record
from tests.support.kept_scripts import record_of


@pytest.fixture
def run(tmp_path: Path) -> Path:
    with new_script_run(tmp_path, record_of("python", "train.py"), "mine") as run:
        return run


def test_a_notebook_s_run_is_what_its_trainer_says(run: Path) -> None:
    assert entry_of(run).state == "stopped"
    events = EventWriter(run)
    events.tell(
        FitOpened(fit=0, stage="fit", trainer="lightning", version="2", torch="2", model="Net", pid=os.getpid())
    )
    events.tell(FitStarted(epoch=0, step=0, max_epochs=9))
    events.tell(Steps(first=1, step=3, epoch=1, batch=0, loss=(0.5,)))
    entry = entry_of(run)
    assert (entry.state, entry.epoch, entry.target, entry.train_loss) == ("running", 1, 9, 0.5)
    assert (entry.pid, entry.model, entry.kind) == (os.getpid(), "Net", "lightning")
    events.tell(Paused(step=3, epoch=1, batch=0))
    assert entry_of(run).state == "paused"


@pytest.mark.parametrize(
    ("reason", "state"),
    [("finished", "finished"), ("stopped", "stopped"), ("failed", "failed"), (None, "interrupted")],
)
def test_a_script_that_went_with_its_keeper_ended_as_its_trainer_said(
    run: Path, reason: str | None, state: str
) -> None:
    events = EventWriter(run)
    dead = 2**22 + 1
    events.tell(ScriptStarted(pid=dead, host=socket.gethostname(), argv=(), directory="/", at=time.time()))
    events.tell(FitStarted(epoch=0, step=0, max_epochs=2))
    if reason is not None:
        events.tell(FitEnded(fit=0, reason=reason, epoch=2, step=8))  # type: ignore[arg-type]
    PulseFile(run).write(Pulse(epoch=1, target=2, state="training"))  # of the keeper that was killed
    entry = entry_of(run)
    assert (entry.state, entry.pid, entry.host) == (state, None, None)


def test_what_another_host_keeps_is_where_its_pulse_says(run: Path) -> None:
    (run / OWNER).write_bytes(msgspec.json.encode(Owner(4711, "node-17")))
    PulseFile(run).write(Pulse(epoch=3, target=9, state="training", train_loss=0.25, steps_per_second=7.5))
    entry = entry_of(run)
    assert (entry.state, entry.host, entry.pid) == ("running", "node-17", 4711)
    assert (entry.epoch, entry.target, entry.train_loss, entry.steps_per_second) == (3, 9, 0.25, 7.5)


def test_a_damaged_record_is_listed_with_the_sentence(run: Path, tmp_path: Path) -> None:
    write_script_record(run, record_of("python", title="train\x1b[2J"))
    for told in ("strange values", "is damaged"):
        entry = entry_of(run)
        assert (entry.state, entry.kind) == ("damaged", "lightning")
        assert told in (entry.problem or "")
        (run / SCRIPT_RECORD).write_text("{")
    assert script_entry(str(tmp_path)) is None
    assert script_entry(str(tmp_path / "none")) is None
