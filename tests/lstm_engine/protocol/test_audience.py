"""Everybody who attends an engine: what they hear, what becomes of their commands, and of the run when they leave."""

from __future__ import annotations

import io
import threading

import pytest

from lstm_engine.protocol.attendance import Detach, Detached, Join, Steered, Watchers
from lstm_engine.protocol.audience import Audience
from lstm_engine.protocol.channel import Inbox
from lstm_engine.protocol.client_queue import ClientQueue
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import Pause, Quit, Refused, decode_event, encode
from tests.support.script import DIRECTORY, RUN, done, epochs, opened, ready, started, training
from tests.support.socket_clients import finishes, wait_until


def test_what_is_no_command_is_refused_and_the_end_of_input_is_quit() -> None:
    inbox, written = Inbox(), []
    audience, client = Audience(inbox), ClientQueue(written.append)
    audience.join(client)
    lines = [b"hello\n", b'{"type":"fly"}\n', b'{"type":"train","epochs":"many"}\n', b"\xff\n", encode(Pause())]
    audience.hear(client, io.BytesIO(b"".join(lines)))
    assert isinstance(inbox.get(), Pause)
    assert inbox.asker is client
    assert isinstance(inbox.get(), Quit)
    client.close(timeout=60)
    assert [isinstance(decode_event(line), Refused) for line in written] == [True] * 4
    assert inbox.get(timeout=0.0) is None


class Written(list[bytes]):
    """What a client has been written."""

    def kinds(self) -> list[str]:
        return [type(decode_event(line)).__name__ for line in self]


def attended(audience: Audience, *, owns: bool = False) -> tuple[ClientQueue, Written]:
    written = Written()
    client = ClientQueue(written.append, owns=owns)
    audience.join(client)
    return client, written


def closed(*clients: ClientQueue) -> None:
    for client in clients:
        client.close(timeout=60)


def quits(inbox: Inbox) -> int:
    count = 0
    while (command := inbox.get(timeout=0.0)) is not None:
        count += isinstance(command, Quit)
    return count


def test_all_hear_an_event_and_one_that_comes_late_what_led_up_to_it() -> None:
    audience = Audience(Inbox())
    first, heard_all = attended(audience)
    for event in training(1200):
        audience.put(event)
    late, heard_late = attended(audience)
    audience.put(epochs(1201, 1210))
    closed(first, late)
    assert heard_all.kinds()[-2:] == ["Watchers", "Epochs"]
    assert heard_late.kinds() == ["EngineReady", "RunOpened", "TrainingStarted", "Epochs", "Watchers", "Epochs"]
    assert decode_event(heard_late[1]).epoch == 1000  # type: ignore[union-attr]
    assert decode_event(heard_late[4]) == Watchers(count=2)


def test_a_command_goes_to_the_engine_and_the_others_hear_of_it() -> None:
    inbox = Inbox()
    audience = Audience(inbox)
    (one, from_one), (other, from_other) = attended(audience), attended(audience)
    audience.outlives = True
    audience.hear(one, io.BytesIO(encode(Pause())))
    closed(one, other)
    assert (inbox.get(timeout=0.0), inbox.asker) == (Pause(), one)
    assert "Steered" not in from_one.kinds()
    assert decode_event(from_other[1]) == Steered(command="pause")
    assert decode_event(from_other[2]) == Watchers(count=1)


def test_a_refusal_goes_to_who_asked_and_the_others_hear_that_nothing_came_of_it() -> None:
    audience = Audience(Inbox())
    (one, from_one), (other, from_other) = attended(audience), attended(audience)
    refused = Refused(command="add_epochs", reason="there is no run yet")
    audience.refuse(refused, one)
    audience.refuse(refused, None)
    closed(one, other)
    assert [decode_event(line) for line in from_one[1:]] == [refused, refused]
    assert [decode_event(line) for line in from_other[1:]] == [
        Steered(command="add_epochs", refusal="there is no run yet"),
        refused,
    ]


@pytest.mark.parametrize(("outlives", "trains"), [(False, True), (True, True), (True, False)])
def test_the_last_one_to_leave_ends_it_unless_training_goes_on_alone(outlives: bool, trains: bool) -> None:
    inbox, went_on = Inbox(), []
    audience = Audience(inbox, on_going_on=lambda: went_on.append(True))
    assert not audience.is_deserted, "nobody has come yet"
    (one, _), (other, _) = attended(audience), attended(audience)
    audience.outlives = outlives
    for event in training() if trains else ready():
        audience.put(event)
    audience.leave(one)
    audience.leave(one)
    assert (audience.count, audience.is_deserted, quits(inbox), went_on) == (1, False, 0, [True])
    audience.leave(other)
    assert (audience.count, audience.is_deserted, quits(inbox)) == (0, True, int(not outlives))
    assert len(went_on) == 1 + (outlives and trains)
    audience.put(started(0, 5))
    assert len(went_on) == 1 + (outlives and trains) + outlives, "a training that begins later goes on, too"
    closed(one, other)


def test_an_owner_that_leaves_ends_it_whoever_else_attends() -> None:
    inbox = Inbox()
    audience = Audience(inbox)
    audience.outlives = True
    (owner, _), (other, _) = attended(audience, owns=True), attended(audience)
    audience.leave(owner)
    assert quits(inbox) == 1
    closed(owner, other)


def test_join_says_whose_the_training_is() -> None:
    audience = Audience(Inbox())
    client, _ = attended(audience)
    audience.hear(client, io.BytesIO(encode(Join(owns=True))))
    assert client.owns
    closed(client)


def test_what_is_left_running_goes_on_to_its_target_and_that_run_alone() -> None:
    inbox = Inbox()
    audience = Audience(inbox)
    owner, heard = attended(audience, owns=True)
    detach = io.BytesIO(encode(Detach()))
    for event in ready():
        audience.put(event)
    audience._take(owner, encode(Detach()))
    for event in training(1200)[3:]:
        audience.put(event)
    audience.hear(owner, detach)
    assert quits(inbox) == 0
    closed(owner)
    refused, detached = (decode_event(line) for line in heard if b"detach" in line)
    assert refused == Refused(command="detach", reason="nothing is trained now: there is nothing to leave running")
    assert detached == Detached(run=RUN, directory=DIRECTORY, epoch=1200, target=2000)
    audience.put(opened())
    other, _ = attended(audience)
    audience.leave(other)
    assert quits(inbox) == 1
    closed(other)


def test_others_come_leave_and_steer_while_an_owner_does_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstm_engine.protocol.client_queue.WAITING_LIMIT", 100)
    inbox, reads_again = Inbox(), threading.Event()
    audience = Audience(inbox)

    def write(_: bytes) -> None:
        reads_again.wait()

    owner = ClientQueue(write, owns=True)
    audience.join(owner)
    training = threading.Thread(target=lambda: [audience.put(event) for event in done()], daemon=True)
    training.start()
    wait_until(lambda: owner._waiting >= 100)

    def others() -> None:
        other, _ = attended(audience)
        audience.hear(other, io.BytesIO(encode(Pause())))
        audience.forget(other)
        closed(other)

    finishes(others, "another client")
    assert training.is_alive(), "training waits for its owner"
    assert inbox.holds(Pause)
    reads_again.set()
    training.join(60)
    assert not training.is_alive()
    closed(owner)


def test_whoever_hears_for_the_engine_hears_everything() -> None:
    heard: list[Message] = []
    audience = Audience(Inbox(), hear=heard.append)
    for event in done():
        audience.put(event)
    assert heard == done()
    assert audience.standing.ended == done()[-1]


@pytest.mark.parametrize(
    ("outlives", "owns", "said", "ends"),
    [
        (False, False, b"", 1),
        (True, True, b"", 1),
        (True, False, encode(Quit()), 1),
        (True, False, encode(Pause()), 0),
    ],
    ids=["the last one leaves", "an owner leaves", "told to", "told something else"],
)
def test_whoever_watches_the_engine_hears_that_it_is_to_end(
    outlives: bool, owns: bool, said: bytes, ends: int
) -> None:
    heard: list[str] = []
    audience = Audience(Inbox(), on_ending=lambda: heard.append("end"))
    audience.outlives = outlives
    client, _ = attended(audience, owns=owns)
    audience.hear(client, io.BytesIO(said))
    assert len(heard) == ends
    closed(client)
