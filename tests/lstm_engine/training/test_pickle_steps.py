"""Checkpoints of a few bytes that ask for gigabytes, or for ever. A sentence, at once, and nothing is built."""

from __future__ import annotations

import copy
import io
import pickle
import struct
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import torch

from lstm_engine.errors import UserError
from lstm_engine.protocol.messages import EngineReady, OpenRun, Quit, Refused
from lstm_engine.training.checkpoint import dumps, load, loads
from lstm_engine.training.pickle_steps import LARGEST_PICKLE
from tests.support.in_process import only, play

#: What reading a few bytes may take on a busy machine.
SECONDS = 30

# --- a pickle's steps ------------------------------------------------------------------------------------------------

NONE, LIST, DICT, MARK, TUPLE1, REDUCE = b"N", b"]", b"}", b"(", b"\x85", b"R"


def text(value: str) -> bytes:
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def number(value: int) -> bytes:
    digits = value.to_bytes(9, "little", signed=True)
    return b"\x8a" + bytes([len(digits)]) + digits


def called(name: str, *arguments: bytes) -> bytes:
    module, _, function = name.rpartition(".")
    return f"c{module}\n{function}\n".encode() + MARK + b"".join(arguments) + b"t" + REDUCE


def numbers(*values: int) -> bytes:
    """A tuple."""
    return MARK + b"".join(map(number, values)) + b"t"


def kept(index: int) -> bytes:
    return b"q" + bytes([index])


def again(index: int) -> bytes:
    return b"h" + bytes([index])


def nested(begin: bytes, of_two: Callable[[bytes, bytes], bytes], levels: int) -> bytes:
    """Twice the same, twice the same, and so on: 2 to the power of `levels` ends."""
    whole = begin
    for level in range(1, levels + 1):
        whole = of_two(whole + kept(level), again(level))
    return whole


def tensor(storage: bytes, offset: int, size: bytes, stride: bytes) -> bytes:
    hooks = called("collections.OrderedDict")
    return called("torch._utils._rebuild_tensor_v2", storage, number(offset), size, stride, b"\x89", hooks)


def storage(count: int, key: str = "0", kind: str = "FloatStorage") -> bytes:
    return MARK + text("storage") + f"ctorch\n{kind}\n".encode() + text(key) + text("cpu") + number(count) + b"tQ"


FOUR = struct.pack("<4f", 1, 2, 3, 4)


def checkpoint(
    value: bytes, records: Mapping[str, bytes] | None = None, compression: int = zipfile.ZIP_STORED
) -> bytes:
    """A checkpoint file in which that is pickled as a parameter."""
    whole = b"\x80\x02" + DICT + MARK + text("state_dict") + DICT + text("wlr1") + value + b"su."
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in {"data.pkl": whole, "version": b"3\n", "data/0": FOUR, **(records or {})}.items():
            archive.writestr(f"archive/{name}", data)
    return buffer.getvalue()


def with_shared_records() -> bytes:
    """Many names of one record."""
    buffer = io.BytesIO(checkpoint(NONE, {"data/1": bytes(100_000)}))
    with zipfile.ZipFile(buffer, "a") as archive:
        for index in range(2, 1000):
            shared = copy.copy(archive.getinfo("archive/data/1"))
            shared.filename = f"archive/data/{index}"
            archive.filelist.append(shared)
        archive._didModify = True  # type: ignore[attr-defined]
    return buffer.getvalue()


def of_an_old_torch() -> bytes:
    buffer = io.BytesIO()
    torch.save({"state_dict": {}}, buffer, _use_new_zipfile_serialization=False)
    return buffer.getvalue()


def listed(one: bytes, other: bytes) -> bytes:
    return LIST + MARK + one + other + b"e"


def tupled(one: bytes, other: bytes) -> bytes:
    return MARK + one + other + b"t"


def tabled(one: bytes, other: bytes) -> bytes:
    return DICT + MARK + text("a") + one + text("b") + other + b"u"


FAR = 1 << 40

#: By what it asks for: the file, and what the sentence tells.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "8 GiB": (lambda: checkpoint(called("builtins.bytearray", number(8 << 30))), "asks for builtins.bytearray"),
    "8 GiB by its old name": (
        lambda: checkpoint(called("__builtin__.bytearray", number(8 << 30))),
        "asks for __builtin__.bytearray",
    ),
    "lists in lists": (lambda: checkpoint(nested(LIST, listed, 40)), "of more than 1000000 values"),
    "tuples in tuples": (lambda: checkpoint(nested(b")", tupled, 40)), "of more than 1000000 values"),
    "tables in tables": (lambda: checkpoint(nested(DICT, tabled, 40)), "of more than 1000000 values"),
    "a late heap": (
        # What is in it comes in last, after it has been counted.
        lambda: checkpoint(
            LIST + MARK + LIST + kept(0) + nested(again(0), listed, 15) + again(0) + MARK + NONE * 99 + b"ee"
        ),
        "of more than 1000000 values",
    ),
    "a key of tuples in tuples": (
        lambda: checkpoint(DICT + nested(b")", tupled, 40) + NONE + b"s"),
        "keys that are neither text nor numbers",
    ),
    "a member of tuples in tuples": (
        lambda: checkpoint(called("builtins.set", LIST + nested(b")", tupled, 40) + b"a")),
        "keys that are neither text nor numbers",
    ),
    "a list in itself": (lambda: checkpoint(LIST + kept(0) + MARK + again(0) * 2 + b"e"), "it is in itself"),
    "a table in itself": (lambda: checkpoint(DICT + kept(0) + text("a") + again(0) + b"s"), "it is in itself"),
    "a state in itself": (
        lambda: checkpoint(called("collections.OrderedDict") + kept(0) + DICT + text("a") + again(0) + b"sb"),
        "it is in itself",
    ),
    "ten thousand lists deep": (lambda: checkpoint(LIST * 10_000 + b"a" * 9_999), "nested more than 100 deep"),
    "a long pickle": (lambda: checkpoint(LIST + MARK + LIST * LARGEST_PICKLE + b"e"), "1048576 at most are read"),
    "a tensor behind its numbers": (
        lambda: checkpoint(tensor(storage(4), 0, numbers(1 << 31), numbers(1))),
        "reaches beyond the 4 numbers",
    ),
    "a tensor that begins behind its numbers": (
        lambda: checkpoint(tensor(storage(4), FAR, numbers(1), numbers(1))),
        "reaches beyond the 4 numbers",
    ),
    "a tensor of wide steps": (
        lambda: checkpoint(tensor(storage(4), 0, numbers(2), numbers(FAR))),
        "reaches beyond the 4 numbers",
    ),
    "a tensor of no steps": (
        lambda: checkpoint(tensor(storage(4), 0, numbers(FAR), numbers(0))),
        "reaches beyond the 4 numbers",
    ),
    "a tensor of less than nothing": (
        lambda: checkpoint(tensor(storage(4), 0, numbers(-5), numbers(1))),
        "its pickle is damaged",
    ),
    "more numbers than its record": (
        lambda: checkpoint(tensor(storage(1 << 20), 0, numbers(1 << 20), numbers(1))),
        "record '0' does not have the 1048576 numbers",
    ),
    "a record that is not there": (
        lambda: checkpoint(tensor(storage(4, "7"), 0, numbers(4), numbers(1))),
        "record '7' does not have the 4 numbers",
    ),
    "a record elsewhere": (
        lambda: checkpoint(tensor(storage(4, "../data.pkl"), 0, numbers(4), numbers(1))),
        "record '../data.pkl' does not have",
    ),
    "wider numbers than its record's": (
        lambda: checkpoint(tensor(storage(4, kind="DoubleStorage"), 0, numbers(4), numbers(1))),
        "record '0' does not have the 4 numbers",
    ),
    "a tensor made by its class": (
        lambda: checkpoint(called("torch.FloatTensor", number(FAR))),
        "asks for torch.Float",
    ),
    "a tensor set anew": (
        lambda: checkpoint(tensor(storage(4), 0, numbers(4), numbers(1)) + numbers(FAR) + b"b"),
        "it changes more than a table",
    ),
    "a tensor of a step": (lambda: checkpoint(b"ctorch\nTensor\n" + numbers(FAR) + b"\x81"), "asks for torch.Tensor"),
    "a text in another code": (
        lambda: checkpoint(called("_codecs.encode", text("a" * 100_000), text("punycode"))),
        "its pickle is damaged",
    ),
    "a step that doubles": (lambda: checkpoint(LIST + b"2" * 40), "takes a step, DUP"),
    "code": (lambda: checkpoint(called("os.system", text("touch pwned"))), "asks for os.system"),
    "a call of what was called": (
        lambda: checkpoint(called("collections.OrderedDict") + numbers() + REDUCE),
        "asks for something that it made",
    ),
    "a pickle cut short": (lambda: checkpoint(MARK), "its pickle is damaged"),
    "compressed zeros": (
        lambda: checkpoint(NONE, {"data/1": bytes(30_000_000)}, zipfile.ZIP_DEFLATED),
        "its records are compressed",
    ),
    "records in each other": (with_shared_records, "its records are longer than the file"),
    "no end of records": (lambda: checkpoint(NONE) + b"PK\1\2" * 30_000, "no archive of up to 20,000 records"),
    "no archive": (of_an_old_torch, "which torch.save writes since PyTorch 1.6"),
    "nothing": (lambda: b"", "which torch.save writes since PyTorch 1.6"),
}


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("what", HOSTILE)
def test_nothing_is_built_of_what_asks_for_more_than_it_is(what: str, tmp_path: Path) -> None:
    make, expected = HOSTILE[what]
    path = tmp_path / "hostile.ckpt"
    path.write_bytes(make())
    with pytest.raises(UserError) as refused:
        load(path)
    sentence = str(refused.value)
    assert sentence.startswith(f"{path} is not a checkpoint that can be read safely (")
    assert expected in sentence
    assert sentence.isprintable()


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("what", ["8 GiB", "lists in lists", "a list in itself"])
def test_the_engine_refuses_it_and_goes_on(what: str, tmp_path: Path) -> None:
    path, root = tmp_path / "hostile.ckpt", tmp_path / "checkpoints"
    path.write_bytes(HOSTILE[what][0]())
    events = play(root, [(EngineReady, OpenRun(source=str(path))), (Refused, Quit())])
    (refused,) = only(events, Refused)
    assert HOSTILE[what][1] in refused.reason
    assert not root.exists()


def plain() -> dict[str, Any]:
    """Whatever plain values and tensors a script may save."""
    weights = torch.arange(12.0).reshape(3, 4)
    state = OrderedDict(wlr1=weights, tied=weights, transposed=weights.T, row=weights[1], corner=weights[1:, 2:])
    state._metadata = OrderedDict({"": {"version": 1}})  # type: ignore[attr-defined]
    shared = ["a", "b"]
    return {
        "state_dict": state,
        "numbers": [0, -1, 255, 65_535, 2**31, -(2**31), 2**62, 2**100, 0.5, float("inf"), True, None],
        "texts": ["", "東京", "a\nb", "x" * 1000],
        "nested": {"a": {"b": [{"c": ((1,), [2, 3])}]}, 3: shared, (1, "x"): shared, None: ()},
        "set": {1, "two"},
        "bytes": b"\0\xff",
        "size": weights.shape,
        "parameter": torch.nn.Parameter(weights.clone()),
        "tensors": [
            *(torch.ones(2, dtype=kind) for kind in (torch.float64, torch.float16, torch.bfloat16, torch.int64)),
            *(torch.ones(2, dtype=kind) for kind in (torch.uint8, torch.bool, torch.complex64, torch.int16)),
            *(torch.tensor(1.5), torch.empty(0), torch.empty(3, 0, 2), torch.zeros(2).to_sparse()),
        ],
    }


def same(one: object, other: object) -> bool:
    if isinstance(one, torch.Tensor):
        if not isinstance(other, torch.Tensor) or one.dtype != other.dtype or one.shape != other.shape:
            return False
        return torch.equal(one.to_dense(), other.to_dense()) and (one.is_sparse or one.stride() == other.stride())
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def test_what_a_script_saves_is_read_as_torch_reads_it() -> None:
    data = dumps(plain())
    ours, theirs = loads(data, "here"), torch.load(io.BytesIO(data), weights_only=True)
    assert same(ours, theirs)
    assert ours["state_dict"]._metadata == {"": {"version": 1}}
    assert ours["state_dict"]["wlr1"].data_ptr() == ours["state_dict"]["tied"].data_ptr()


def test_a_large_table_is_read() -> None:
    """As of a thousand companies and a callback that keeps what it saw."""
    whole = {"state_dict": {}, "seen": [{"epoch": epoch, "loss": 0.5, "name": str(epoch)} for epoch in range(10_000)]}
    data = dumps(whole)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.read("archive/data.pkl")) < LARGEST_PICKLE
    assert loads(data, "here") == whole


def test_a_stranger_in_a_checkpoint_is_named() -> None:
    data = dumps({"state_dict": {}, "hyper_parameters": pickle.PickleError("kept by mistake")})
    with pytest.raises(UserError, match=r"it asks for pickle\.PickleError, and nothing but tensors and plain"):
        loads(data, "here")
