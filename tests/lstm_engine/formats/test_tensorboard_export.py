"""The whole history as TensorBoard's own reader finds it; and nothing half-written."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import pytest
from tensorboard.plugins.hparams.plugin_data_pb2 import HParamsPluginData

from lstm_engine.errors import UserError
from lstm_engine.formats.metric_names import metric_names
from lstm_engine.formats.tensorboard_export import tensorboard_export
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.store.directory import read_record
from tests.support.event_files import accumulated, tensorboard_points
from tests.support.run_folders import make_run

EPOCHS = 10_001  # more than are written at once


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = np.random.default_rng(2).normal(size=(EPOCHS + 1, Columns.of(RunConfig()).width)).astype(np.float32)
    rows[0, 0], rows[3, 1] = np.nan, np.inf
    return make_run(tmp_path_factory.mktemp("runs"), "calm-lake", EPOCHS, rows=rows)


def test_tensorboard_finds_every_number(run: Path, tmp_path: Path) -> None:
    path = tensorboard_export(run, tmp_path / "new" / "folder")
    assert list(path.parent.iterdir()) == [path]
    found = tensorboard_points(path.parent)
    rows = np.random.default_rng(2).normal(size=(EPOCHS + 1, Columns.of(RunConfig()).width)).astype(np.float32)
    rows[3, 1] = np.inf
    wall = datetime.datetime.fromisoformat(read_record(run).created).timestamp()
    for index, name in enumerate(metric_names(RunConfig())):
        first = 1 if index == 0 else 0
        expected = rows[first:, index].tolist()
        assert [value for _, _, value in found[name]] == expected
        assert [step for step, _, _ in found[name]] == list(range(2 * first, 2 * EPOCHS + 1, 2))
    assert {at for _, at, _ in found["train_loss"]} == {wall}
    start = accumulated(path.parent).PluginTagToContent("hparams")["_hparams_/session_start_info"]
    assert HParamsPluginData.FromString(start).session_start_info.hparams["seed"].number_value == 42


def test_a_folder_that_has_event_files_is_refused(run: Path, tmp_path: Path) -> None:
    (tmp_path / "events.out.tfevents.1.host").write_bytes(b"")
    with pytest.raises(UserError, match="has event files, which TensorBoard would mix"):
        tensorboard_export(run, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


def test_of_what_cannot_be_written_nothing_is_left(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lstm_engine.formats.tensorboard_log.TensorboardLog.add", full)
    with pytest.raises(OSError, match="No space"):
        tensorboard_export(run, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        tensorboard_export(tmp_path / "absent", tmp_path / "out")
    assert not (tmp_path / "out").exists()
