"""One record, as TensorBoard's own classes write it, and what is made of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import HistogramProto, SummaryMetadata
from tensorboard.compat.proto.summary_pb2 import Summary as Written
from tensorboard.compat.proto.tensor_pb2 import TensorProto
from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboard.util.tensor_util import make_tensor_proto

from lstm_engine.formats.event_file.summary import Summary, Value, summary
from lstm_engine.formats.event_file.wire import WireError

SIZED = TensorShapeProto(dim=[TensorShapeProto.Dim(size=2)])


def said(*values: Written.Value, wall: float = 1.5, step: int = 7) -> Summary:
    data = Event(wall_time=wall, step=step, summary=Written(value=values)).SerializeToString()
    return summary(data, 0, len(data))


def plugin(name: str) -> SummaryMetadata:
    return SummaryMetadata(plugin_data=SummaryMetadata.PluginData(plugin_name=name))


def test_several_values_of_one_step() -> None:
    found = said(Written.Value(tag="a", simple_value=0.5), Written.Value(tag="b", simple_value=-2), step=-1)
    assert (found.wall, found.step) == (1.5, -1)
    assert [(value.tag, value.scalar) for value in found.values] == [("a", 0.5), ("b", -2.0)]


@pytest.mark.parametrize(
    ("tensor", "number"),
    [
        (make_tensor_proto(np.float32(0.25)), 0.25),
        (make_tensor_proto(np.float64(1e300)), 1e300),
        (make_tensor_proto(np.int64(-5)), -5.0),
        (make_tensor_proto(np.int32(2**30)), float(2**30)),
        (make_tensor_proto(True), 1.0),
        (TensorProto(dtype="DT_FLOAT", tensor_content=np.float32(0.5).tobytes()), 0.5),
        (TensorProto(dtype="DT_DOUBLE", tensor_content=np.float64(-0.1).tobytes()), -0.1),
        (TensorProto(dtype="DT_INT64", tensor_content=np.int64(-9).tobytes()), -9.0),
        (TensorProto(dtype="DT_FLOAT", float_val=[0.75]), 0.75),
    ],
)
def test_a_scalar_that_is_a_tensor(tensor: TensorProto, number: float) -> None:
    (value,) = said(Written.Value(tag="loss", tensor=tensor, metadata=plugin("scalars"))).values
    assert (value.tag, value.scalar, value.kind) == ("loss", number, "")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (Written.Value(histo=HistogramProto(num=3, bucket=[1, 2])), "histograms"),
        (Written.Value(image=Written.Image(width=1, encoded_image_string=b"png")), "images"),
        (Written.Value(audio=Written.Audio(sample_rate=1.0)), "audio"),
        (Written.Value(tensor=make_tensor_proto(np.zeros((2, 3))), metadata=plugin("histograms")), "histograms"),
        (Written.Value(tensor=TensorProto(dtype="DT_FLOAT", tensor_shape=SIZED, float_val=[1, 2])), "tensors"),
        (Written.Value(tensor=TensorProto(dtype="DT_FLOAT", tensor_content=b"too long for one")), "tensors"),
        (Written.Value(tensor=TensorProto(dtype="DT_HALF", half_val=[1])), "tensors"),
    ],
)
def test_what_is_no_number_is_told_by_its_kind(value: Written.Value, kind: str) -> None:
    value.tag = "layer/weights"
    assert said(value).values == (Value("layer/weights", kind=kind),)


def test_texts() -> None:
    one = Written.Value(tag="note", tensor=make_tensor_proto("**bold** ü"), metadata=plugin("text"))
    two = Written.Value(tag="both", tensor=TensorProto(dtype="DT_STRING", tensor_shape=SIZED, string_val=[b"a", b"b"]))
    assert [value.text for value in said(one, two).values] == ["**bold** ü", "a\nb"]


def test_a_record_without_values_says_none() -> None:
    data = Event(wall_time=2.0, file_version="brain.Event:2").SerializeToString()
    assert summary(data, 0, len(data)) == Summary(wall=2.0)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    try:
        found = summary(data, 0, len(data))
    except WireError:
        return
    assert isinstance(found.step, int)
