"""One client's events on their way out: written by a thread of its own, so that a slow one holds nobody up."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable

from lstm_engine.protocol.attendance import CutOff
from lstm_engine.protocol.channel import Asker, Outbox
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import encode

#: How many bytes of events may wait for a client that has stopped reading (a suspended dashboard): about 20 seconds
#: of epochs.
WAITING_LIMIT = 8 * 1024 * 1024


class ClientQueue(Outbox, Asker):
    """Where too much waits, whose training it is makes it wait; any other client is cut off.

    owns: the training is this client's own.
    attends: it may send commands yet.
    """

    def __init__(
        self,
        write: Callable[[bytes], None],
        on_broken: Callable[[], None] = lambda: None,
        end: Callable[[], None] = lambda: None,
        *,
        owns: bool = True,
    ) -> None:
        """
        Args:
            write: puts all of the bytes it is given on the way; raises OSError where nobody reads them any more.
            on_broken: called once, from the writing thread, when that happened; events then go nowhere.
            end: ends the stream that `write` writes, where the client is cut off.
        """
        self.owns = owns
        self.attends = True
        self._write = write
        self._on_broken = on_broken
        self._end = end
        self._items: deque[bytes | Iterable[Message]] = deque()
        self._waiting = 0
        self._changed = threading.Condition()
        self._is_broken = self._is_cut_off = self._is_closed = False
        self._thread = threading.Thread(target=self._run, name="events", daemon=True)
        self._thread.start()

    def put(self, event: Message) -> None:
        """Sends an event; waits where too much is on its way already and the training is this client's."""
        self.offer(encode(event))
        self.wait_for_room()

    def answer(self, event: Message) -> None:
        """Sends an event of no more than a few words, without waiting."""
        self.offer(encode(event))

    def greet(self, events: Iterable[Message]) -> None:
        """Sends what leads up to now; it is encoded by the writing thread."""
        with self._changed:
            self._items.append(events)
            self._changed.notify_all()

    def offer(self, line: bytes) -> None:
        """Queues an encoded event, without waiting; cuts a client off that has not read for too long."""
        with self._changed:
            if self._is_broken or self._is_cut_off:
                return
            if self._waiting + len(line) > WAITING_LIMIT and self._waiting and not self.owns:
                self._is_cut_off = True
                self._items.clear()
                self._waiting = 0
            else:
                self._items.append(line)
                self._waiting += len(line)
            self._changed.notify_all()

    def wait_for_room(self) -> None:
        """Waits where too much is on its way, and the training is this client's."""
        if self.owns and self._waiting >= WAITING_LIMIT:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting < WAITING_LIMIT or self._is_broken or not self.owns)

    def close(self, timeout: float) -> None:
        """Waits until everything is written, `timeout` seconds at most."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        self._thread.join(timeout)

    def _run(self) -> None:
        try:
            while (item := self._next()) is not None:
                if isinstance(item, bytes):
                    self._write(item)
                else:
                    for event in item:
                        self._write(encode(event))
                self._written(item)
            if self._is_cut_off:
                self._write(encode(CutOff()))
            self._end()
        except OSError:
            with self._changed:
                self._is_broken = True
                self._changed.notify_all()
            self._on_broken()

    def _next(self) -> bytes | Iterable[Message] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._is_closed or self._is_cut_off)
            if self._is_cut_off or not self._items:
                return None
            return self._items.popleft()

    def _written(self, item: bytes | Iterable[Message]) -> None:
        if isinstance(item, bytes):
            with self._changed:
                self._waiting = max(self._waiting - len(item), 0)
                self._changed.notify_all()
