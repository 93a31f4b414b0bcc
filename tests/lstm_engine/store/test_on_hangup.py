"""What a run remembers of hang-ups."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.store.on_hangup import ON_HANGUP, recalled_on_hangup, remember_on_hangup


def test_what_was_said_last_is_remembered(tmp_path: Path) -> None:
    assert recalled_on_hangup(tmp_path) == "continue"
    remember_on_hangup(tmp_path, "stop")
    assert recalled_on_hangup(tmp_path) == "stop"
    remember_on_hangup(tmp_path, "continue")
    assert recalled_on_hangup(tmp_path) == "continue"


def test_nothing_is_written_where_it_says_so_already(tmp_path: Path) -> None:
    remember_on_hangup(tmp_path, "continue")
    assert list(tmp_path.iterdir()) == []
    remember_on_hangup(tmp_path, "stop")
    before = (tmp_path / ON_HANGUP).stat()
    remember_on_hangup(tmp_path, "stop")
    assert (tmp_path / ON_HANGUP).stat().st_ino == before.st_ino


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"on_hangup":"explode"}', b'"stop"', b"[" * 100_000])
def test_what_is_no_wish_is_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / ON_HANGUP).write_bytes(data)
    assert recalled_on_hangup(tmp_path) == "continue"
    remember_on_hangup(tmp_path, "stop")
    assert recalled_on_hangup(tmp_path) == "stop"


def test_a_folder_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        remember_on_hangup(tmp_path / "none", "stop")
    assert not (tmp_path / "none").exists()
