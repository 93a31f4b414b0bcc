"""Who holds a run, as its directory tells."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import msgspec
import pytest

from lstm_engine.store import owner as owners
from lstm_engine.store.lock import RunLock
from lstm_engine.store.owner import OWNER, Owner, owner_of, set_address, this_process


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this process listens, until the test ends."""
    monkeypatch.setattr(owners, "_address", "")
    path = tmp_path / "1.sock"
    set_address(path)
    return path


def test_a_process_is_known_by_its_number_its_host_and_where_it_listens(address: Path) -> None:
    assert this_process() == Owner(os.getpid(), socket.gethostname(), str(address))


def test_who_takes_a_run_leaves_word_of_that(tmp_path: Path, address: Path) -> None:
    assert owner_of(tmp_path) is None
    lock = RunLock(tmp_path)
    lock.acquire()
    assert owner_of(tmp_path) == this_process()
    lock.release()
    assert owner_of(tmp_path) == this_process(), "who held it last is known yet"


def test_an_owner_file_of_an_older_version_names_no_socket(tmp_path: Path) -> None:
    (tmp_path / OWNER).write_bytes(b'{"pid":7,"host":"far"}')
    assert owner_of(tmp_path) == Owner(7, "far", "")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b'{"pid":"many","host":"far"}', b"[" * 100_000])
def test_an_owner_file_that_is_none_tells_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / OWNER).write_bytes(data)
    assert owner_of(tmp_path) is None


def test_what_it_says_comes_back(tmp_path: Path) -> None:
    (tmp_path / OWNER).write_bytes(msgspec.json.encode(Owner(7, "far", "/run/7.sock")))
    assert owner_of(tmp_path) == Owner(7, "far", "/run/7.sock")
