"""What TensorBoard makes of our files, by its own reader and by its server."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tensorboard.plugins.hparams.plugin_data_pb2 import HParamsPluginData

from lstm_engine.formats.event_file.writer import EventFileWriter, event_file_name
from tests.support.event_files import Points, accumulated, tensorboard_points, written
from tests.support.socket_clients import wait_until

#: Seconds that TensorBoard's server has to come up, and to read a file.
_PATIENCE = 120.0

POINTS: Points = {
    "train_loss": [(2 * step, 1000.0 + step, float(np.float32(1 / (step + 1)))) for step in range(3000)],
    "out_0": [(0, 1.0, -0.5), (1, 2.0, float("inf"))],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one file, with the points, a text and hyperparameters."""
    folder = tmp_path / "logs" / "calm-lake"
    folder.mkdir(parents=True)
    path = written(folder / event_file_name(1_700_000_000.0), POINTS, texts={"note": "**bold**"})
    with path.open("ab") as file:
        EventFileWriter(file).hyperparameters({"lr": 0.1, "model": "by-hand"}, ["train_loss"])
    return folder


def test_tensorboard_reads_every_value(folder: Path) -> None:
    assert tensorboard_points(folder) == POINTS
    found = accumulated(folder)
    (note,) = found.Tensors("note")
    assert note.tensor_proto.string_val == [b"**bold**"]
    start = found.PluginTagToContent("hparams")["_hparams_/session_start_info"]
    assert HParamsPluginData.FromString(start).session_start_info.hparams["lr"].number_value == 0.1


def test_a_resumed_file_makes_void_what_older_ones_have_of_later_steps(tmp_path: Path) -> None:
    for number, (steps, value) in enumerate([(range(10), 1.0), (range(6, 12), 2.0)]):
        with (tmp_path / event_file_name(1000.0 + number)).open("wb") as file:
            writer = EventFileWriter(file)
            if number:
                writer.resumed(6)
            at = np.array(steps, np.int64)
            writer.scalars("a", at, np.ones(len(at)), np.full(len(at), value, np.float32))
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    found = EventAccumulator(str(tmp_path))
    found.Reload()
    assert [(event.step, event.value) for event in found.Scalars("a")] == [
        (step, 1.0 if step < 6 else 2.0) for step in range(12)
    ]


def test_names_differ_and_sort_by_time() -> None:
    names = [event_file_name(wall) for wall in (9.0, 9.0, 10.0, 1e9)]
    assert len(set(names)) == 4
    assert names == sorted(names)
    assert all("tfevents" in name and "/" not in name for name in names)


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    """TensorBoard itself, on a port that the system chose."""
    command = [sys.executable, "-m", "tensorboard.main", "--logdir", str(folder.parent), "--port", "0"]
    command += ["--host", "127.0.0.1", "--load_fast", "false", "--reload_interval", "1"]
    said = folder.parent.parent / "said"
    with said.open("w") as output, subprocess.Popen(command, stdout=output, stderr=output) as process:
        try:
            wait_until(lambda: re.search(r"http://127\.0\.0\.1:\d+", said.read_text()), "its address", _PATIENCE)
            yield int(re.search(r"http://127\.0\.0\.1:(\d+)", said.read_text()).group(1))
        finally:
            process.terminate()


def test_tensorboard_itself_answers_its_scalars(port: int) -> None:
    def answer(page: str) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", f"/data/{page}")
        with contextlib.closing(connection), connection.getresponse() as response:
            return json.load(response)

    wait_until(lambda: set(answer("plugin/scalars/tags").get("calm-lake", ())) == set(POINTS), "its tags", _PATIENCE)
    assert answer("runs") == ["calm-lake"]
    rows = answer("plugin/scalars/scalars?run=calm-lake&tag=train_loss")
    found = {step: (wall, value) for wall, step, value in rows}
    assert len(found) == 1000  # as many as it keeps of a tag, the last one always
    expected = {step: (wall, value) for step, wall, value in POINTS["train_loss"]}
    assert found.items() <= expected.items()
    assert max(found) == max(expected)
