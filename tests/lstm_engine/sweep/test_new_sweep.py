"""The folder of a new sweep."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.sweep.new_sweep import new_sweep
from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.sweep.sweep_folder import read_settings

SETTINGS = SweepSettings(seeds=(1, 2))


def test_it_is_there_for_its_user_alone(tmp_path: Path) -> None:
    named, free = new_sweep(tmp_path / "runs", SETTINGS, "luck"), new_sweep(tmp_path / "runs", SETTINGS)
    assert named == tmp_path / "runs" / "luck"
    for folder in (named, free):
        assert read_settings(folder) == SETTINGS
        assert folder.stat().st_mode & 0o777 == 0o700
    with pytest.raises(UserError, match="luck is taken"):
        new_sweep(tmp_path / "runs", SETTINGS, "luck")
    with pytest.raises(UserError, match="is no name"):
        new_sweep(tmp_path, SETTINGS, "../luck")


def test_a_folder_that_cannot_hold_it(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("")
    with pytest.raises(UserError, match="cannot hold a new sweep"):
        new_sweep(tmp_path / "runs", SETTINGS)
