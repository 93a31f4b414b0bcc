"""One client's events: who does not read holds up its own training alone."""

import threading
from collections.abc import Callable, Iterator

import pytest

from lstm_engine.protocol.attendance import CutOff
from lstm_engine.protocol.client_queue import ClientQueue
from lstm_engine.protocol.messages import Notice, decode_event, encode
from tests.support.script import done, ready
from tests.support.socket_clients import finishes


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


class Reader:
    """Reads when it is told to."""

    def __init__(self) -> None:
        self.reads = threading.Event()
        self.written: list[bytes] = []
        self.ended = threading.Event()

    def write(self, line: bytes) -> None:
        self.reads.wait()
        self.written.append(line)

    def queue(self, *, owns: bool = False) -> ClientQueue:
        return ClientQueue(self.write, end=self.ended.set, owns=owns)


def put_all(queue: ClientQueue, count: int = 50) -> Callable[[], None]:
    return lambda: [queue.put(Notice(text=f"epoch {epoch}")) for epoch in range(count)] and None


def test_who_does_not_read_what_is_another_s_is_cut_off_and_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstm_engine.protocol.client_queue.WAITING_LIMIT", 200)
    reader = Reader()
    queue = reader.queue()
    finishes(put_all(queue), "training")
    assert queue._waiting == 0
    assert not queue._items, "nothing waits for one who is cut off"
    queue.answer(Notice(text="too late"))
    reader.reads.set()
    assert reader.ended.wait(60)
    events = [decode_event(line) for line in reader.written]
    assert events[-1] == CutOff()
    assert events.count(CutOff()) == 1
    assert events[:-1] == [Notice(text=f"epoch {epoch}") for epoch in range(len(events) - 1)]
    assert len(events) < 3


def test_one_line_that_is_longer_than_what_may_wait_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstm_engine.protocol.client_queue.WAITING_LIMIT", 100)
    reader = Reader()
    reader.reads.set()
    queue = reader.queue()
    queue.put(Notice(text="x" * 1000))
    queue.close(timeout=60)
    assert [decode_event(line) for line in reader.written] == [Notice(text="x" * 1000)]


def test_a_training_that_is_no_longer_its_own_waits_for_it_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstm_engine.protocol.client_queue.WAITING_LIMIT", 200)
    reader = Reader()
    queue = reader.queue(owns=True)
    training = threading.Thread(target=put_all(queue), daemon=True)
    training.start()
    training.join(0.1)
    assert training.is_alive()
    queue.owns = False
    queue.answer(Notice(text="it goes on alone"))
    training.join(60)
    assert not training.is_alive()
    reader.reads.set()
    queue.close(timeout=60)


def test_a_greeting_comes_before_what_follows_and_is_made_when_it_is_read() -> None:
    reader, made = Reader(), []

    def greeting() -> Iterator[Notice]:
        made.append(threading.current_thread().name)
        yield Notice(text="what was")

    queue = reader.queue()
    queue.greet(greeting())
    queue.put(Notice(text="what is"))
    reader.reads.set()
    queue.close(timeout=60)
    assert [decode_event(line).text for line in reader.written] == ["what was", "what is"]  # type: ignore[union-attr]
    assert made == ["events"], "training does not spend its time on it"
    assert reader.ended.is_set()


def test_what_is_on_its_way_at_the_end_arrives() -> None:
    reader = Reader()
    reader.reads.set()
    queue = reader.queue()
    for event in done():
        queue.put(event)
    queue.close(timeout=60)
    assert reader.written == [encode(event) for event in done()]
    assert reader.ended.is_set()
    queue.close(timeout=60)


def test_the_end_does_not_wait_for_ever_for_one_who_does_not_read() -> None:
    reader = Reader()
    queue = reader.queue()
    for event in ready():
        queue.put(event)
    finishes(lambda: queue.close(timeout=0.05), "the end")
    reader.reads.set()
