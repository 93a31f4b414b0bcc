"""A file of events that grows: whole lines once, in order, whatever is torn, strange or replaced."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from lstm_engine.errors import UserError
from lstm_engine.script.event_log import EventLog, events_told
from lstm_engine.script.vocabulary.events import EVENTS, Event
from lstm_engine.script.vocabulary.fit_events import EpochEnded, Steps
from lstm_engine.script.vocabulary.log_events import Logged

WRITTEN: list[Event] = [
    Steps(first=1, step=2, epoch=0, batch=1, loss=(0.5, None), at=1.5),
    EpochEnded(epoch=0, step=2, metrics={"val_loss": 0.25}),
    Logged(name="acc", step=[1, 2], value=[0.0, 1.0]),
]
DATA = b"".join(msgspec.json.encode(event) + b"\n" for event in WRITTEN)


def test_a_file_that_grows_by_a_byte_at_a_time_gives_every_event_once(tmp_path: Path) -> None:
    path = tmp_path / EVENTS
    log = EventLog(path)
    assert list(log.new()) == []
    found = []
    with path.open("ab", buffering=0) as file:
        for at in range(len(DATA)):
            file.write(DATA[at : at + 1])
            found += log.new()
    assert found == WRITTEN
    assert list(log.new()) == []


def test_what_is_no_event_is_passed_over_and_counted(tmp_path: Path) -> None:
    path = tmp_path / EVENTS
    path.write_bytes(b'{"type": "of_tomorrow"}\n\xff\xfe\n{"type": "epoch_en\n\n' + DATA + b"[" * 5000 + b"\n")
    log = EventLog(path)
    assert list(log.new()) == WRITTEN
    assert log.unread == 4


def test_a_file_that_was_replaced_or_cut_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / EVENTS
    path.write_bytes(DATA)
    log = EventLog(path)
    assert list(log.new()) == WRITTEN
    (tmp_path / "other").write_bytes(DATA + DATA)
    (tmp_path / "other").replace(path)
    assert list(log.new()) == WRITTEN * 2
    path.write_bytes(DATA[: DATA.index(b"\n") + 1])
    assert list(log.new()) == WRITTEN[:1]


def test_a_pipe_or_a_link_in_its_place_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / EVENTS)
    assert list(EventLog(tmp_path / EVENTS).new()) == []


def test_all_that_a_run_has_told_or_a_sentence(tmp_path: Path) -> None:
    assert list(events_told(tmp_path)) == []
    (tmp_path / EVENTS).write_bytes(DATA)
    assert list(events_told(tmp_path)) == WRITTEN
    (tmp_path / EVENTS).unlink()
    (tmp_path / EVENTS).symlink_to(tmp_path)
    with pytest.raises(UserError, match=r"events\.jsonl cannot be read .*: expected what the script has told"):
        list(events_told(tmp_path))
