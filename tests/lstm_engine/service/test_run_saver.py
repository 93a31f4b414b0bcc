"""How a run gets its checkpoints, and which of them it stands on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lightning import Callback, Trainer

from lstm_engine.models.build import build
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.run.records import Stage
from lstm_engine.service.run_saver import RunSaver, Unsaved
from lstm_engine.service.starts.opened import Base
from lstm_engine.store.directory import create_run
from lstm_engine.store.writer import RunWriter
from lstm_engine.training.trainer import fit

CONFIG = RunConfig()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[RunWriter]:
    """Of a run whose history leads up to epoch 2."""
    columns = Columns.of(CONFIG)
    writer = RunWriter(create_run(tmp_path, CONFIG), columns, keep=5)
    writer.begin_stage(Stage(0, 2))
    for _ in range(3):
        writer.add([0.5] * columns.width)
    yield writer
    writer.close()


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    return fit(build(CONFIG), 2, Callback(), None)


def reasons(writer: RunWriter) -> list[str]:
    return [record.reason for record in writer.store.checkpoints()]


def test_a_run_stands_on_what_was_saved_last(writer: RunWriter, trainer: Trainer) -> None:
    saver = RunSaver(writer, None)
    base = saver.save(trainer, "timed")
    assert base == saver.base == Base(writer.directory / "epoch=1-step=4.ckpt", 2)
    assert saver.base.path.is_file()
    assert saver.unsaved is None


def test_an_epoch_is_saved_once_and_kept_for_the_better_reason(writer: RunWriter, trainer: Trainer) -> None:
    saver = RunSaver(writer, None)
    base = saver.save(trainer, "timed")
    assert isinstance(base, Base)
    written = base.path.stat()
    assert saver.save(trainer, "pause") is base
    assert reasons(writer) == ["timed"]
    assert saver.save(trainer, "stage") is base
    assert reasons(writer) == ["stage"]
    assert saver.keep_base() is base
    assert reasons(writer) == ["user"]
    assert base.path.stat() == written


def test_nothing_is_kept_where_nothing_is_saved(writer: RunWriter) -> None:
    assert RunSaver(writer, None).keep_base() is None


def test_what_could_not_be_written_is_remembered_until_it_is(
    writer: RunWriter, trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    saver, problem = RunSaver(writer, None), OSError(28, "No space left on device")

    def full(*_: object) -> None:
        raise problem

    with monkeypatch.context() as disk:
        disk.setattr(RunWriter, "write_checkpoint", full)
        assert saver.save(trainer, "timed") == saver.unsaved == Unsaved(trainer, problem)
        assert saver.base is None
    assert isinstance(saver.save(saver.unsaved.trainer, "pause"), Base)
    assert saver.unsaved is None
    assert reasons(writer) == ["pause"]
