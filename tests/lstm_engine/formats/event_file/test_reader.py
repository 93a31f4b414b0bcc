"""Files that TensorBoard and tensorboardX write, against TensorBoard's own reader; torn, cut, damaged and replaced."""

from __future__ import annotations

import itertools
import os
import tempfile
from pathlib import Path

import numpy as np
import pytest
import tensorboardX
from hypothesis import given, settings
from hypothesis import strategies as st
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter as TheirWriter
from tensorboard.util.tensor_util import make_tensor_proto

from lstm_engine.formats.event_file.framing import HEAD, framed
from lstm_engine.formats.event_file.reader import EventFileReader
from tests.support.event_files import (
    Points,
    points_in,
    points_of,
    record_places,
    tensorboard_points,
    written,
)

POINTS: Points = {
    "train_loss": [(step, 100.0 + step, float(np.float32(1 / (step + 1)))) for step in range(300)],
    "val/acc": [(step, 50.5, step / 8) for step in (0, 127, 128, 2**14, 3, 2**40)],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "events.out.tfevents.1.host", POINTS, texts={"note": "**a**"})


def test_what_tensorboard_x_writes(tmp_path: Path) -> None:
    with tensorboardX.SummaryWriter(str(tmp_path)) as writer:
        for step in range(200):
            writer.add_scalar("train_loss", 1 / (step + 1), step)
            writer.add_scalar("described", step, step, display_name="shown", summary_description="more")
            if step % 50 == 0:
                writer.add_histogram("layer/weights", np.arange(10.0) * step, step)
                writer.add_image("picture", np.zeros((3, 4, 4), np.uint8), step)
                writer.add_text("note", f"at **{step}**", step)
    (path,) = tmp_path.glob("events*")
    pieces = list(EventFileReader(path).new())
    assert points_in(pieces) == tensorboard_points(tmp_path)
    assert len(points_in(pieces)["train_loss"]) == 200
    assert [piece.texts for piece in pieces] == [{"note/text_summary": "at **150**"}]
    (piece,) = pieces
    assert piece.others == {("layer/weights", "histograms"): 4, ("picture", "images"): 4}


def test_hyperparameters_as_tensorboard_x_writes_them(tmp_path: Path) -> None:
    with tensorboardX.SummaryWriter(str(tmp_path)) as writer:
        writer.add_hparams({"lr": 0.5, "optimizer": "adam", "nesterov": True}, {"loss": 0.25}, name="session")
    (path,) = (tmp_path / "session").glob("events*")
    (piece,) = EventFileReader(path).new()
    assert piece.hyperparameters == {"lr": 0.5, "optimizer": "adam", "nesterov": True}
    assert points_in([piece]) == tensorboard_points(path.parent)


def test_what_tensorboard_writes_with_scalars_as_tensors(tmp_path: Path) -> None:
    writer = TheirWriter(str(tmp_path))
    for step in range(50):
        tensor = make_tensor_proto(np.float32(step) / 4)
        value = Summary.Value(tag="loss", tensor=tensor)
        value.metadata.plugin_data.plugin_name = "scalars"
        writer.add_event(Event(wall_time=step + 1.0, step=step, summary=Summary(value=[value])))
    writer.close()
    (path,) = tmp_path.glob("events*")
    assert points_of(path) == {"loss": [(step, step + 1.0, step / 4) for step in range(50)]}


def test_more_than_is_read_at_a_time(tmp_path: Path) -> None:
    """And a record that is longer than that."""
    many: Points = {"a": [(step, 1.0, step % 7) for step in range(100_000)], "b": [(5, 2.0, 0.5)]}
    path = written(tmp_path / "events.out.tfevents.1.host", many, texts={"long": "x" * 10_000_000})
    pieces = list(EventFileReader(path).new())
    assert len(pieces) > 2
    assert points_in(pieces) == many
    assert [len(piece.texts["long"]) for piece in pieces if piece.texts] == [10_000_000]


def test_cut_at_every_byte_of_the_last_records(file: Path) -> None:
    data = file.read_bytes()
    places = list(record_places(data))
    for length in range(places[-4][0], len(data)):
        file.write_bytes(data[:length])
        reader = EventFileReader(file)
        found = points_in(reader.new())
        whole = sum(end <= length for _, end in places[-4:])
        assert found.get("val/acc") == (POINTS["val/acc"][: 2 + whole])
        assert reader.problem == ""
        with file.open("ab") as more:
            more.write(data[length:])
        rest = points_in(reader.new())
        assert found["val/acc"] + rest.get("val/acc", []) == POINTS["val/acc"]
        assert reader.problem == ""


@given(st.lists(st.integers(1, 99) | st.integers(100, 20_000), min_size=1, max_size=20))
@settings(max_examples=50, deadline=None)
def test_a_live_tail_in_torn_pieces(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = written(Path(folder) / "whole", POINTS, texts={"note": "a"}).read_bytes()
        path = Path(folder) / "live"
        reader = EventFileReader(path)
        pieces = list(reader.new())
        ends = list(itertools.accumulate(sizes))
        with path.open("wb", buffering=0) as file:
            for begin, end in itertools.pairwise([0, *(at for at in ends if at < len(whole)), len(whole)]):
                file.write(whole[begin:end])
                pieces += reader.new()
        assert points_in(pieces) == POINTS
        assert [piece.texts for piece in pieces if piece.texts] == [{"note": "a"}]
        assert list(reader.new()) == []


def test_a_flipped_bit_anywhere_is_told_once_and_nothing_behind_it_is_read(file: Path) -> None:
    data = file.read_bytes()
    places = list(record_places(data))
    rng = np.random.default_rng(3)
    for at in [*rng.integers(0, len(data), 60).tolist(), len(data) - 1]:
        flipped = bytearray(data)
        flipped[at] ^= 1 << int(rng.integers(8))
        file.write_bytes(flipped)
        begin, _ = next(place for place in places if place[0] <= at < place[1])
        reader = EventFileReader(file)
        found = points_in(reader.new())
        assert f"the record at byte {begin} is damaged" in reader.problem
        assert sum(map(len, found.values())) == max(0, places.index((begin, _)) - 2)
        with file.open("ab") as more:
            more.write(framed(b""))
        assert list(reader.new()) == []


def test_a_record_that_is_no_event(file: Path) -> None:
    size = file.stat().st_size
    with file.open("ab") as more:
        more.write(framed(b"\x0b\x0b\x0b") + framed(b""))
    reader = EventFileReader(file)
    assert points_in(reader.new()) == POINTS
    assert reader.problem == f"the record at byte {size} is no event"


def test_a_file_that_is_replaced_or_cut_is_read_from_its_beginning(file: Path, tmp_path: Path) -> None:
    reader = EventFileReader(file)
    assert points_in(reader.new()) == POINTS
    first = reader.times
    other: Points = {"other": [(1, 1.0, 1.0)]}
    written(tmp_path / "new", other).replace(file)
    assert points_in(reader.new()) == other
    assert reader.times == first + 1
    written(file, {"short": [(2, 2.0, 2.0)]})
    os.truncate(file, 0)
    assert list(reader.new()) == []
    written(file, {"short": [(2, 2.0, 2.0)]})
    assert points_in(reader.new()) == {"short": [(2, 2.0, 2.0)]}


def test_what_is_not_there_or_is_no_file_says_nothing(tmp_path: Path) -> None:
    assert list(EventFileReader(tmp_path / "absent").new()) == []
    os.mkfifo(tmp_path / "pipe")
    assert list(EventFileReader(tmp_path / "pipe").new()) == []


def test_a_text_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "events.out.tfevents.1.host"
    path.write_text("this is no event file at all")
    reader = EventFileReader(path)
    assert points_in(reader.new()) == {}
    assert reader.problem.startswith("the record at byte 0 is damaged")
    path.write_bytes(b"\0" * (HEAD - 1))
    assert list(EventFileReader(path).new()) == []
