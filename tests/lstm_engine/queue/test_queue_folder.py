from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.queue.queue_folder import RECORD, TOKEN, find_queue, is_finished, read_queue
from lstm_engine.script.keeping.event_writer import EventWriter
from lstm_engine.script.vocabulary.fit_events import FitEnded, FitStarted
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded, ScriptStarted
from tests.support.queues import SMALL, made_queue


def test_what_was_written_is_read(tmp_path: Path) -> None:
    queue, other = made_queue(tmp_path / "one"), made_queue(tmp_path / "other")
    assert queue.settings == SMALL
    assert queue.prices.tickers == ("T000",)
    assert [member.run for member in queue.members] == ["luck-1", "luck-2", "luck-3", "luck-4"]
    assert len(queue.token) == 32
    assert queue.token != other.token
    assert find_queue(tmp_path / "one", "luck") == find_queue(tmp_path, str(queue.path)) == queue.path
    assert find_queue(tmp_path, "luck") is None


@pytest.mark.parametrize("text", ["{", "{}", '{"models": 1}'])
def test_what_is_damaged_is_told(text: str, tmp_path: Path) -> None:
    queue = made_queue(tmp_path)
    (queue.path / RECORD).write_text(text)
    with pytest.raises(UserError, match=r"queue\.json is damaged"):
        read_queue(queue.path)
    (queue.path / TOKEN).unlink()
    (queue.path / RECORD).unlink()
    with pytest.raises(UserError, match=r"queue\.json cannot be read"):
        read_queue(queue.path)


def test_a_member_is_done_when_its_training_has_ended_and_no_sooner(tmp_path: Path) -> None:
    queue = made_queue(tmp_path)
    run = tmp_path / "luck-1"
    assert not queue.is_done(queue.members[0])
    run.mkdir()
    events = EventWriter(run)
    events.tell(ScriptStarted(pid=2**22 + 1, host="here", argv=(), directory="/", at=0.0))
    events.tell(FitStarted(epoch=0, step=0, max_epochs=3))
    assert not is_finished(run, None)
    events.tell(FitEnded(fit=0, reason="finished", epoch=3, step=9))
    events.tell(ScriptEnded(status=0))
    assert queue.is_done(queue.members[0])


@pytest.mark.parametrize(("patience", "signal", "is_done"), [(2, "", True), (None, "", False), (2, "SIGTERM", False)])
def test_what_patience_ended_is_done_and_what_a_signal_ended_is_not(
    patience: int | None, signal: str, is_done: bool, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    run.mkdir()
    events = EventWriter(run)
    events.tell(ScriptStarted(pid=2**22 + 1, host="here", argv=(), directory="/", at=0.0))
    events.tell(FitStarted(epoch=0, step=0, max_epochs=9))
    events.tell(FitEnded(fit=0, reason="stopped", epoch=3, step=9))
    events.tell(ScriptEnded(status=0, signal=signal))
    assert is_finished(run, patience) is is_done
