"""Event files beside a run: whole, whatever stops and starts; and where they cannot be, one sentence and no harm."""

from __future__ import annotations

import stat
import subprocess
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from lstm_engine.formats.event_file.new_event_file import FOLDER
from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import Epochs, NewRun, Notice, Quit, RunFinished, RunOpened, Train, TrainingStarted
from lstm_engine.run.config import RunConfig
from lstm_engine.service.hooks.tensorboard_files import TensorboardFiles
from lstm_engine.store.directory import read_history
from tests.support.disks import fill, mount
from tests.support.event_files import scalars_in
from tests.support.processes import EngineUnderTest
from tests.support.run_folders import make_run
from tests.support.script import epochs, history, opened, paused, resumed, started

COLUMNS = history(1).columns


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return make_run(tmp_path, "calm-lake", 2000, rows=history(2000).rows)


def write(run: Path, events: Iterable[Message]) -> list[str]:
    """Have the events heard, as of the run in that folder; what was told of it."""
    told: list[str] = []
    files = TensorboardFiles(told.append, every=0.001)
    for event in events:
        is_placed = isinstance(event, RunOpened | TrainingStarted)
        files.hear(msgspec.structs.replace(event, directory=str(run)) if is_placed else event)
    files.close()
    return told


def expected(last_epoch: int) -> dict[str, list[tuple[int, float]]]:
    rows = history(last_epoch).rows
    found = {
        "train_loss": [(2 * epoch, rows[epoch, 0]) for epoch in range(1, last_epoch + 1)],
        "epoch": [(2 * epoch, epoch) for epoch in range(last_epoch + 1)],
    }
    names = ["out_0", "out_1", *(f"parameters/{spec.name}" for spec in PARAMETERS["by-hand"])]
    for index, name in enumerate(names, 1):
        found[name] = [(2 * epoch, rows[epoch, index]) for epoch in range(last_epoch + 1)]
    return found


def test_all_that_is_trained_in_one_file_through_pauses_and_stages(run: Path) -> None:
    assert write(run, [*paused(), started(1200, 2000), epochs(1201, 2000), *resumed()[-3:]]) == []
    assert scalars_in(run / FOLDER) == expected(2600)
    (path,) = (run / FOLDER).iterdir()
    assert path.name.startswith("events.out.tfevents.")


def test_a_run_that_goes_on_is_shown_from_its_beginning(run: Path) -> None:
    write(run, [opened(epoch=2000), epochs(2000, 2000), started(2000, 2100), epochs(2001, 2100)])
    assert scalars_in(run / FOLDER) == expected(2100)


def test_what_was_trained_behind_the_last_checkpoint_is_made_void(run: Path) -> None:
    write(run, paused())
    write(run, [opened(epoch=1000), epochs(1000, 1000), started(1000, 1100), epochs(1001, 1100)])
    assert len(list((run / FOLDER).iterdir())) == 2
    assert scalars_in(run / FOLDER) == expected(1100)


def test_another_run_gets_files_of_its_own(run: Path, tmp_path: Path) -> None:
    other = make_run(tmp_path, "other")
    files = TensorboardFiles(lambda _: None, every=0.001)
    for directory, last in ((run, 1), (other, 2)):
        for event in (opened(), epochs(0, 0), started(0, last), epochs(1, last)):
            is_placed = isinstance(event, RunOpened | TrainingStarted)
            files.hear(msgspec.structs.replace(event, directory=str(directory)) if is_placed else event)
    files.close()
    assert (scalars_in(run / FOLDER), scalars_in(other / FOLDER)) == (expected(1), expected(2))


@pytest.mark.parametrize("obstacle", ["file", "link", "gone"])
def test_what_cannot_be_written_is_told_once_and_given_up(run: Path, tmp_path: Path, obstacle: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if obstacle == "file":
        (run / FOLDER).touch()
    elif obstacle == "link":
        (run / FOLDER).symlink_to(elsewhere)
    else:
        run = tmp_path / "gone"
    (told,) = write(run, [*paused(), *resumed()])
    assert told.startswith("the event files for TensorBoard cannot be written (")
    assert told.endswith("): training goes on without them")
    assert list(elsewhere.iterdir()) == []


def test_a_full_disk_harms_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk))
    try:
        (disk / FOLDER).mkdir()
        filler = fill(disk)
        (told,) = write(disk, paused())
        assert "No space left on device" in told
        filler.unlink()
        assert write(disk, [opened(), epochs(0, 0), started(0, 1), epochs(1, 1)]) == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_the_engine_writes_them_where_asked_for_the_user_alone(tmp_path: Path) -> None:
    for options in ((), ("--tensorboard",)):
        with EngineUnderTest(tmp_path, *options) as engine:
            engine.send(NewRun(config=RunConfig()))
            engine.send(Train(epochs=300))
            engine.must_hear(RunFinished)
            engine.send(Quit())
            assert engine.hear(lambda _: False) is None
            assert not [event for event in engine.heard if isinstance(event, Notice)]
            run = next(Path(event.directory) for event in engine.heard if isinstance(event, TrainingStarted))
            assert any(isinstance(event, Epochs) for event in engine.heard)
        assert (run / FOLDER).exists() == bool(options)
    (path,) = (run / FOLDER).iterdir()
    assert [stat.S_IMODE(place.stat().st_mode) for place in (run / FOLDER, path)] == [0o700, 0o600]
    rows = read_history(run, COLUMNS).rows
    assert [value for _, value in scalars_in(run / FOLDER)["out_1"]] == rows[:, 2].tolist()
    assert [value for _, value in scalars_in(run / FOLDER)["train_loss"]] == rows[1:, 0].tolist()
