"""An engine that is found by its socket: who answers there as an engine of our version does, and who does not."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from lstm_engine.errors import UserError
from lstm_engine.protocol.attendance import Join, Watchers
from lstm_engine.protocol.audience import Audience
from lstm_engine.protocol.channel import Inbox
from lstm_engine.protocol.listener import Listener
from lstm_engine.protocol.message import PROTOCOL
from lstm_engine.protocol.messages import Notice, Pause, Quit, Refused, decode_command, encode
from tests.support.greeters import greeter
from tests.support.script import READY, training
from tui.client.attached_engine import AttachedEngine
from tui.client.connection import ProtocolError

SPEAKS = msgspec.structs.replace(READY, protocol=PROTOCOL)


@pytest.fixture
def address(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path / "1.sock"


@pytest.fixture
def audience() -> Audience:
    audience = Audience(Inbox())
    audience.outlives = True
    return audience


@pytest.fixture
def listener(tmp_path: Path, audience: Audience) -> Iterator[Listener]:
    tmp_path.chmod(0o700)
    made = Listener(tmp_path, audience)
    yield made
    made.close()


async def test_it_tells_what_leads_up_to_now_and_what_comes(listener: Listener, audience: Audience) -> None:
    for event in [SPEAKS, *training()[1:]]:
        audience.put(event)
    engine = await AttachedEngine.join(listener.path)
    assert engine.ready == SPEAKS
    events = engine.events()
    greeting = [await anext(events) for _ in range(4)]
    assert greeting == [SPEAKS, *list(audience.standing.greeting())[1:]]
    audience.notice("news")
    assert await anext(events) == Notice(text="news")
    engine.close_input()
    await engine.wait()


async def test_commands_reach_the_engine_and_to_leave_is_no_command(listener: Listener, audience: Audience) -> None:
    audience.put(SPEAKS)
    engine = await AttachedEngine.join(listener.path)
    engine.send(Pause())
    engine.close_input()
    engine.send(Quit())
    await engine.wait()
    inbox = audience._inbox
    assert await asyncio.to_thread(inbox.get, 60) == Pause()
    assert not inbox.holds(Quit)


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        (encode(READY), f"it is of another version of lstm-tui (protocol 0, and this one speaks {PROTOCOL})"),
        (
            encode(msgspec.structs.replace(READY, protocol=PROTOCOL + 1)),
            f"it is of another version of lstm-tui (protocol {PROTOCOL + 1}, and this one speaks {PROTOCOL})",
        ),
        (b'{"type":"engine_ready","protocol":99,"pid":"a new kind"}\n',
         f"it is of another version of lstm-tui (protocol 99, and this one speaks {PROTOCOL})"),
        (encode(Refused(command="join", reason="the engine belongs to another user")),
         "the engine belongs to another user"),
        (b'{"type":"refused","reason":"of a \\u001b[2Jlater version","why":7}\n', "of a ?[2Jlater version"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "it does not speak the protocol of lstm-tui"),
        (b"\xff\xfe\n", "it does not speak the protocol of lstm-tui"),
        (b"[1]\n", "it does not speak the protocol of lstm-tui"),
        (b"\n", "it does not speak the protocol of lstm-tui"),
    ],
)  # fmt: skip
async def test_who_answers_otherwise_is_refused_with_a_sentence(address: Path, says: bytes, sentence: str) -> None:
    async with greeter(address, says) as other:
        with pytest.raises(UserError) as error:
            await AttachedEngine.join(address)
        await asyncio.wait_for(other.left.wait(), 60)
    assert str(error.value) == sentence
    assert decode_command(bytes(other.heard)) == Join()


async def test_an_event_of_our_version_that_is_no_greeting_is_none(address: Path) -> None:
    async with greeter(address, encode(Watchers(count=2))):
        with pytest.raises(UserError):
            await AttachedEngine.join(address)
    broken = b'{"type":"engine_ready","protocol":%d}\n' % PROTOCOL
    async with greeter(address, broken):
        with pytest.raises(UserError, match="no event"):
            await AttachedEngine.join(address)


async def test_who_ends_without_a_word_is_said_to(address: Path) -> None:
    async with greeter(address, b"", hangs_up=True):
        with pytest.raises(UserError, match=r"^it ends$"):
            await AttachedEngine.join(address)


async def test_who_does_not_answer_is_left(address: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.client.attached_engine._PATIENCE", 0.05)
    async with greeter(address, b'{"type"') as other:
        with pytest.raises(UserError, match=r"^it does not answer$"):
            await AttachedEngine.join(address)
        await asyncio.wait_for(other.left.wait(), 60)


async def test_where_nobody_listens_the_system_says_why(address: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await AttachedEngine.join(address)
    async with greeter(address, b""):
        pass
    if not address.exists():
        address.touch()
    with pytest.raises(ConnectionRefusedError):
        await AttachedEngine.join(address)


async def test_a_folder_that_others_may_write_is_not_trusted(address: Path) -> None:
    async with greeter(address, encode(SPEAKS)) as other:
        address.parent.chmod(0o777)
        with pytest.raises(UserError, match="is open to others"):
            await AttachedEngine.join(address)
        assert not other.heard


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
async def test_another_user_s_socket_is_not_trusted(address: Path) -> None:
    async with greeter(address, encode(SPEAKS)) as other:
        os.chown(address, 65534, -1)
        with pytest.raises(UserError, match="belongs to another user"):
            await AttachedEngine.join(address)
        assert not other.heard


async def test_nonsense_after_the_greeting_is_an_error_that_quotes_it(address: Path) -> None:
    async with greeter(address, encode(SPEAKS) + b"Epoch 3: 100%\n"):
        engine = await AttachedEngine.join(address)
        with pytest.raises(ProtocolError, match="Epoch 3"):
            _ = [event async for event in engine.events()]
        await engine.stop(0)


async def test_stop_asks_it_to_end(address: Path) -> None:
    async with greeter(address, encode(SPEAKS)) as other:
        engine = await AttachedEngine.join(address)
        await engine.stop(0.01)
        await asyncio.wait_for(other.left.wait(), 60)
        assert other.heard.endswith(encode(Quit()))
