"""What is said on the normal screen when the dashboard has gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from lstm_engine.run.config import RunConfig
from tests.support.script import done, ready, session_after
from tui.app.start import _say_farewell
from tui.options import DashboardOptions, EngineOptions
from tui.state.session import Session

OPTIONS = DashboardOptions(RunConfig(), 2000, EngineOptions(checkpoints=Path("/runs")))


def farewell(session: Session | None, capsys: pytest.CaptureFixture[str], *, gone: bool = True) -> list[str]:
    _say_farewell(SimpleNamespace(session=session, failure=""), OPTIONS, gone=gone)  # type: ignore[arg-type]
    return capsys.readouterr().out.splitlines()


def test_a_run_is_named_with_the_command_that_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    session = replace(session_after(done()), stopped=True)
    assert farewell(session, capsys) == [
        "run calm-lake, 2000 epochs, is saved in /runs/calm-lake",
        "continue with: lstm-tui resume calm-lake --checkpoints /runs",
    ]


def test_what_is_not_saved_yet_is_not_called_saved(capsys: pytest.CaptureFixture[str]) -> None:
    first, _ = farewell(session_after(done()), capsys, gone=False)
    assert first == "run calm-lake is still being saved in /runs/calm-lake"


def test_where_nothing_was_trained_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert farewell(None, capsys) == []
    assert farewell(session_after(ready()), capsys) == []
