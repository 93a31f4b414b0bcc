"""The keeper is started, and needs nobody then."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.script import launch as launching
from lstm_engine.script.launch import launch


def test_a_keeper_that_fails_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match=r"script\.json cannot be read"):
        launch(tmp_path)
    monkeypatch.setattr(launching, "_COMMAND", ("false",))
    with pytest.raises(UserError, match=r"ended before the script began: keeper\.log in the run says why"):
        launch(tmp_path)
    with pytest.raises(UserError, match="cannot be started in"):
        launch(tmp_path / "none")
