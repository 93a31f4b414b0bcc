"""Where commands come in."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from lstm_engine.hook.lstm_tui_hook.steering import letterbox as module
from lstm_engine.hook.lstm_tui_hook.steering.letterbox import LONGEST, Letterbox

GO, PAUSE = b'{"type": "go", "id": "1"}\n', b'{"type": "pause", "id": "2"}\n'


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "_INTERVAL", 0.0)
    return tmp_path / "s"


@pytest.fixture
def box(path: Path) -> Iterator[Letterbox]:
    one = Letterbox(str(path))
    yield one
    one.close()


def connected(path: Path) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(str(path))
    return connection


def is_cut_off(connection: socket.socket) -> bool:
    """Whatever it said that nobody has read makes it a reset."""
    connection.settimeout(10.0)
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def kinds(box: Letterbox, count: int) -> list[str]:
    """Of that many commands, however many looks they take."""
    found: list[str] = []
    while len(found) < count:
        came = box.wait(10.0)
        assert came, f"only {found} came"
        found += [command.kind for command in came]
    return found


def test_commands_come_in_order_also_in_pieces_and_from_several(path: Path, box: Letterbox) -> None:
    assert box.commands() == []
    with connected(path) as one, connected(path) as other:
        one.sendall(GO + PAUSE[:9])
        assert kinds(box, 1) == ["go"]
        other.sendall(PAUSE)
        assert kinds(box, 1) == ["pause"]
        one.sendall(PAUSE[9:] + b"no command\n" + GO)
        assert kinds(box, 2) == ["pause", "go"]


def test_it_is_the_user_s_alone(path: Path, box: Letterbox, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    monkeypatch.setattr(module, "_is_the_users", lambda _: False)
    with connected(path) as stranger:
        stranger.sendall(GO)
        assert box.wait(0.05) == []
        assert is_cut_off(stranger)


def test_who_says_too_much_is_not_heard_further(path: Path, box: Letterbox) -> None:
    with connected(path) as one:
        one.sendall(GO + b"x" * (LONGEST + 1))
        assert kinds(box, 1) == ["go"]
        box.wait(0.05)
        assert is_cut_off(one)


def test_nothing_is_looked_for_right_behind_a_look(
    path: Path, box: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_INTERVAL", 3600.0)
    box.commands()
    with connected(path) as one:
        one.sendall(GO)
        assert box.commands() == []


def test_closed_it_takes_nothing_and_its_file_is_gone(path: Path, box: Letterbox) -> None:
    box.close()
    box.close()
    assert not path.exists()
    assert box.commands() == []


def test_without_a_path_nothing_ever_comes() -> None:
    box = Letterbox(None)
    assert (box.commands(), box.wait(0.0)) == ([], [])
    box.close()


def test_what_a_killed_script_left_is_replaced_and_nothing_else_is(path: Path) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(path))
    left.close()
    Letterbox(str(path)).close()
    path.write_text("somebody's")
    with pytest.raises(OSError, match=os.strerror(98)):
        Letterbox(str(path))
    assert path.read_text() == "somebody's"


def test_a_file_that_somebody_took_away_is_made_anew(
    path: Path, box: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_CHECK", 0.0)
    box._next_check = 0.0
    with connected(path) as early:
        early.sendall(GO)
        assert kinds(box, 1) == ["go"]
        path.unlink()
        assert box.commands() == []
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with connected(path) as one:
            one.sendall(PAUSE)
            assert kinds(box, 1) == ["pause"]
        early.sendall(GO)
        assert kinds(box, 1) == ["go"]


def test_where_the_folder_is_gone_a_pause_does_not_wait_for_ever(
    path: Path, box: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is connected can still say that it goes on; nobody else can."""
    monkeypatch.setattr(module, "_CHECK", 0.0)
    box._next_check = 0.0
    with connected(path) as one:
        one.sendall(GO)
        assert kinds(box, 1) == ["go"]
        path.unlink()
        path.parent.rmdir()
        assert box.commands() == box.wait(0.0) == []
        monkeypatch.setattr(module, "_PATIENCE", 0.0)
        assert box.wait(0.0) == []
        one.sendall(GO)
        assert kinds(box, 1) == ["go"]
    assert box.wait(0.1) == []  # the connection's end
    with pytest.raises(FileNotFoundError, match="the socket of the commands is gone"):
        box.wait(0.0)
    path.parent.mkdir()
    assert box.wait(0.0) == []
    assert path.is_socket()


def test_another_s_socket_in_the_place_is_left_alone(
    path: Path, box: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fit inside a fit has the same path."""
    monkeypatch.setattr(module, "_CHECK", 0.0)
    box._next_check = 0.0
    inner = Letterbox(str(path))
    assert box.commands() == []
    with connected(path) as one:
        one.sendall(GO)
        assert kinds(inner, 1) == ["go"]
    outer_s = path.lstat().st_ino
    box.close()
    assert path.lstat().st_ino == outer_s
    inner.close()
    assert not path.exists()
