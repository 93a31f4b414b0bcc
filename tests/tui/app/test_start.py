"""What is said on the normal screen when the dashboard has gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from lstm_engine.run.config import RunConfig
from tests.support.script import checkpoint, done, ready, session_after
from tui.app.start import _say_farewell
from tui.options import DashboardOptions, EngineOptions
from tui.state.session import Session

OPTIONS = DashboardOptions(RunConfig(), 2000, EngineOptions(checkpoints=Path("/runs")))


def farewell(
    session: Session | None, capsys: pytest.CaptureFixture[str], *, gone: bool = True, is_there: bool = True
) -> list[str]:
    app = SimpleNamespace(session=session, failure="")
    assert _say_farewell(app, OPTIONS, gone=gone) == is_there  # type: ignore[arg-type]
    return capsys.readouterr().out.splitlines()


def on_disk(directory: Path) -> Session:
    """A run that stopped, in a directory with what it is said to have saved."""
    directory.mkdir(exist_ok=True)
    for name in ("run.json", checkpoint(2000)):
        (directory / name).touch()
    return replace(session_after(done()), stopped=True, directory=str(directory))


def test_a_run_is_named_with_the_command_that_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directory = tmp_path / "calm-lake"
    assert farewell(on_disk(directory), capsys) == [
        f"run calm-lake, 2000 epochs, is saved in {directory}",
        f"continue with: lstm-tui resume {directory}",
    ]


def test_what_is_not_saved_yet_is_not_called_saved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    session = on_disk(tmp_path / "calm-lake")
    first, _ = farewell(replace(session, stopped=False), capsys, gone=False)
    assert first == f"run calm-lake is still being saved in {tmp_path}/calm-lake"


@pytest.mark.parametrize("name", ["run.json", checkpoint(2000)])
def test_what_is_not_on_disk_is_not_called_saved(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = on_disk(tmp_path)
    (tmp_path / name).unlink()
    (line,) = farewell(session, capsys, is_there=False)
    assert line == f"the run's folder is gone: there is no {name} in {tmp_path}; nothing is saved there"


def test_what_the_engine_could_not_save_is_not_called_saved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = replace(on_disk(tmp_path), run=None, directory=None, lost="the run's folder is gone")
    assert farewell(session, capsys, is_there=False) == ["the run's folder is gone; nothing is saved there"]


def test_where_nothing_was_trained_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert farewell(None, capsys) == []
    assert farewell(session_after(ready()), capsys) == []
