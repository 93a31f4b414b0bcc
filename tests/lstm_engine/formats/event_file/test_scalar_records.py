"""Many records at once, against each of them as TensorBoard writes it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary

from lstm_engine.formats.event_file.framing import framed
from lstm_engine.formats.event_file.scalar_records import scalar_records

STEPS = st.integers(0, 2**63 - 1) | st.sampled_from([0, 1, 127, 128, 2**14 - 1, 2**14, 2**56 - 1, 2**56])
POINTS = st.lists(st.tuples(STEPS, st.floats(0, 4e9), st.floats(width=32, allow_nan=False)), max_size=20)


@given(st.text(min_size=1, max_size=200), POINTS)
def test_each_record_is_what_tensorboard_writes(tag: str, points: list[tuple[int, float, float]]) -> None:
    expected = b""
    for step, wall, value in points:
        event = Event(wall_time=wall or 1.0, step=step, summary=Summary(value=[{"tag": tag, "simple_value": value}]))
        data = event.SerializeToString()
        if step == 0:  # which the library leaves out, as it is the default
            data = data[:9] + b"\x10\x00" + data[9:]
        expected += framed(data)
    steps, walls, values = zip(*points, strict=True) if points else ((), (), ())
    found = scalar_records(
        tag,
        np.array(steps, np.int64),
        np.array([wall or 1.0 for wall in walls]),
        np.array(values, np.float32),
    )
    assert found == expected


def test_numbers_that_are_not_finite() -> None:
    found = scalar_records("a", np.arange(3), np.ones(3), np.array([np.nan, np.inf, -np.inf], np.float32))
    size = len(found) // 3
    values = [
        Event.FromString(found[at + 12 : at + size - 4]).summary.value[0].simple_value for at in (0, size, 2 * size)
    ]
    assert np.isnan(values[0])
    assert values[1:] == [np.inf, -np.inf]
