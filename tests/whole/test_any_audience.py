"""Whatever clients do, in whatever order: training waits for none of them, and each knows what happened.

The audience and its socket are real; the engine is made up (tests/support/engine_streams.py).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_engine.protocol import client_queue
from lstm_engine.protocol.attendance import Detach, Detached, Logged
from lstm_engine.protocol.audience import Audience
from lstm_engine.protocol.channel import Inbox
from lstm_engine.protocol.listener import Listener
from lstm_engine.protocol.messages import (
    Command,
    Event,
    Notice,
    Quit,
    Refused,
    Reseed,
    RunOpened,
)
from tests.support.attendants import check_in_order
from tests.support.engine_streams import StreamedEngine, heard
from tests.support.socket_clients import SocketClient, finishes, wait_until
from tui.state.session import Session

#: Bytes that may wait for a client here.
LIMIT = 100_000
#: More than the kernel holds of a connection, and the limit.
FLOOD = [Logged(text="x" * 50_000)] * 8


class Person:
    """Who has a client, and another one where that was cut off."""

    def __init__(self, client: SocketClient) -> None:
        self.client = client
        self.streams: list[list[Event]] = []
        self.is_there = True

    def comes_back(self, audience: Audience, path: Path) -> None:
        """Before the old client leaves, so that the engine is not deserted in between."""
        before, count = self.client, audience.count
        self.client = SocketClient(path)
        wait_until(lambda: audience.count == count + 1, "who was cut off to be let in")
        before.kill()
        wait_until(lambda: audience.count == count, "the old client to be gone")
        self.streams.append(before.heard)


class House:
    """An engine, its audience, and people who come and go."""

    def __init__(self, folder: Path, *, outlives: bool) -> None:
        self.inbox, self.engine = Inbox(), StreamedEngine()
        self.audience = Audience(self.inbox)
        self.audience.outlives = outlives
        self.listener = Listener(folder, self.audience)
        self.people: list[Person] = []
        self.sent: list[int] = []
        self.taken: list[Command] = []
        self.quits = self._told = 0
        self._is_left_running = False
        self.engine.new(1)
        self.tell()

    @property
    def there(self) -> list[Person]:
        return [person for person in self.people if person.is_there]

    @property
    def steps(self) -> Mapping[str, Callable[[int], None]]:
        return {
            "join": lambda _: self.join(),
            "leave": lambda number: self.go(number, SocketClient.leave),
            "kill": lambda number: self.go(number, SocketClient.kill),
            "stop reading": lambda number: self.each(number, SocketClient.stop_reading),
            "read on": lambda number: self.each(number, SocketClient.read_on),
            "come back": self.come_back,
            "command": self.command,
            "detach": self.detach,
            "flood": lambda _: self.put(*FLOOD),
            **{name: self.engine.steps[name] for name in ("start", "train", "save", "pause", "branch", "fail")},
        }

    def put(self, *events: Event) -> None:
        """The engine says so, and is not held up."""
        for event in events:
            if isinstance(event, RunOpened):
                self._is_left_running = False
        finishes(lambda: [self.audience.put(event) for event in events], "the engine")
        assert all(client._waiting <= LIMIT for client in self.audience._clients)

    def tell(self) -> None:
        """What the engine has said since."""
        news, self._told = self.engine.said[self._told :], len(self.engine.said)
        self.put(*news)

    def join(self) -> None:
        if len(self.there) < 4:
            self.people.append(Person(SocketClient(self.listener.path)))

    def go(self, number: int, how: Callable[[SocketClient], None]) -> None:
        if not self.there:
            return
        self.all_are_in()
        person = self.there[number % len(self.there)]
        how(person.client)
        person.is_there = False
        self.all_are_in()
        if not self.there and not (self.audience.outlives or self._is_left_running):
            self.quits += 1
            wait_until(lambda: self._quits_waiting() == self.quits, "the end that is due where nobody is left")

    def each(self, number: int, what: Callable[[SocketClient], None]) -> None:
        if self.there:
            what(self.there[number % len(self.there)].client)

    def come_back(self, number: int) -> None:
        """Where somebody was cut off, he joins anew."""
        cut_off = [person for person in self.there if person.client.is_cut_off]
        if not cut_off:
            return
        self.all_are_in()
        cut_off[number % len(cut_off)].comes_back(self.audience, self.listener.path)

    def command(self, number: int) -> None:
        if self.there:
            self.sent.append(len(self.sent))
            self.there[number % len(self.there)].client.send(Reseed(seed=self.sent[-1]))

    def detach(self, number: int) -> None:
        if not self.there:
            return
        client = self.there[number % len(self.there)].client
        if not client.reads or client.is_cut_off:
            return
        self.take_all()  # what was asked before comes first
        begun = len(client.heard)
        client.send(Detach())
        kinds = (Detached, Refused)
        wait_until(
            lambda: client.is_cut_off or any(isinstance(event, kinds) for event in client.heard[begun:]), "an answer"
        )
        self._is_left_running = self.audience._is_left_running

    def take_all(self) -> None:
        """The engine takes what it was told, and is done with it."""
        wait_until(lambda: self._seeds() == len(self.sent), "the commands")
        while (command := self.inbox.get(timeout=0.0)) is not None:
            self.taken.append(command)

    def _seeds(self) -> int:
        return sum(isinstance(command, Reseed) for command in self.told)

    def all_are_in(self) -> None:
        wait_until(lambda: self.audience.count == len(self.there), "those who come to be let in")

    def end(self) -> None:
        """All read what there is, and come back who were cut off."""
        for person in self.there:
            person.client.read_on()
        self.all_are_in()
        while not all(has_heard_the_end(person.client) for person in self.there):
            for person in self.there:
                if person.client.is_cut_off:
                    person.comes_back(self.audience, self.listener.path)
            self.put(Notice(text="the end"))
            for person in self.there:
                wait_until(lambda client=person.client: client.is_cut_off or has_heard_the_end(client), "the rest")

    def close(self) -> None:
        self.listener.close()
        for person in self.there:
            person.client.kill()
        wait_until(lambda: not self.audience.count, "all to be gone")

    @property
    def told(self) -> list[Command]:
        """All commands that have come, taken or not."""
        with self.inbox._came:
            return [*self.taken, *(command for command, _ in self.inbox._commands)]

    def _quits_waiting(self) -> int:
        return sum(isinstance(command, Quit) for command in self.told)


def has_heard_the_end(client: SocketClient) -> bool:
    return any(isinstance(event, Notice) and event.text == "the end" for event in client.heard)


def known(session: Session) -> tuple[object, ...]:
    return (session.history.rows.tobytes(), session.epoch, session.target, session.state, session.resumes,
            session.saved, session.directory, session.failure)  # fmt: skip


NAMES = ("join", "leave", "kill", "stop reading", "read on", "come back", "command", "detach", "flood", "start",
         "train", "save", "pause", "branch", "fail")  # fmt: skip
#: What makes for many people and long runs comes more often.
LIKELY = (*NAMES, *("join", "start", "train", "train", "stop reading", "flood", "command", "detach", "come back"))
STEPS = st.lists(st.tuples(st.sampled_from(LIKELY), st.integers(0, 9)), min_size=15, max_size=40)


@pytest.mark.timeout(600)
@settings(max_examples=60, derandomize=True, database=None)
@given(steps=STEPS, outlives=st.booleans())
def test_any_order_of_coming_and_going_is_heard_whole_and_holds_nobody_up(
    steps: list[tuple[str, int]], outlives: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder, patch.object(client_queue, "WAITING_LIMIT", LIMIT):
        house = House(Path(folder), outlives=outlives)
        try:
            for name, number in [("join", 0), ("start", 9), *steps]:
                house.steps[name](number)
                house.tell()
            house.end()
            everything = known(heard(house.engine.said, house.engine.disk))
            for person in house.there:
                session = None
                for stream in (*person.streams, person.client.heard):
                    check_in_order(stream)
                    session = heard(stream, house.engine.disk, session, is_found=True)
                assert session is not None
                assert known(session) == everything
            check_commands(house)
        finally:
            house.close()


def check_commands(house: House) -> None:
    """Every command of everybody has come, once."""
    house.take_all()
    came = house.taken
    seeds = [command.seed for command in came if isinstance(command, Reseed)]
    assert sorted(seeds) == house.sent  # type: ignore[type-var]
    assert sum(isinstance(command, Quit) for command in came) == house.quits
