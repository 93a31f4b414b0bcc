"""What is held stays as it was, whatever becomes of the file that it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lstm_engine.store.hold_file import hold_file


@pytest.mark.parametrize("may_share", [True, False])
def test_it_stays_when_the_file_is_removed(tmp_path: Path, may_share: bool) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_text("mine")
    source.chmod(0o644)
    hold_file(source, target, may_share=may_share)
    assert (target.stat().st_ino == source.stat().st_ino) is may_share
    assert (source.stat().st_mode & 0o777 == 0o644) is not may_share
    source.unlink()
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("mine", 0o600)
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_file_that_is_written_in_place_is_copied(tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_text("mine")
    hold_file(source, tmp_path / "b", may_share=False)
    source.write_text("another")
    assert (tmp_path / "b").read_text() == "mine"


def test_of_a_link_the_file_is_held(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    (tmp_path / "last").symlink_to("a")
    hold_file(tmp_path / "last", tmp_path / "b", may_share=True)
    (tmp_path / "a").unlink()
    assert (tmp_path / "b").read_text() == "mine"


def test_where_a_file_has_one_name_only_it_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    (tmp_path / "a").write_text("mine")
    hold_file(tmp_path / "a", tmp_path / "b", may_share=True)
    assert (tmp_path / "b").read_text() == "mine"


def test_a_checkpoint_may_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "shard").write_text("mine")
    hold_file(tmp_path / "a", tmp_path / "b", may_share=True)
    assert (tmp_path / "b" / "shard").read_text() == "mine"
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("may_share", [True, False])
def test_what_is_gone_leaves_nothing(tmp_path: Path, may_share: bool) -> None:
    with pytest.raises(FileNotFoundError):
        hold_file(tmp_path / "a", tmp_path / "b", may_share=may_share)
    assert list(tmp_path.iterdir()) == []
