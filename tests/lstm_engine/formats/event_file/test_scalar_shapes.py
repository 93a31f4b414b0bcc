"""Many scalars at once, against each of them read the slow way."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary, SummaryMetadata
from tensorboard.util.tensor_util import make_tensor_proto

from lstm_engine.formats.event_file.scalar_shapes import ScalarShapes
from lstm_engine.formats.event_file.summary import summary

TAGS = st.sampled_from(["a", "b", "loss/train", "ü", ""])
STEPS = st.integers(-1, 300) | st.sampled_from([2**14, 2**28 - 1, 2**35 - 1, 2**35, 2**62, -(2**40)])
VALUES = st.floats(width=32, allow_nan=False)


def event(step: int, *values: Summary.Value) -> bytes:
    return Event(wall_time=1.5 + step, step=step, summary=Summary(value=values)).SerializeToString()


def simple(tag: str, value: float) -> Summary.Value:
    return Summary.Value(tag=tag, simple_value=value)


def as_tensor(tag: str, value: float) -> Summary.Value:
    return Summary.Value(tag=tag, tensor=make_tensor_proto(np.float32(value)))


def with_metadata(tag: str, value: float) -> Summary.Value:
    return Summary.Value(tag=tag, simple_value=value, metadata=SummaryMetadata(display_name="shown"))


RECORDS = st.lists(
    st.builds(
        lambda make, step, tag, value: event(step, make(tag, value)),
        st.sampled_from([simple, as_tensor, with_metadata]), STEPS, TAGS, VALUES,
    )
    | st.builds(lambda step, value: event(step, simple("x", value), simple("y", value)), STEPS, VALUES)
    | st.just(Event(wall_time=1.0, file_version="brain.Event:2").SerializeToString()),
    max_size=40,
)  # fmt: skip


@given(RECORDS)
@settings(max_examples=300)
def test_it_is_what_each_record_says(records: list[bytes]) -> None:
    data = b"".join(records)
    ends = np.cumsum([0, *map(len, records)])
    found = ScalarShapes().decoded(data, ends[:-1], ends[1:])
    assert found.broken is None
    told = [
        (place, tag, step, wall, value)
        for tag, parts in found.points.items()
        for part in parts
        for place, step, wall, value in zip(part.places, part.steps, part.walls, part.values, strict=True)
    ]
    told += [(place, v.tag, said.step, said.wall, v.scalar) for place, said in found.others for v in said.values]
    expected = [
        (int(start), value.tag, said.step, said.wall, value.scalar)
        for start, end in itertools.pairwise(ends)
        for said in [summary(data, int(start), int(end))]
        for value in said.values
    ]
    assert sorted(told) == sorted(expected)


def test_what_comes_again_is_read_by_its_shape() -> None:
    for make in (simple, as_tensor):
        records = [event(step, make("loss", step / 2)) for step in range(1, 200)]
        ends = np.cumsum([0, *map(len, records)])
        found = ScalarShapes().decoded(b"".join(records), ends[:-1], ends[1:])
        assert len(found.others) == 1
        (points,) = found.points["loss"]
        assert points.steps.tolist() == list(range(2, 200))


def test_a_record_that_is_none_is_told_and_nothing_behind_it_is_read() -> None:
    records = [event(1, simple("a", 1)), b"\x0b\x0b\x0b", event(2, simple("a", 2))]
    ends = np.cumsum([0, *map(len, records)])
    found = ScalarShapes().decoded(b"".join(records), ends[:-1], ends[1:])
    assert found.broken == len(records[0])
    assert [said.step for _, said in found.others] == [1]
    assert found.points == {}
