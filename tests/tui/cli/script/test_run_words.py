"""A model of prices is called that, and no script."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.script.script_run import INPUTS
from tui.cli.script.run_words import run_words


def test_a_script_s_run_and_a_model_of_prices(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "red-cave" / INPUTS).mkdir(parents=True)
    assert run_words(tmp_path / "mine") == "run mine is a script's"
    assert run_words(tmp_path / "red-cave") == "run red-cave is a model of prices"
