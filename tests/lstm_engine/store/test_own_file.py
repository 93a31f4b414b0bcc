"""A file of a run, told from what was put in its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.store.own_file import append_opener, check_own


def test_a_file_of_one_name_is_the_run_s_own(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("")
    assert check_own(tmp_path / "lock", "a lock")
    assert not check_own(tmp_path / "none", "a lock")
    assert not check_own(tmp_path / "lock" / "none", "a lock")


@pytest.mark.parametrize("kind", ["link", "hard link", "pipe", "directory", "link to nothing"])
def test_what_leads_elsewhere_is_not(tmp_path: Path, kind: str) -> None:
    victim, path = tmp_path / "victim", tmp_path / "file"
    victim.write_text("mine")
    match kind:
        case "link":
            path.symlink_to(victim)
        case "hard link":
            path.hardlink_to(victim)
        case "pipe":
            os.mkfifo(path)
        case "directory":
            path.mkdir()
        case _:
            path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UserError, match=r"file is .*: expected a log$"):
        check_own(path, "a log")
    with pytest.raises(OSError):  # noqa: PT011 - which one is the kernel's to say
        open(path, "a", opener=append_opener).close()
    assert victim.read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_what_is_appended_is_there(tmp_path: Path) -> None:
    for line in ("one", "two"):
        with open(tmp_path / "log", "a", opener=append_opener) as file:
            file.write(f"{line}\n")
    assert (tmp_path / "log").read_text() == "one\ntwo\n"
