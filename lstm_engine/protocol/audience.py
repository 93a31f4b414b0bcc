"""Everybody who attends an engine: all hear its events, all may steer it, and each leaves when it likes."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from typing import BinaryIO

import msgspec

from lstm_engine.protocol.attendance import Detach, Detached, Join, Steered, Watchers
from lstm_engine.protocol.channel import Asker, Inbox, Outbox
from lstm_engine.protocol.client_queue import ClientQueue
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import (
    Command,
    Failed,
    Paused,
    Quit,
    Refused,
    RunFinished,
    RunOpened,
    Stopped,
    TrainingStarted,
    decode_command,
    encode,
)
from lstm_engine.protocol.standing import Standing
from lstm_engine.text import printable

#: What tells whether something is trained once a command is carried out.
_OUTCOMES = (RunOpened, TrainingStarted, Paused, RunFinished, Failed, Stopped)


class Audience(Outbox):
    """Sends every event to every client, and puts their commands in the inbox.

    Training waits for nobody but the client whose own it is. A client that comes late is told what leads up to now,
    and each event after that once.
    """

    def __init__(
        self,
        inbox: Inbox,
        on_going_on: Callable[[], None] = lambda: None,
        on_ending: Callable[[], None] = lambda: None,
        hear: Callable[[Message], None] = lambda _: None,
    ) -> None:
        """
        Args:
            on_going_on: called where a client has gone and the engine goes on nevertheless.
            on_ending: called where the engine is told to end.
            hear: called with every event, by whoever sends it, also where nobody attends.
        """
        self._inbox = inbox
        self._on_going_on = on_going_on
        self._on_ending = on_ending
        self._hear = hear
        self._clients: tuple[ClientQueue, ...] = ()
        self._had_clients = False
        self._is_left_running = False
        self._detaching: tuple[ClientQueue, ...] = ()
        self._standing = Standing()
        self._lock = threading.RLock()  # an order for the events of several threads

    @property
    def standing(self) -> Standing:
        """Where the run stands, by the events so far."""
        return self._standing

    @property
    def count(self) -> int:
        """How many clients attend."""
        return sum(client.attends for client in self._clients)

    @property
    def is_deserted(self) -> bool:
        return self._had_clients and not self.count

    def put(self, event: Message) -> None:
        self._hear(event)
        for client in self._tell(event):
            client.wait_for_room()

    def refuse(self, refused: Refused, asker: Asker | None) -> None:
        """As everybody's; the others heard that the command was sent, and hear what became of it."""
        with self._lock:
            super().refuse(refused, asker)
            if asker is not None:
                self._tell_others(asker, Steered(command=refused.command, refusal=refused.reason))

    def join(self, client: ClientQueue) -> None:
        """Has a client attend from here on, after all that leads up to now."""
        with self._lock:
            client.greet(self._standing.greeting())
            self._clients = (*self._clients, client)
            self._had_clients = True
            if self.count > 1:
                self._tell(Watchers(count=self.count))

    def hear(self, client: ClientQueue, stream: BinaryIO) -> None:
        """Reads a client's commands until its stream ends; then it has left, though it may still listen."""
        with contextlib.suppress(OSError, ValueError):  # a connection that is reset has ended, too
            for line in stream:
                self._take(client, line)
        self.leave(client)

    def leave(self, client: ClientQueue) -> None:
        """A client attends no more; what becomes of the run is decided by whether somebody else does."""
        with self._lock:
            if not client.attends:
                return
            client.attends = False
            if client.owns and not self._is_left_running:
                self._tell_others(client, _steered(Quit()))
                self._end()
            elif self.count:
                self._on_going_on()
                self._tell(Watchers(count=self.count))
            elif not self._goes_on_alone:
                self._end()
            else:
                if self._standing.is_training:
                    self._on_going_on()
                self._inbox.wake()

    def forget(self, client: ClientQueue) -> None:
        """A client has left, and listens no more."""
        self.leave(client)
        with self._lock:
            self._clients = tuple(other for other in self._clients if other is not client)

    def close(self, timeout: float) -> None:
        """Waits until everything is written, `timeout` seconds at most for all clients together."""
        end = time.monotonic() + timeout
        for client in self._clients:
            client.close(0.0)
        for client in self._clients:
            client.close(max(end - time.monotonic(), 0.0))

    @property
    def _goes_on_alone(self) -> bool:
        return self.outlives or self._is_left_running

    def _tell(self, event: Message) -> tuple[ClientQueue, ...]:
        """Sends every client an event, without waiting for one of them; returns them all."""
        line = encode(event)
        with self._lock:
            self._standing = self._standing.after(event)
            if isinstance(event, RunOpened):
                self._is_left_running = False
            for client in self._clients:
                client.offer(line)
            if isinstance(event, TrainingStarted):
                self._inbox.settle()
            if isinstance(event, _OUTCOMES) and not self._inbox:
                detaching, self._detaching = self._detaching, ()
                for client in detaching:
                    self._answer_detach(client)
            if isinstance(event, TrainingStarted) and self.is_deserted and self._goes_on_alone:
                self._on_going_on()
            return self._clients

    def _take(self, client: ClientQueue, line: bytes) -> None:
        try:
            command: Command = decode_command(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            client.answer(Refused(command="", reason=printable(f"not a command: {error}")))
            return
        if isinstance(command, Join):
            client.owns = command.owns
        elif isinstance(command, Detach):
            self._detach(client)
        else:
            self._tell_others(client, _steered(command))
            if isinstance(command, Quit):
                self._on_ending()
            self._inbox.put(command, client)

    def _end(self) -> None:
        self._on_ending()
        self._inbox.put(Quit())

    def _detach(self, client: ClientQueue) -> None:
        with self._lock:
            if self._standing.is_training and self._inbox.may_stop_training:
                self._detaching = (*self._detaching, client)  # what was asked before comes first
            else:
                self._answer_detach(client)

    def _answer_detach(self, client: ClientQueue) -> None:
        started, standing = self._standing.started, self._standing
        if started is None:
            client.answer(
                Refused(command="detach", reason="nothing is trained now: there is nothing to leave running")
            )
            return
        self._is_left_running = True
        client.owns = False
        client.answer(
            Detached(run=started.run, directory=started.directory, epoch=standing.epoch, target=started.target)
        )

    def _tell_others(self, client: Asker, event: Message) -> None:
        line = encode(event)
        with self._lock:
            for other in self._clients:
                if other is not client:
                    other.offer(line)


def _steered(command: Command) -> Steered:
    return Steered(command=str(command.__struct_config__.tag))
