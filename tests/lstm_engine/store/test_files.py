"""Files that are complete or absent: what reaches the disk, in which order, and what is left after a failure."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from lstm_engine.store.files import bytes_at, remove_leftovers, write_durably
from tests.support.disk_calls import DiskCalls


def test_the_bytes_reach_the_disk_before_the_name_and_the_name_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ckpt"
    calls = DiskCalls(monkeypatch)
    write_durably(path, b"new" * 10_000)
    assert [what for what, _ in calls.made] == ["sync", "replace", "sync directory"]
    calls.check_durable(path)
    assert path.read_bytes() == b"new" * 10_000
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.ckpt"]


@pytest.mark.parametrize("fails", ["sync", "replace"])
@pytest.mark.parametrize("there", [b"old", None], ids=["over another", "for the first time"])
def test_a_write_that_fails_leaves_what_was_there_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str, there: bytes | None
) -> None:
    path = tmp_path / "a.ckpt"
    if there is not None:
        path.write_bytes(there)

    def full(what: str, _: Path) -> None:
        if what == fails:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    DiskCalls(monkeypatch, full)
    with pytest.raises(OSError, match="No space left"):
        write_durably(path, b"new")
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == (
        {} if there is None else {"a.ckpt": there}
    )


def test_a_write_that_is_interrupted_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(what: str, _: Path) -> None:
        if what == "sync":
            raise KeyboardInterrupt

    DiskCalls(monkeypatch, interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_durably(tmp_path / "a.ckpt", b"new")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_write_left_behind_is_removed_and_nothing_else(tmp_path: Path) -> None:
    kept = ["epoch=9-step=20.ckpt", ".hidden", "notes.part"]
    for name in (*kept, ".epoch=9-step=20.ckpt.0a1b2c3d.part", ".run.json.ffffffff.part"):
        (tmp_path / name).write_bytes(b"")
    remove_leftovers(tmp_path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(kept)


def test_a_part_is_named_so_that_it_is_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(what: str, _: Path) -> None:
        if what == "replace":
            found.extend(tmp_path.glob(".*.part"))

    found: list[Path] = []
    DiskCalls(monkeypatch, killed)
    write_durably(tmp_path / "a.ckpt", b"new")
    assert len(found) == 1


def test_only_regular_files_of_a_reasonable_size_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket")
        assert bytes_at(tmp_path / "file") == bytes_at(str(tmp_path / "file"), largest=5) == b"12345"
        for name in ("pipe", "socket"):
            with pytest.raises(OSError, match="Not a regular file"):
                bytes_at(tmp_path / name)
        with pytest.raises(IsADirectoryError):
            bytes_at(tmp_path)
        with pytest.raises(OSError, match="File too large"):
            bytes_at(tmp_path / "file", largest=4)
        with pytest.raises(FileNotFoundError):
            bytes_at(tmp_path / "none")
