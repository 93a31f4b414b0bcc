"""The engine's two ends: events that nobody reads, commands that are none."""

import io
import threading

import pytest

from lstm_engine.protocol.channel import Inbox, Outbox
from lstm_engine.protocol.messages import Notice, Pause, Quit, Refused, Train, decode_event, encode


def test_training_waits_for_a_reader_that_stopped_reading_and_goes_on_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstm_engine.protocol.channel.WAITING_LIMIT", 100)
    reads_again, written = threading.Event(), []

    def write(line: bytes) -> None:
        reads_again.wait()
        written.append(line)

    outbox = Outbox(write, on_broken=lambda: None)
    sent = []

    def training() -> None:
        for epoch in range(20):
            outbox.put(Notice(text=f"epoch {epoch}"))
            sent.append(epoch)

    thread = threading.Thread(target=training)
    thread.start()
    while len(sent) < 2:
        thread.join(0.001)
    thread.join(0.1)
    assert thread.is_alive(), "a bounded number of bytes may wait"
    assert len(sent) < 10
    reads_again.set()
    thread.join()
    outbox.close(timeout=60)
    assert [decode_event(line).text for line in written] == [f"epoch {epoch}" for epoch in range(20)]


def test_a_broken_pipe_is_told_once_and_never_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstm_engine.protocol.channel.WAITING_LIMIT", 100)
    told = []

    def write(_: bytes) -> None:
        raise BrokenPipeError

    outbox = Outbox(write, on_broken=lambda: told.append(True))
    for epoch in range(50):
        outbox.notice(f"epoch {epoch}")
    outbox.close(timeout=60)
    assert told == [True]


def test_every_event_is_heard_by_who_sends_it_also_where_nobody_reads() -> None:
    heard: list[tuple[object, str]] = []

    def write(_: bytes) -> None:
        raise BrokenPipeError

    def hear(event: object) -> None:
        heard.append((event, threading.current_thread().name))

    outbox = Outbox(write, on_broken=lambda: None, hear=hear)
    events = [Notice(text=f"epoch {epoch}") for epoch in range(50)]
    for event in events:
        outbox.put(event)
    outbox.close(timeout=60)
    assert heard == [(event, threading.current_thread().name) for event in events]


def test_what_is_no_command_is_refused_and_the_end_of_input_is_quit() -> None:
    inbox, written = Inbox(), []
    outbox = Outbox(written.append, on_broken=lambda: None)
    lines = [b"hello\n", b'{"type":"fly"}\n', b'{"type":"train","epochs":"many"}\n', b"\xff\n", encode(Pause())]
    inbox.read(io.BytesIO(b"".join(lines)), outbox)
    assert isinstance(inbox.get(), Pause)
    assert isinstance(inbox.get(), Quit)
    outbox.close(timeout=60)
    assert [isinstance(decode_event(line), Refused) for line in written] == [True] * 4
    assert inbox.get(timeout=0.0) is None


def test_a_command_is_found_wherever_it_waits() -> None:
    inbox = Inbox()
    inbox.put(Train(epochs=1))
    assert not inbox.holds(Quit)
    inbox.put(Quit())
    assert inbox.holds(Quit)
    assert inbox.peek() == Train(epochs=1)
