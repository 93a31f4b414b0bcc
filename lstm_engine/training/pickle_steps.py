"""What a checkpoint's pickle would build, told before anything is built: a few bytes can ask for gigabytes.

`weights_only` keeps a pickle from running code, yet not from a `bytearray` of 8 GiB, a list of lists that is endless
to whoever walks through it, or a tensor that begins in its numbers and goes on behind them. So its steps are followed
here on stand-ins. Only those are taken that tensors and plain values need.
"""

from __future__ import annotations

import pickletools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

#: Bytes; a run of ours has 5 KB.
LARGEST_PICKLE = 1024 * 1024

#: How many values whoever walks through it meets, and how deep they lie.
MOST_VALUES = 1_000_000
DEEPEST = 100

#: Bytes of a number, by the name of what torch stores it in.
_NUMBER_SIZES: Mapping[str, int] = {
    **{f"torch {name}Storage": 1 for name in ("Bool", "Byte", "Char")},
    **{f"torch {name}Storage": 2 for name in ("Half", "BFloat16", "Short")},
    **{f"torch {name}Storage": 4 for name in ("Float", "Int")},
    **{f"torch {name}Storage": 8 for name in ("Double", "Long", "ComplexFloat")},
    "torch ComplexDoubleStorage": 16,
    "torch.storage UntypedStorage": 1,
}

_DTYPE = re.compile(r"torch (b?float|complex|u?int|bool)[a-z0-9_]*", re.ASCII)


class UnsafeCheckpoint(Exception):  # noqa: N818 - the file is told of, no failure
    """What is wrong with it, in words that go into a sentence."""


@dataclass(frozen=True)
class _Global:
    """A class or a function: its module, a space, its name."""

    name: str


@dataclass(eq=False)
class _Built:
    """Stands in for a value that has others in it.

    kind: list, dict, tuple, set, OrderedDict, tensor, storage, or another thing without parts.
    numbers: how many a storage has.
    """

    kind: str
    parts: list[Any] = field(default_factory=list)
    numbers: int = 0


def check_pickle(pickle: bytes, record_sizes: Mapping[str, int]) -> None:
    """Looks at what a checkpoint's `pickle` would build.

    Args:
        record_sizes: bytes, by a storage's key.

    Raises:
        UnsafeCheckpoint: it is damaged, or builds something else than tensors and plain values, or too much.
    """
    if len(pickle) > LARGEST_PICKLE:
        raise UnsafeCheckpoint(f"its pickle has {len(pickle)} bytes, and {LARGEST_PICKLE} at most are read")
    try:
        _check_extent(_Steps(record_sizes).follow(pickle))
    except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        raise UnsafeCheckpoint("its pickle is damaged") from error


class _Steps:
    """A pickle's steps, taken on stand-ins."""

    def __init__(self, record_sizes: Mapping[str, int]) -> None:
        self._record_sizes = record_sizes
        self._stack: list[Any] = []
        self._below: list[list[Any]] = []
        self._memo: dict[int, Any] = {}

    def follow(self, pickle: bytes) -> Any:
        """The stand-in of what it builds."""
        for code, argument, _ in pickletools.genops(pickle):
            if code.name == "STOP":
                break
            self._step(code.name, argument)
        return self._stack.pop()

    def _step(self, code: str, argument: Any) -> None:
        stack = self._stack
        if code in ("BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT", "BINUNICODE"):
            stack.append(argument)
        elif code in ("NONE", "NEWTRUE", "NEWFALSE"):
            stack.append({"NONE": None, "NEWTRUE": True, "NEWFALSE": False}[code])
        elif code in ("BINPUT", "LONG_BINPUT"):
            self._memo[argument] = stack[-1]
        elif code in ("BINGET", "LONG_BINGET"):
            stack.append(self._memo[argument])
        elif code == "MARK":
            self._below.append(stack)
            self._stack = []
        elif code in ("EMPTY_LIST", "EMPTY_DICT", "EMPTY_TUPLE", "EMPTY_SET"):
            stack.append(_Built(code.removeprefix("EMPTY_").lower()))
        elif code == "TUPLE":
            parts = self._since_mark()
            self._stack.append(_Built("tuple", parts))
        elif code in ("TUPLE1", "TUPLE2", "TUPLE3"):
            count = int(code[-1])
            parts = stack[-count:]
            del stack[-count:]
            stack.append(_Built("tuple", parts))
        elif code in ("APPEND", "SETITEM"):
            count = 1 if code == "APPEND" else 2
            parts = stack[-count:]
            del stack[-count:]
            self._add(parts, "list" if code == "APPEND" else "dict")
        elif code in ("APPENDS", "SETITEMS", "ADDITEMS"):
            parts = self._since_mark()
            self._add(parts, {"APPENDS": "list", "SETITEMS": "dict", "ADDITEMS": "set"}[code])
        elif code == "GLOBAL":
            stack.append(_Global(argument))
        elif code == "BINPERSID":
            stack.append(self._storage(*stack.pop().parts))
        elif code == "REDUCE":
            arguments, function = stack.pop(), stack.pop()
            stack.append(_made(function, arguments.parts))
        elif code == "NEWOBJ":
            raise _foreign(stack[-2])
        elif code == "BUILD":
            state = stack.pop()
            _expect(stack[-1].kind == "OrderedDict" and state.kind == "dict", "it changes more than a table")
            stack[-1].parts.append(state)
        elif code != "PROTO":
            raise UnsafeCheckpoint(f"its pickle takes a step, {code}, that none of tensors and plain values needs")

    def _since_mark(self) -> list[Any]:
        parts, self._stack = self._stack, self._below.pop()
        return parts

    def _add(self, parts: list[Any], kind: str) -> None:
        target = self._stack[-1]
        _expect(target.kind == kind or (kind == "dict" and target.kind == "OrderedDict"), "its pickle is damaged")
        if kind != "list":
            _check_keys(parts[::2] if kind == "dict" else parts)
        target.parts += parts

    def _storage(self, word: str, kind: _Global, key: str, place: str, numbers: int) -> _Built:
        _expect(word == "storage" and isinstance(place, str) and type(numbers) is int, "its pickle is damaged")
        if kind.name not in _NUMBER_SIZES:
            raise _foreign(kind)
        if self._record_sizes.get(key) != numbers * _NUMBER_SIZES[kind.name]:
            raise UnsafeCheckpoint(f"its record {key!r:.40} does not have the {numbers!s:.40} numbers that it should")
        return _Built("storage", numbers=numbers)


def _made(function: Any, arguments: list[Any]) -> _Built:
    """What a call makes. Raises UnsafeCheckpoint where no checkpoint needs it."""
    if not isinstance(function, _Global) or function.name not in _MAKERS:
        raise _foreign(function)
    return _MAKERS[function.name](*arguments)


def _ordered_dict() -> _Built:
    return _Built("OrderedDict")


def _tensor(storage: _Built, offset: int, size: _Built, stride: _Built, *rest: Any) -> _Built:
    """Raises UnsafeCheckpoint where it has more numbers than its storage: torch would make room for them."""
    _expect(storage.kind == "storage" and len(rest) in (2, 3), "its pickle is damaged")
    sizes, strides = _whole_numbers(size), _whole_numbers(stride)
    count, reach = 1, offset + 1
    for length, step in zip(sizes, strides, strict=True):
        count *= length
        reach += (length - 1) * step
    if type(offset) is not int or offset < 0 or count > storage.numbers or (count and reach > storage.numbers):
        raise UnsafeCheckpoint(f"a tensor in it reaches beyond the {storage.numbers} numbers that it is of")
    return _Built("tensor", list(rest))


def _parameter(tensor: _Built, *rest: Any) -> _Built:
    _expect(tensor.kind == "tensor" and len(rest) == 2, "its pickle is damaged")
    return _Built("tensor", list(rest))


def _tensor_without_numbers(dtype: _Global, size: _Built, stride: _Built, requires_grad: bool) -> _Built:
    _expect(_DTYPE.fullmatch(dtype.name) is not None and type(requires_grad) is bool, "its pickle is damaged")
    _whole_numbers(size), _whole_numbers(stride)
    return _Built("tensor")


def _layout(name: str) -> _Built:
    _expect(name == "torch.sparse_coo", "it has a tensor of another layout than torch's usual ones")
    return _Built("layout")


def _sparse_tensor(layout: _Built, parts: _Built) -> _Built:
    indices, values, size, *rest = parts.parts
    _expect((layout.kind, indices.kind, values.kind) == ("layout", "tensor", "tensor"), "its pickle is damaged")
    _expect(all(type(one) is bool for one in rest), "its pickle is damaged")
    _whole_numbers(size)
    return _Built("tensor")


def _bytes(text: str, encoding: str) -> _Built:
    _expect(isinstance(text, str) and encoding == "latin1", "its pickle is damaged")
    return _Built("bytes")


def _set(members: _Built) -> _Built:
    _expect(members.kind == "list", "its pickle is damaged")
    _check_keys(members.parts)
    return _Built("set", members.parts)


def _size(lengths: _Built) -> _Built:
    return _Built("tuple", _whole_numbers(lengths))


#: What may be called, and what comes of it.
_MAKERS: Mapping[str, Callable[..., _Built]] = {
    "collections OrderedDict": _ordered_dict,
    "torch._utils _rebuild_tensor_v2": _tensor,
    "torch._utils _rebuild_parameter": _parameter,
    "torch._utils _rebuild_meta_tensor_no_storage": _tensor_without_numbers,
    "torch._utils _rebuild_sparse_tensor": _sparse_tensor,
    "torch.serialization _get_layout": _layout,
    "torch Size": _size,
    "_codecs encode": _bytes,
    "__builtin__ set": _set,
    "builtins set": _set,
}


def _whole_numbers(numbers: _Built) -> list[int]:
    """Raises UnsafeCheckpoint where they are anything else than lengths."""
    _expect(all(type(one) is int and 0 <= one < 2**63 for one in numbers.parts), "its pickle is damaged")
    _expect(len(numbers.parts) <= 64, "it has a tensor of more than 64 dimensions")
    return numbers.parts


def _check_keys(keys: list[Any]) -> None:
    """Raises UnsafeCheckpoint where one is a tuple of tuples: to look it up could take for ever."""
    for key in keys:
        parts = key.parts if isinstance(key, _Built) and key.kind == "tuple" else [key]
        _expect(not any(isinstance(part, _Built) for part in parts), "it has keys that are neither text nor numbers")


def _check_extent(whole: Any) -> None:
    """Raises UnsafeCheckpoint where who walks through `whole` meets too many values, or comes to no end."""
    extents: dict[int, tuple[int, int]] = {}
    entered: set[int] = set()
    waiting = [whole]
    while waiting:
        one = waiting[-1]
        if not isinstance(one, _Built) or id(one) in extents:
            waiting.pop()
            continue
        open_parts = [part for part in one.parts if isinstance(part, _Built) and id(part) not in extents]
        if open_parts and id(one) not in entered:
            entered.add(id(one))
            waiting += open_parts
            continue
        _expect(not open_parts, "it is in itself")
        inner = [extents[id(part)] for part in one.parts if isinstance(part, _Built)]
        values = 1 + len(one.parts) + sum(count for count, _ in inner)
        depth = 1 + max((depth for _, depth in inner), default=0)
        _expect(values <= MOST_VALUES, f"it is of more than {MOST_VALUES} values")
        _expect(depth <= DEEPEST, f"it is nested more than {DEEPEST} deep")
        extents[id(one)] = values, depth
        waiting.pop()


def _foreign(what: Any) -> UnsafeCheckpoint:
    name = what.name.replace(" ", ".") if isinstance(what, _Global) else "something that it made"
    return UnsafeCheckpoint(f"it asks for {name!s:.80}, and nothing but tensors and plain values is read")


def _expect(truth: bool, otherwise: str) -> None:
    if not truth:
        raise UnsafeCheckpoint(otherwise)
