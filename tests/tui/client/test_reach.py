"""The way to a run that some process holds."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from lstm_engine.protocol.message import PROTOCOL
from lstm_engine.protocol.messages import Refused, encode
from lstm_engine.store.holding.lock import RunLock
from lstm_engine.store.holding.owner import OWNER, Owner
from lstm_engine.store.holding.pulse import Pulse, PulseFile
from tests.support.greeters import greeter
from tests.support.script import READY
from tui.client.attached_engine import AttachedEngine
from tui.client.reach import OutOfReach, reach

HERE = socket.gethostname()
SPEAKS = msgspec.structs.replace(READY, protocol=PROTOCOL)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """A run's directory, held by a process (this one)."""
    directory = tmp_path / "calm-lake"
    directory.mkdir(mode=0o700)
    lock = RunLock(directory)
    lock.hold()
    yield directory
    lock.release()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.client.reach._PATIENCE", 0.0)
    monkeypatch.setattr("tui.client.reach._PAUSE", 0.001)


def leave_word(directory: Path, owner: Owner) -> None:
    (directory / OWNER).write_bytes(msgspec.json.encode(owner))


async def reason(directory: Path) -> str:
    found = await reach(directory)
    assert isinstance(found, OutOfReach)
    return found.reason


async def test_a_run_that_nobody_holds_leads_nowhere_whatever_its_owner_file_says(tmp_path: Path) -> None:
    leave_word(tmp_path, Owner(1, HERE, "/nowhere.sock"))
    assert await reach(tmp_path) is None


async def test_who_holds_it_is_joined(held: Path) -> None:
    async with greeter(held / "1.sock", encode(SPEAKS)) as engine:
        leave_word(held, Owner(4242, HERE, str(engine.path)))
        found = await reach(held)
        assert isinstance(found, AttachedEngine)
        assert found.ready.pid == 4242
        found.close_input()


async def test_who_cannot_be_reached_is_said_to_in_a_sentence(held: Path) -> None:
    who = f"run calm-lake is held by process 7 on {HERE}"
    assert await reason(held) == "run calm-lake is held by another process, which has not said which it is"
    leave_word(held, Owner(7, "far"))
    assert await reason(held) == "run calm-lake is held by process 7 on far"
    leave_word(held, Owner(7, HERE))
    assert await reason(held) == f"{who}, which lets nobody look in"
    path = held / "1.sock"
    leave_word(held, Owner(7, HERE, str(path)))
    assert await reason(held) == f"{who}, which cannot be attended at {path} (No such file or directory)"
    path.touch()
    assert await reason(held) == f"{who}, which cannot be attended at {path} (Connection refused)"
    path.unlink()
    async with greeter(path, encode(Refused(command="join", reason="no"))):
        assert await reason(held) == f"{who}, which cannot be attended: no"
    held.chmod(0o755)
    assert (await reason(held)).startswith(f"{who}, which cannot be attended: {held} is open to others")


async def test_one_that_has_just_taken_the_run_is_given_time_to_say_where_it_listens(
    held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.client.reach._PATIENCE", 60.0)
    looks = []

    async with greeter(held / "1.sock", encode(SPEAKS)) as engine:

        def owner_of(_: Path) -> Owner | None:
            looks.append(True)
            return None if len(looks) < 3 else Owner(4242, HERE, str(engine.path))

        monkeypatch.setattr("lstm_engine.store.holding.owner.owner_of", owner_of)
        found = await reach(held)
        assert isinstance(found, AttachedEngine)
        found.close_input()
    assert len(looks) == 3


async def test_one_that_ends_meanwhile_leaves_a_run_that_nobody_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.client.reach._PATIENCE", 60.0)
    lock = RunLock(tmp_path)
    lock.hold()
    leave_word(tmp_path, Owner(7, HERE, str(tmp_path / "1.sock")))

    def released(directory: Path) -> Owner | None:
        lock.release()
        return Owner(7, HERE, str(directory / "1.sock"))

    monkeypatch.setattr("lstm_engine.store.holding.owner.owner_of", released)
    assert await reach(tmp_path) is None


async def test_a_run_that_another_host_holds_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first frame of whoever opens it waits for that."""
    looks: list[float] = []

    async def pause(seconds: float) -> None:
        looks.append(seconds)

    monkeypatch.setattr("tui.client.reach._PATIENCE", 60.0)
    monkeypatch.setattr("tui.client.reach.asyncio.sleep", pause)
    leave_word(tmp_path, Owner(7, "far"))
    file = PulseFile(tmp_path)
    file.write(Pulse(epoch=5, target=10, state="training"))
    assert await reason(tmp_path) == f"run {tmp_path.name} is held by process 7 on far"
    assert looks == []
    file.close()
