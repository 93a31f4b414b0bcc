"""From a checkpoint on: in the run's folder, or in another one. With the other parts that reach a script that runs."""

from __future__ import annotations

import importlib
import signal
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.listing.entries import entry_of
from lstm_engine.script.going_on import (
    CheckpointGoneError,
    branch_script,
    checkpoint_of,
    checkpoints_told,
    resume_script,
    set_epochs,
)
from lstm_engine.script.launch import Launched, launch
from lstm_engine.script.letterbox import put_in_letterbox
from lstm_engine.script.living import living_script, refuse_living
from lstm_engine.script.script_environment import GoOn
from lstm_engine.script.script_signal import signal_script
from lstm_engine.script.vocabulary.answers import Refused
from lstm_engine.script.vocabulary.commands import Go, StopFit
from lstm_engine.script.vocabulary.fit_events import FitOpened, FitStarted
from lstm_engine.store.script_record import read_script_record
from tests.support.kept_scripts import events_of, fake_training, kept, kill, progress_of, wait_for, wait_until_over

launching = importlib.import_module(launch.__module__)


def test_a_stopped_script_goes_on_and_branches_off(tmp_path: Path) -> None:
    with kept(tmp_path, fake_training("--epochs", "3", "--hold"), "mine") as (run, _):
        wait_for(lambda: progress_of(run).epoch == 1)
        put_in_letterbox(run, Go(id="g"))
        wait_for(lambda: any(isinstance(event, Refused) and event.id == "g" for event in events_of(run)))
        put_in_letterbox(run, StopFit(id="s"))
        wait_until_over(run)
    assert entry_of(run).state == "stopped"
    newest = checkpoint_of(run)
    assert (newest.step, newest.epoch, set_epochs(run, newest)) == (2, 0, None)
    (run / "go").touch()
    resume_script(run, newest, 5)
    wait_until_over(run)
    assert (progress_of(run).epoch, progress_of(run).set_epochs) == (5, 5)
    assert [event.epoch for event in events_of(run) if isinstance(event, FitStarted)] == [0, 1]
    assert [told.step for told in checkpoints_told(run)] == [10, 8, 6, 4, 2]
    early = checkpoint_of(run, Path(newest.path))
    branch, _ = branch_script(run, early, None, "other")
    wait_for(lambda: progress_of(branch).epoch == 2)
    put_in_letterbox(branch, StopFit())
    wait_until_over(branch)
    entry = entry_of(branch)
    assert entry.parent is not None
    assert (entry.parent.run, entry.parent.epoch, entry.epoch) == ("mine", 1, 2)
    start = branch / "checkpoints" / f"start-{Path(early.path).name}"
    assert read_script_record(branch).resumed_from == str(start)
    assert (start.read_text(), start.stat().st_mode & 0o777) == ("1", 0o600)
    assert [event.resumed_from for event in events_of(branch) if isinstance(event, FitOpened)] == [str(start)]
    renamed = run.rename(tmp_path / "renamed")
    assert checkpoint_of(renamed).path == str(renamed / "checkpoints" / "step=10.ckpt")


def test_a_branch_begins_with_a_checkpoint_that_is_removed_once_it_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept(tmp_path, fake_training("--epochs", "2"), "mine") as (run, _):
        wait_until_over(run)
    newest = checkpoint_of(run)

    def removed_then_launched(branch: Path, go_on: GoOn | None = None) -> Launched:
        Path(newest.path).unlink()
        return launch(branch, go_on)

    monkeypatch.setattr(launching, "launch", removed_then_launched)
    branch, _ = branch_script(run, newest, 3, "other")
    wait_until_over(branch)
    assert (entry_of(branch).state, progress_of(branch).epoch) == ("finished", 3)


def test_a_checkpoint_that_is_gone_is_said_and_what_there_is(tmp_path: Path) -> None:
    with kept(tmp_path, fake_training("--epochs", "3"), "mine") as (run, _):
        wait_until_over(run)
    newest, *older = checkpoints_told(run)
    Path(newest.path).unlink()
    expected = (
        r"^checkpoint step=6\.ckpt of run mine is gone: expected one of .* step=4\.ckpt at step 4, step=2\.ckpt at"
    )
    for refused in (lambda: checkpoint_of(run, Path(newest.path)), lambda: branch_script(run, newest)):
        with pytest.raises(CheckpointGoneError, match=expected):
            refused()
    Path(older[0].path).unlink()
    with pytest.raises(CheckpointGoneError, match=r"is gone: expected step=2\.ckpt at step 2$"):
        branch_script(run, newest)
    Path(older[1].path).unlink()
    with pytest.raises(CheckpointGoneError, match=r"is gone: none is left$"):
        branch_script(run, newest)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_there_may_be_nothing_to_go_on_from(tmp_path: Path) -> None:
    with kept(tmp_path, fake_training("--epochs", "0")) as (run, _):
        wait_until_over(run)
    with pytest.raises(UserError, match="has no checkpoint to go on from"):
        checkpoint_of(run)
    with pytest.raises(UserError, match=r"x\.ckpt is no checkpoint that run .* has told of"):
        checkpoint_of(run, Path("x.ckpt"))
    with pytest.raises(UserError, match="has no script that runs"):
        put_in_letterbox(run, Go())
    assert not signal_script(run, signal.SIGTERM)


def test_a_script_without_its_keeper_is_still_reached_and_left_alone(tmp_path: Path) -> None:
    with kept(tmp_path, fake_training("--hold")) as (run, launched):
        wait_for(lambda: progress_of(run).epoch == 1)
        kill(launched.keeper)
        wait_for(lambda: entry_of(run).pid == launched.script)
        living = living_script(run)
        assert living is not None
        assert living.pid == launched.script
        for refused in (refuse_living, lambda run: resume_script(run, checkpoint_of(run))):
            with pytest.raises(UserError, match=f"in use by its script, process {launched.script}"):
                refused(run)
        put_in_letterbox(run, StopFit(id="s"))
        wait_for(lambda: entry_of(run).state == "stopped")
        refuse_living(run)


def test_a_signal_reaches_the_script_by_its_keeper_or_without(tmp_path: Path) -> None:
    for with_keeper in (True, False):
        with kept(tmp_path, fake_training("--hold", "--deaf")) as (run, launched):
            wait_for(lambda run=run: progress_of(run).epoch == 1)
            with pytest.raises(UserError, match=r"no Trainer of run .* takes commands by now"):
                put_in_letterbox(run, Go())
            if not with_keeper:
                kill(launched.keeper)
                wait_for(lambda run=run, launched=launched: entry_of(run).pid == launched.script)
            assert signal_script(run, signal.SIGINT)
            wait_for(lambda run=run: entry_of(run).state == "stopped")
