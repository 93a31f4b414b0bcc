"""One client's events: who does not read holds up its own training alone."""

import threading

import pytest

from lstm_engine.protocol.client_queue import ClientQueue
from lstm_engine.protocol.messages import Notice, decode_event


def test_training_waits_for_a_reader_that_stopped_reading_and_goes_on_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstm_engine.protocol.client_queue.WAITING_LIMIT", 100)
    reads_again, written = threading.Event(), []

    def write(line: bytes) -> None:
        reads_again.wait()
        written.append(line)

    outbox = ClientQueue(write, on_broken=lambda: None)
    sent = []

    def training() -> None:
        for epoch in range(20):
            outbox.put(Notice(text=f"epoch {epoch}"))
            sent.append(epoch)

    thread = threading.Thread(target=training)
    thread.start()
    while not sent:
        thread.join(0.001)
    thread.join(0.1)
    assert thread.is_alive(), "a bounded number of bytes may wait"
    assert len(sent) < 10
    reads_again.set()
    thread.join()
    outbox.close(timeout=60)
    assert [decode_event(line).text for line in written] == [f"epoch {epoch}" for epoch in range(20)]


def test_a_broken_pipe_is_told_once_and_never_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstm_engine.protocol.client_queue.WAITING_LIMIT", 100)
    told = []

    def write(_: bytes) -> None:
        raise BrokenPipeError

    outbox = ClientQueue(write, on_broken=lambda: told.append(True))
    for epoch in range(50):
        outbox.notice(f"epoch {epoch}")
    outbox.close(timeout=60)
    assert told == [True]
