"""The keeper is started, and needs nobody then."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.script import launch as launching
from lstm_engine.script.launch import begin_script, launch
from lstm_engine.store.script_record import ScriptRecord
from tests.support.kept_scripts import wait_until_over


def test_a_keeper_that_fails_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match=r"script\.json cannot be read"):
        launch(tmp_path)
    monkeypatch.setattr(launching, "_COMMAND", ("false",))
    with pytest.raises(UserError, match=r"ended before the script began: keeper\.log in the run says why"):
        launch(tmp_path)
    with pytest.raises(UserError, match="cannot be started in"):
        launch(tmp_path / "none")


def test_what_it_is_furnished_with_is_there_when_the_script_runs(tmp_path: Path) -> None:
    program = "import os; print(open(os.environ['LSTM_TUI_RUN'] + '/in').read())"
    record = ScriptRecord(created="", argv=(sys.executable, "-c", program), title="t", directory="/")

    def furnish(run: Path) -> None:
        (run / "in").write_text("furnished")

    run, launched = begin_script(tmp_path, record, "mine", furnish=furnish)
    wait_until_over(run)
    assert launched.script
    assert (run / "output.log").read_text() == "furnished\n"


def test_nothing_is_left_of_one_that_cannot_be(tmp_path: Path) -> None:
    def fails(_: Path) -> None:
        raise OSError(28, "No space left on device")

    record = ScriptRecord(created="", argv=(sys.executable,), title="t", directory="/")
    with pytest.raises(UserError, match=r"cannot hold a new run \(No space left on device\)"):
        begin_script(tmp_path, record, "mine", furnish=fails)
    missing = ScriptRecord(created="", argv=("/no/such/program",), title="t", directory="/")
    with pytest.raises(UserError):
        begin_script(tmp_path, missing, "mine")
    assert list(tmp_path.iterdir()) == []
