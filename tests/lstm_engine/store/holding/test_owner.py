"""The word that a process leaves in the runs that it takes."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from lstm_engine.store.holding.lock import RunLock
from lstm_engine.store.holding.owner import OWNER, Owner, owner_of, set_address, this_process


@pytest.fixture
def address() -> Iterator[str]:
    set_address("/run/user/0/lstm-tui/1.sock")
    yield "/run/user/0/lstm-tui/1.sock"
    set_address("")


def test_who_takes_a_run_leaves_word_how_to_reach_it(tmp_path: Path, address: str) -> None:
    lock = RunLock(tmp_path)
    lock.acquire()
    found = owner_of(tmp_path)
    assert found == this_process() == Owner(os.getpid(), socket.gethostname(), address)
    assert found.is_here
    assert str(found) == f"process {os.getpid()} on {socket.gethostname()}"
    lock.release()


def test_who_listens_nowhere_writes_no_address(tmp_path: Path) -> None:
    RunLock(tmp_path).acquire()
    assert set(json.loads((tmp_path / OWNER).read_text())) == {"pid", "host"}


def test_an_owner_of_another_host_is_not_here(tmp_path: Path) -> None:
    (tmp_path / OWNER).write_text('{"pid": 7, "host": "node-17.cluster"}')
    found = owner_of(tmp_path)
    assert found is not None
    assert not found.is_here


@pytest.mark.parametrize(
    "word",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"pid": "many", "host": "a"}',
        b'{"pid": 0, "host": "a"}',
        b'{"pid": 1, "host": ""}',
        b'{"pid": 1, "host": "-oProxyCommand=evil"}',
        b'{"pid": 1, "host": "a; rm -r b"}',
        b'{"pid": 1, "host": "\\u001b[31m"}',
        b'{"pid": 1, "host": "a", "socket": "\\u001b[31m"}',
        b'{"pid": 1, "host": "' + b"a" * 300 + b'"}',
        b'{"pid": 1, "host": "a"}' + b" " * 100_000,
    ],
)
def test_a_word_that_no_process_of_ours_leaves_is_none(tmp_path: Path, word: bytes) -> None:
    (tmp_path / OWNER).write_bytes(word)
    assert owner_of(tmp_path) is None


def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / OWNER)
    assert owner_of(tmp_path) is None
