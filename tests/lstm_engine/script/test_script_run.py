"""The folder of a script's run."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.script.script_run import CHECKPOINTS, new_script_run
from lstm_engine.store.directory import find_run
from lstm_engine.store.script_record import read_script_record
from tests.support.kept_scripts import record_of


def test_it_is_its_user_s_alone_and_is_found(tmp_path: Path) -> None:
    record = record_of("python", "train.py")
    with new_script_run(tmp_path / "runs", record, "mine") as run:
        pass
    assert find_run(tmp_path / "runs", "mine") == run
    assert read_script_record(run) == record
    assert {stat.S_IMODE(path.stat().st_mode) for path in (run, run / CHECKPOINTS)} == {0o700}
    with new_script_run(tmp_path / "runs", record) as another:
        assert another.name != "mine"
    for name, told in (("mine", "mine is taken"), ("../x", "is no name for a run")):
        with pytest.raises(UserError, match=told), new_script_run(tmp_path / "runs", record, name):
            pass


def test_what_could_not_be_begun_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), new_script_run(tmp_path, record_of("python"), "mine"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
