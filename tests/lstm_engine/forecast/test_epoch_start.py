"""From where an epoch is computed again: nothing is taken that the run's parameters did not come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast.epoch_start import EpochStart, epoch_start
from lstm_engine.script.keeping.event_writer import EventWriter
from lstm_engine.script.script_run import CHECKPOINTS
from lstm_engine.script.vocabulary.answers import LrScaled
from lstm_engine.script.vocabulary.events import EVENTS, Event
from lstm_engine.script.vocabulary.fit_events import EpochEnded, FitOpened, FitStarted
from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from lstm_engine.store.script_record import ScriptRecord, write_script_record

#: Steps of an epoch.
BATCHES = 4


def told_by(root: Path, *events: Event, parent: tuple[str, int] | None = None) -> Path:
    """A run's folder that has told these. parent: the checkpoint that it branched off with, and its epoch."""
    run = root / "calm-lake"
    (run / CHECKPOINTS).mkdir(parents=True, exist_ok=True)
    path, epoch = parent or (None, 0)
    record = ScriptRecord(
        created="2026-01-02T12:00:00+00:00",
        argv=("python",),
        title="prices.csv",
        directory="/",
        resumed_from=path,
        parent="still-sea" if parent else None,
        parent_epoch=epoch,
    )
    write_script_record(run, record)
    tell(run, *events)
    return run


def tell(run: Path, *events: Event) -> None:
    writer = EventWriter(run)
    for event in events:
        writer.tell(event)
    writer.close()


def begun(step: int = 0, resumed_from: str | None = None, *, exact: bool | None = None) -> list[Event]:
    opened = FitOpened(
        fit=0,
        stage="fit",
        trainer="lightning",
        version="2",
        torch="2",
        model="Forecaster",
        pid=1,
        resumed_from=resumed_from,
    )
    return [opened, FitStarted(epoch=step // BATCHES, step=step, batches=BATCHES, exact=exact)]


def ended(*epochs: int) -> list[Event]:
    return [EpochEnded(epoch=each - 1, step=each * BATCHES, metrics={"val_loss": 1 / each}) for each in epochs]


def saved(root: Path, step: int, *, exact: bool = True, is_there: bool = True) -> CheckpointWritten:
    path = root / "calm-lake" / CHECKPOINTS / f"step={step}.ckpt"
    if is_there:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    epoch, batch = divmod(step, BATCHES)
    place = {"epoch": epoch, "batch": batch} if batch else {"epoch": epoch - 1}
    return CheckpointWritten(path=str(path), step=step, by="lstm-tui", exact=exact, **place)


def steps_of(run: Path, *epochs: int) -> list[str]:
    """The name of the checkpoint that each begins at; empty for nothing."""
    return ["" if (path := epoch_start(run, each).checkpoint) is None else path.stem for each in epochs]


def test_it_is_the_newest_that_is_there_before_the_epoch_s_end(tmp_path: Path) -> None:
    events = [*begun(), *ended(1, 2), saved(tmp_path, 8), saved(tmp_path, 10), *ended(3)]
    events += [
        saved(tmp_path, 13, exact=False),
        saved(tmp_path, 14, is_there=False),
        *ended(4, 5),
        saved(tmp_path, 20),
    ]
    run = told_by(tmp_path, *events)
    # Inside the third epoch lies one that is behind the end of the second.
    assert steps_of(run, 0, 1, 2, 3, 4, 5) == ["", "", "step=8", "step=10", "step=10", "step=20"]
    assert epoch_start(run, 4) == EpochStart(run / CHECKPOINTS / "step=10.ckpt", 2, False, 1 / 4)
    assert epoch_start(run, 1) == EpochStart(None, 0, True, 1.0)
    with pytest.raises(UserError, match=r"^epoch 6 cannot be computed again: run calm-lake has not told of its end$"):
        epoch_start(run, 6)


def test_what_a_training_left_behind_that_went_back_is_none_of_its_past(tmp_path: Path) -> None:
    early, left = saved(tmp_path, 8), saved(tmp_path, 12)
    # One that is written at an epoch's end is told of before that end is.
    events = [*begun(), *ended(1), early, *ended(2, 3), left, LrScaled(step=14, factor=2.0), *ended(4)]
    events += [*begun(8, early.path, exact=True), *ended(3, 4)]
    run = told_by(tmp_path, *events)
    assert steps_of(run, 2, 3, 4) == ["step=8"] * 3
    Path(early.path).unlink()
    assert steps_of(run, 2, 4) == ["", ""]


def test_a_run_that_was_renamed_is_the_same(tmp_path: Path) -> None:
    early = saved(tmp_path, 8)
    run = told_by(tmp_path, *begun(), *ended(1, 2), early)
    run = run.rename(tmp_path / "renamed")
    moved = run / CHECKPOINTS / "step=8.ckpt"
    tell(run, *begun(8, str(moved), exact=True), *ended(3))
    assert epoch_start(run, 3).checkpoint == moved
    assert epoch_start(run, 1).checkpoint is None


def test_a_learning_rate_that_was_changed_in_between_is_in_the_way(tmp_path: Path) -> None:
    events = [*begun(), *ended(1), LrScaled(step=6, factor=0.5), *ended(2), saved(tmp_path, 9), *ended(3)]
    run = told_by(tmp_path, *events, LrScaled(step=12, factor=0.5), *ended(4))
    assert steps_of(run, 1, 3) == ["", "step=9"]
    with pytest.raises(UserError, match="changed by hand at step 6, and no checkpoint lies between"):
        epoch_start(run, 2)
    with pytest.raises(UserError, match="changed by hand at step 12"):
        epoch_start(run, 4)


def test_going_on_that_was_not_exact_is_in_the_way(tmp_path: Path) -> None:
    early = saved(tmp_path, 8, exact=False)
    run = told_by(tmp_path, *begun(), *ended(1, 2), early, *begun(8, early.path, exact=False), *ended(3))
    assert steps_of(run, 2) == [""]
    with pytest.raises(UserError, match="went on at step 8 from a checkpoint that is not exact"):
        epoch_start(run, 3)


def test_a_branch_begins_where_it_branched_off_and_nowhere_before(tmp_path: Path) -> None:
    path = tmp_path / "still-sea" / CHECKPOINTS / "newest-epoch=5.ckpt"
    path.parent.mkdir(parents=True)
    path.touch()
    run = told_by(tmp_path, *begun(20, str(path), exact=True), *ended(6, 7), parent=(str(path), 5))
    assert epoch_start(run, 7) == EpochStart(path, 5, True, 1 / 7)
    assert epoch_start(run, 5) == EpochStart(path, 5, True)
    for epoch in (0, 4):
        with pytest.raises(UserError, match=r"branched off from still-sea at epoch 5, and has no checkpoint before$"):
            epoch_start(run, epoch)
    path.unlink()
    with pytest.raises(UserError, match="has no checkpoint before"):
        epoch_start(run, 7)


def test_a_branch_from_inside_an_epoch_knows_no_end_of_it(tmp_path: Path) -> None:
    path = tmp_path / "step=22.ckpt"
    path.touch()
    run = told_by(tmp_path, *begun(22, str(path), exact=True), *ended(6), parent=(str(path), 5))
    assert epoch_start(run, 6).is_between is False
    with pytest.raises(UserError, match="has no checkpoint before"):
        epoch_start(run, 5)


def test_events_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    run = told_by(tmp_path)
    (run / EVENTS).unlink()
    (run / EVENTS).symlink_to(run)
    with pytest.raises(UserError, match="expected what the script has told"):
        epoch_start(run, 1)
