"""The commit of a script's repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from lstm_engine.script import repository
from lstm_engine.script.repository import repository_commit


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=me", "-c", "user.email=me@example.org")
    done = subprocess.run(["git", "-C", str(folder), *who, *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_commit_and_whether_files_differ(tmp_path: Path) -> None:
    assert repository_commit(tmp_path) == ""
    git(tmp_path, "init", "-q")
    assert repository_commit(tmp_path) == ""
    (tmp_path / "train.py").write_text("pass")
    git(tmp_path, "add", "train.py")
    git(tmp_path, "commit", "-qm", "one")
    git(tmp_path, "tag", "-am", "release", "v1")
    head = git(tmp_path, "rev-parse", "HEAD")
    (tmp_path / "below").mkdir()
    assert repository_commit(tmp_path / "below") == head
    (tmp_path / "train.py").write_text("1")
    assert repository_commit(tmp_path) == f"{head}-dirty"


def test_a_git_that_hangs_or_is_not_there_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "git"
    slow.write_text("#!/bin/sh\nexec sleep 600\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(repository, "_LIMIT", 0.1)
    assert repository_commit(tmp_path) == ""
    monkeypatch.setenv("PATH", "/nowhere")
    assert repository_commit(tmp_path) == ""
