"""How runs are saved: the folder leads to the same place, wherever the engine is later."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.service.saving_options import SavingOptions


def test_the_folder_is_the_same_from_any_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    options = SavingOptions(Path("runs"))
    monkeypatch.chdir("/")
    assert options.checkpoints == tmp_path / "runs"
    assert options == SavingOptions(tmp_path / "runs")
