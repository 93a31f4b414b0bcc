"""A run of a model of prices, by real processes, from its beginning to its verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast.beginning import begin
from lstm_engine.forecast.outlook import read_outlook
from lstm_engine.listing.entries import entry_of
from lstm_engine.script.going_on import branch_script, checkpoint_of, checkpoints_told
from lstm_engine.script.script_run import INPUTS
from lstm_engine.weight_history.history import read_history
from tests.support.kept_scripts import wait_until_over
from tests.support.price_runs import small_inputs


def test_it_trains_and_branches_off_with_its_prices(tmp_path: Path) -> None:
    run, _ = begin(tmp_path, small_inputs(epochs=2, horizon=3), "mine", tensorboard=False)
    wait_until_over(run)
    entry = entry_of(run)
    assert (entry.run, entry.state, entry.epoch, entry.title) == ("mine", "finished", 2, "walks.csv")
    found = read_outlook(run)
    assert found.predictions.held_out.shape == (12, 2)
    assert len(found.dates_ahead) == 3
    assert {(path.stat().st_mode & 0o777) for path in (run, run / INPUTS)} == {0o700}
    newest = checkpoint_of(run)
    assert (newest.epoch, newest.exact) == (1, True)
    assert len(checkpoints_told(run)) == 2
    branch, _ = branch_script(run, newest, 3)
    wait_until_over(branch)
    assert entry_of(branch).epoch == 3
    history = read_history(branch)
    assert history is not None
    assert history.epochs.tolist() == [1, 2, 3]
    assert read_outlook(branch).inputs.settings == found.inputs.settings


def test_a_name_that_is_taken_is_said(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").touch()
    with pytest.raises(UserError, match="mine"):
        begin(tmp_path, small_inputs(), "mine", tensorboard=False)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["file"]
