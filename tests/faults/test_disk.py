"""Disks that fill up, turn read-only or go away in mid-run: real small file systems, mounted for the test."""

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.listing.changes import delete, rename
from lstm_engine.listing.entries import entry_of
from lstm_engine.protocol.messages import (
    EngineReady,
    Epochs,
    NewRun,
    OpenRun,
    Paused,
    Quit,
    Refused,
    RunFinished,
    RunOpened,
    Save,
    Stopped,
    Train,
    TrainingStarted,
)
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.store.directory import read_history
from tests.support.disks import fill, mount
from tests.support.folder_contents import contents
from tests.support.in_process import only, streamed, train
from tests.support.processes import EngineUnderTest
from tests.support.soak import first

CONFIG = RunConfig()
COLUMNS = Columns.of(CONFIG)
#: More epochs than any machine trains before what happens to its disk.
FAR = 1_000_000
#: Seconds that a file system may be too busy to be switched to read-only; only a defect takes that long.
PATIENCE = 60.0


def switch_to_read_only(mounted: Path) -> None:
    """Mount it again, read-only; again and again while a file on it is being written to, which refuses it."""
    end = time.monotonic() + PATIENCE
    while True:
        command = ["mount", "-o", "remount,bind,ro", str(mounted)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not done.returncode:
            return
        assert "busy" in done.stderr, done.stderr
        assert time.monotonic() < end, done.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for a run that a busy machine lets train on for minutes, and little more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk))
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def begun(engine: EngineUnderTest) -> None:
    engine.must_hear(EngineReady)
    engine.send(NewRun(config=CONFIG))
    engine.send(Train(epochs=FAR))
    engine.must_hear(lambda event: isinstance(event, Epochs) and event.first_epoch > 300)


def stopped_after(engine: EngineUnderTest, epoch: int) -> Stopped:
    """Lets it train some more epochs, and quit."""
    engine.must_hear(lambda event: isinstance(event, Epochs) and event.first_epoch > epoch + 100)
    engine.send(Quit())
    stopped: Stopped = engine.must_hear(Stopped)
    assert engine.process.wait() == 0
    return stopped


def check_nothing_is_lost(run: Path, epoch: int, straight_root: Path) -> None:
    """Its history goes to that epoch, in the bits of a run that nothing happened to."""
    straight = streamed(train(straight_root, CONFIG, epoch), CONFIG)
    assert read_history(run, COLUMNS).rows.tobytes() == straight.rows.tobytes()


def test_a_full_disk_pauses_training_and_room_lets_it_go_on(small_disk: Path, tmp_path: Path) -> None:
    with EngineUnderTest(small_disk, "--save-every", "0.1") as engine:
        begun(engine)
        filler = fill(small_disk)
        paused = engine.must_hear(Paused)
        assert "could not write" in paused.cause
        (run,) = (path for path in small_disk.iterdir() if path.is_dir())
        saved = read_history(run, COLUMNS)
        assert 0 < entry_of(run).epoch <= saved.last_epoch <= paused.epoch
        filler.unlink()
        assert engine.must_hear(TrainingStarted).epoch == paused.epoch
        stopped = stopped_after(engine, paused.epoch)
    check_nothing_is_lost(run, stopped.epoch, tmp_path / "straight")


def test_the_command_for_the_end_is_run_on_a_full_disk_once_and_once_at_the_end(
    small_disk: Path, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    command = f"--on-end=sh -c 'echo words of its own && cat >> {told}'"
    with EngineUnderTest(small_disk, "--save-every", "0.1", command) as engine:
        begun(engine)
        filler = fill(small_disk)
        paused = engine.must_hear(Paused)
        engine.send(Train())  # which cannot save either
        assert engine.must_hear(Paused).cause == paused.cause
        filler.unlink()
        engine.must_hear(TrainingStarted)
        engine.send(Train(epochs=5))
        finished = engine.must_hear(RunFinished)
        engine.send(Quit())
        assert engine.process.wait() == 0
    first, last = map(json.loads, told.read_text().splitlines())
    assert (first["state"], first["epoch"], first["cause"]) == ("paused", paused.epoch, paused.cause)
    assert (last["state"], last["epoch"], last["loss"]) == ("finished", finished.epoch, finished.train_loss)
    assert first["run"] == last["run"] == finished.run


def test_quitting_on_a_full_disk_keeps_what_was_saved(small_disk: Path, tmp_path: Path) -> None:
    with EngineUnderTest(small_disk, "--save-every", "0.1") as engine:
        begun(engine)
        filler = fill(small_disk)
        engine.must_hear(Paused)
        engine.send(Quit())
        stopped = engine.must_hear(Stopped)
        assert engine.process.wait() == 0
    filler.unlink()
    run = small_disk / stopped.run
    assert 0 < stopped.epoch == entry_of(run).epoch
    with EngineUnderTest(small_disk) as engine:
        engine.must_hear(EngineReady)
        engine.send(OpenRun(source=stopped.run))
        engine.send(Train())
        assert engine.must_hear(TrainingStarted).epoch == stopped.epoch
        stopped = stopped_after(engine, stopped.epoch)
    check_nothing_is_lost(run, stopped.epoch, tmp_path / "straight")


def test_a_disk_that_turns_read_only_pauses_training_until_it_can_be_written(small_disk: Path, tmp_path: Path) -> None:
    with EngineUnderTest(small_disk, "--save-every", "0.1") as engine:
        begun(engine)
        # A bind of the run's folder can be switched to read-only while files in it are open.
        (run,) = small_disk.iterdir()
        mount("--bind", str(run), str(run))
        switch_to_read_only(run)
        paused = engine.must_hear(Paused)
        assert "could not write" in paused.cause
        subprocess.run(["umount", "-l", str(run)], check=True)
        assert engine.must_hear(TrainingStarted).epoch == paused.epoch
        stopped = stopped_after(engine, paused.epoch)
    check_nothing_is_lost(run, stopped.epoch, tmp_path / "straight")


def test_a_folder_deleted_in_mid_run_pauses_training_with_the_cause(tmp_path: Path) -> None:
    with EngineUnderTest(tmp_path / "checkpoints", "--save-every", "0.1") as engine:
        begun(engine)
        (run,) = (tmp_path / "checkpoints").iterdir()
        shutil.move(run, tmp_path / "elsewhere")
        paused = engine.must_hear(Paused)
        assert paused.folder_gone
        assert paused.cause == f"the run's folder is gone: {run} was deleted, renamed or replaced"
        shutil.move(tmp_path / "elsewhere", run)
        assert engine.must_hear(TrainingStarted).epoch == paused.epoch
        stopped = stopped_after(engine, paused.epoch)
    check_nothing_is_lost(run, stopped.epoch, tmp_path / "straight")


def delete_all(run: Path) -> None:
    """At once, while files are being written in it."""
    shutil.rmtree(run.rename(run.parents[1] / "elsewhere"))


def move_away(run: Path) -> None:
    run.rename(run.with_name("renamed"))


def replace_by_another(run: Path) -> None:
    run.rename(run.parents[1] / "elsewhere")
    train(run.parent, CONFIG, 5)
    (other,) = run.parent.iterdir()
    other.rename(run)


def replace_by_a_file(run: Path) -> None:
    delete_all(run)
    run.write_text("no folder")


def delete_the_history(run: Path) -> None:
    (run / "history.sqlite").unlink()


LOSSES = (delete_all, replace_by_another, move_away, replace_by_a_file, delete_the_history)


@pytest.mark.parametrize("lose", first(2, LOSSES))
def test_of_a_folder_that_is_gone_nothing_is_claimed_and_a_save_makes_a_new_run(
    tmp_path: Path, lose: Callable[[Path], None]
) -> None:
    root = tmp_path / "checkpoints"
    with EngineUnderTest(root, "--save-every", "0.1") as engine:
        begun(engine)
        (run,) = root.iterdir()
        lose(run)
        paused = engine.must_hear(Paused)
        assert paused.folder_gone
        left = contents(run)
        engine.send(Save())
        anew = engine.must_hear(RunOpened)
        assert (anew.epoch, anew.target, anew.parent) == (paused.epoch, FAR, None)
        engine.send(Train())
        stopped = stopped_after(engine, paused.epoch)
        assert stopped.directory == anew.directory
        assert contents(run) == left, "nothing is written into a stranger's folder"
    check_nothing_is_lost(Path(stopped.directory), stopped.epoch, tmp_path / "straight")


def test_an_engine_whose_run_is_gone_says_so_at_its_end(tmp_path: Path) -> None:
    with EngineUnderTest(tmp_path) as engine:
        engine.must_hear(EngineReady)
        engine.send(NewRun(config=CONFIG))
        engine.send(Train(epochs=5))
        engine.must_hear(RunFinished)
        (run,) = tmp_path.iterdir()
        shutil.rmtree(run)
        engine.send(Train(epochs=5))
        assert "the run's folder is gone" in engine.must_hear(Refused).reason
        engine.send(Quit())
        stopped = engine.must_hear(Stopped)
    assert (stopped.run, stopped.directory, stopped.epoch, stopped.checkpoint) == (None, None, 0, None)
    assert stopped.problem == f"the run's folder is gone: {run} was deleted, renamed or replaced"


def test_a_folder_that_cannot_be_created_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with EngineUnderTest(tmp_path / "file" / "checkpoints") as engine:
        engine.must_hear(EngineReady)
        engine.send(NewRun(config=CONFIG))
        engine.send(Train(epochs=10))
        assert "Not a directory" in engine.must_hear(Refused).reason
        engine.send(Quit())
        assert engine.must_hear(Stopped).run is None
    assert not only(engine.heard, TrainingStarted)


def test_a_run_is_deleted_from_a_full_disk_for_that_makes_room(small_disk: Path) -> None:
    train(small_disk, CONFIG, 20)
    (run,) = small_disk.iterdir()
    fill(small_disk)
    delete(small_disk, run.name)
    assert not run.exists()


@pytest.mark.parametrize("change", [lambda root, run: delete(root, run), lambda root, run: rename(root, run, "other")])
def test_what_cannot_be_changed_on_a_read_only_disk_is_told(
    small_disk: Path, change: Callable[[Path, str], object]
) -> None:
    train(small_disk, CONFIG, 20)
    (run,) = small_disk.iterdir()
    mount("-o", "remount,ro", str(small_disk))
    with pytest.raises(UserError, match="Read-only file system"):
        change(small_disk, run.name)
    assert read_history(run, COLUMNS).last_epoch == 20
