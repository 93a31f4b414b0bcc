"""Two write to one file of events, and neither spoils what the other wrote."""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

import pytest

from lstm_engine.script.keeping.event_writer import EventWriter
from lstm_engine.script.vocabulary.events import EVENTS
from lstm_engine.script.vocabulary.keeper_events import Machine, ScriptEnded
from tests.support.kept_scripts import events_of


def test_a_line_that_another_writer_could_not_end_spoils_none(tmp_path: Path) -> None:
    (tmp_path / EVENTS).write_text('{"type":"machine","proc')
    writer = EventWriter(tmp_path)
    writer.tell(ScriptEnded(status=0))
    (told,) = events_of(tmp_path)
    assert isinstance(told, ScriptEnded)
    assert told.at > 0
    writer.close()


def test_where_there_is_no_room_nothing_is_raised(tmp_path: Path) -> None:
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        writer = EventWriter(tmp_path)
        writer.tell(Machine(processor=1.0, memory=1))
        size = (tmp_path / EVENTS).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 9, size + 9))
        writer.tell(Machine(processor=2.0, memory=1))
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    EventWriter(tmp_path).tell(Machine(processor=3.0, memory=1))
    assert [told.processor for told in events_of(tmp_path) if isinstance(told, Machine)] == [1.0, 3.0]


def test_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / EVENTS).symlink_to(tmp_path / "other")
    with pytest.raises(OSError, match="symbolic links"):
        EventWriter(tmp_path)
