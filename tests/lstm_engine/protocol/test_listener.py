"""The engine's socket: who is let in, and what the others are told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lstm_engine.protocol.attendance import CutOff, Join
from lstm_engine.protocol.audience import Audience
from lstm_engine.protocol.channel import Inbox
from lstm_engine.protocol.listener import Listener, peer_user
from lstm_engine.protocol.message import PROTOCOL
from lstm_engine.protocol.messages import Notice, Pause, Quit, Refused, Stopped, encode
from tests.support.processes import EngineUnderTest
from tests.support.script import READY, ready
from tests.support.soak import first
from tests.support.socket_clients import SocketClient, wait_until

NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def audience(inbox: Inbox) -> Audience:
    return Audience(inbox)


@pytest.fixture
def listener(tmp_path: Path, audience: Audience) -> Iterator[Listener]:
    opened = Listener(tmp_path, audience)
    yield opened
    opened.close()


def test_the_socket_is_its_user_s_alone_whatever_the_umask(tmp_path: Path, audience: Audience) -> None:
    before = os.umask(0)
    try:
        listener = Listener(tmp_path, audience)
    finally:
        os.umask(before)
    assert listener.path == tmp_path / f"{os.getpid()}.sock"
    assert listener.path.stat().st_mode & 0o777 == 0o600
    listener.close()
    assert list(tmp_path.iterdir()) == []


def test_whoever_joins_hears_and_steers(listener: Listener, audience: Audience, inbox: Inbox) -> None:
    audience.put(READY)
    client = SocketClient(listener.path)
    wait_until(lambda: client.heard == [READY])
    client.send(Pause())
    wait_until(lambda: inbox.holds(Pause))
    for event in ready()[1:]:
        audience.put(event)
    wait_until(lambda: client.heard == ready())
    client.leave()
    wait_until(lambda: inbox.holds(Quit))
    assert audience.is_deserted


def test_a_client_says_whether_the_training_is_its_own(listener: Listener, audience: Audience) -> None:
    client = SocketClient(listener.path, owns=True)
    wait_until(lambda: audience.count)
    assert [queue.owns for queue in audience._clients] == [True]
    client.leave()


@pytest.mark.parametrize(
    ("greeting", "reason"),
    [
        (
            encode(Join(protocol=PROTOCOL + 1)),
            f"the engine speaks version {PROTOCOL} of the protocol, and the newcomer {PROTOCOL + 1}",
        ),
        (encode(Join(protocol=0)), f"the engine speaks version {PROTOCOL} of the protocol, and the newcomer 0"),
        (b"GET / HTTP/1.1\r\n\r\n", "the first line is no greeting of lstm-tui"),
        (b"\xff\xfe\n", "the first line is no greeting of lstm-tui"),
        (b"[" * 5000, "the first line is no greeting of lstm-tui"),
        (b'{"type":"join","protocol":"1"}\n', "the first line is no greeting of lstm-tui"),
        (encode(Quit()), "the first command is not join"),
    ],
)
def test_who_speaks_otherwise_is_refused_with_a_sentence(
    listener: Listener, audience: Audience, inbox: Inbox, greeting: bytes, reason: str
) -> None:
    client = SocketClient(listener.path, greeting)
    assert client.ended.wait(60)
    assert client.heard == [Refused(command="join", reason=reason)]
    assert (audience.count, inbox.get(timeout=0.0)) == (0, None)
    SocketClient(listener.path)
    wait_until(lambda: audience.count == 1, "the next one to be let in")


@pytest.mark.parametrize("begins", [b"", b'{"type"'])
def test_who_says_nothing_is_told_so_after_a_while(
    listener: Listener, audience: Audience, monkeypatch: pytest.MonkeyPatch, begins: bytes
) -> None:
    monkeypatch.setattr("lstm_engine.protocol.listener._PATIENCE", 0.1)
    client = SocketClient(listener.path, begins)
    assert client.ended.wait(60)
    assert client.heard == [Refused(command="join", reason="nothing came: expected the greeting of lstm-tui")]
    assert not audience.is_deserted


def test_who_goes_without_a_word_harms_nobody(listener: Listener, audience: Audience) -> None:
    SocketClient(listener.path, b"").kill()
    client = SocketClient(listener.path)
    wait_until(lambda: audience.count == 1)
    client.leave()


def test_a_client_that_is_cut_off_is_told_and_may_come_back(
    listener: Listener, audience: Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lstm_engine.protocol.client_queue.WAITING_LIMIT", 1000)
    client = SocketClient(listener.path)
    wait_until(lambda: audience.count == 1)
    client.stop_reading()
    audience.notice("what it may still read")
    for _ in range(5):
        audience.notice("x" * 200_000)
    client.read_on()
    assert client.ended.wait(60)
    assert client.heard[-1] == CutOff()
    assert len(client.heard) < 6
    again = SocketClient(listener.path)
    wait_until(lambda: audience.count == 2)
    client.kill()
    again.leave()


def test_a_stale_socket_is_taken_away_and_one_that_is_in_use_is_not(tmp_path: Path, audience: Audience) -> None:
    with socket.socket(socket.AF_UNIX) as alive, socket.socket(socket.AF_UNIX) as dead:
        alive.bind(str(tmp_path / "1.sock"))
        alive.listen()
        dead.bind(str(tmp_path / "2.sock"))  # it never listens, as if its process had died
        (tmp_path / "3.sock").write_text("no socket")
        (tmp_path / "notes.txt").touch()
        own = tmp_path / f"{os.getpid()}.sock"
        with socket.socket(socket.AF_UNIX) as before:
            before.bind(str(own))
        listener = Listener(tmp_path, audience)
        left = {path.name for path in tmp_path.iterdir()}
        assert left - {"3.sock"} == {"1.sock", "notes.txt", own.name}
        client = SocketClient(own)
        wait_until(lambda: audience.count == 1)
        client.leave()
        listener.close()


def test_where_it_cannot_listen_it_says_so_as_an_os_error(tmp_path: Path, audience: Audience) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - whatever the system calls it
        Listener(tmp_path / ("x" * 120), audience)
    with pytest.raises(FileNotFoundError):
        Listener(tmp_path / "none", audience)


#: Becomes another user, connects, and prints what it is told.
STRANGER = f"""
import os, socket, sys
os.setgid({NOBODY}); os.setuid({NOBODY})
with socket.socket(socket.AF_UNIX) as client:
    try:
        client.connect(sys.argv[1])
    except PermissionError:
        print("not let near")
    else:
        client.settimeout(60)
        print(client.makefile().readline(), end="")
"""


def stranger_s_answer(path: Path) -> str:
    command = [sys.executable, "-S", "-c", STRANGER, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd="/").stdout


@as_root
def test_another_user_does_not_come_near_the_socket(listener: Listener) -> None:
    assert stranger_s_answer(listener.path) == "not let near\n"


@as_root
def test_another_user_who_comes_near_nevertheless_is_refused(audience: Audience) -> None:
    folder = Path("/tmp") / f"lstm-tui-open-{os.getpid()}"  # noqa: S108 - a folder that others may enter
    folder.mkdir()
    folder.chmod(0o755)
    listener = Listener(folder, audience)
    listener.path.chmod(0o666)
    answer = stranger_s_answer(listener.path)
    listener.close()
    folder.rmdir()
    assert answer.encode() == encode(Refused(command="join", reason="the engine belongs to another user"))
    assert not audience.count


def test_the_user_at_the_other_end_is_known() -> None:
    one, other = socket.socketpair()
    with one, other:
        assert peer_user(one) == os.geteuid()


def test_a_killed_engine_leaves_a_socket_that_nobody_listens_at(tmp_path: Path, audience: Audience) -> None:
    script = (
        "import signal, sys; from pathlib import Path; from lstm_engine.protocol.audience import Audience\n"
        "from lstm_engine.protocol.channel import Inbox; from lstm_engine.protocol.listener import Listener\n"
        "print(Listener(Path(sys.argv[1]), Audience(Inbox())).path, flush=True); signal.pause()"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True) as engine:
        assert engine.stdout is not None
        left = Path(engine.stdout.readline().strip())
        engine.send_signal(signal.SIGKILL)
        engine.wait()
    assert left.is_socket()
    listener = Listener(tmp_path, audience)
    assert not left.exists()
    listener.close()


@pytest.mark.parametrize("is_long", first(1, [False, True]))
def test_an_engine_that_nobody_can_look_into_says_so_and_works(tmp_path: Path, is_long: bool) -> None:
    given = tmp_path / ("x" * 100 if is_long else "run")
    if is_long:
        given.mkdir()
    (tmp_path / "temporary").mkdir()
    taken = tmp_path / "temporary" / f"lstm-tui-{os.geteuid()}"
    taken.symlink_to(tmp_path)
    environment = {"XDG_RUNTIME_DIR": str(given), "TMPDIR": str(tmp_path / "temporary")}
    with EngineUnderTest(tmp_path / "runs", environment=environment) as engine:
        notice = engine.must_hear(Notice)
        assert isinstance(notice, Notice)
        said = notice.text.removeprefix("no other terminal can look in: ")
        reason = "is too long a path for a socket" if is_long else f"{given} is missing: expected a folder for sockets"
        assert reason in said
        assert "; " in said
        assert str(taken) in said
        assert said != notice.text
        engine.send(Quit())
        engine.must_hear(Stopped)
        assert engine.process.wait() == 0
