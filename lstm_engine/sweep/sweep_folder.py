"""A sweep's folder: its settings, and a file for each block of members, replaced whole when it has moved on."""

from __future__ import annotations

import itertools
from pathlib import Path

import msgspec
import numpy as np

from lstm_engine.errors import UserError
from lstm_engine.store.arrays import Array, read_arrays, write_arrays
from lstm_engine.store.files import bytes_at, write_durably
from lstm_engine.sweep.block import Block
from lstm_engine.sweep.settings import SweepSettings, checked_sweep
from lstm_engine.text import printable

#: What makes a folder a sweep's.
RECORD = "sweep.json"
#: Members of a block: their arrays fit into a processor's cache.
MOST_IN_BLOCK = 1000
#: Losses of a member that are recorded, at most and one more.
RECORDED = 100


def write_settings(folder: Path, settings: SweepSettings) -> None:
    """Makes the folder a sweep's. Raises OSError."""
    write_durably(folder / RECORD, msgspec.json.format(msgspec.json.encode(settings)))


def read_settings(folder: Path) -> SweepSettings:
    """Raises UserError where they are missing or damaged."""
    path = printable(str(folder / RECORD))
    try:
        return checked_sweep(msgspec.json.decode(bytes_at(folder / RECORD), type=SweepSettings))
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}): expected a sweep's settings") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path} is damaged ({printable(str(error))}): expected a sweep's settings") from error


def find_sweep(root: Path, name: str) -> Path | None:
    """The sweep's folder that `name` names, under `root` or as a path; None where there is none."""
    return next((path.resolve() for path in (root / name, Path(name)) if (path / RECORD).is_file()), None)


def every(settings: SweepSettings) -> int:
    """How many epochs lie between two recorded losses."""
    return max(1, settings.epochs // RECORDED)


def bounds(settings: SweepSettings, workers: int = 1) -> list[tuple[int, int]]:
    """The blocks as members from one to before another, of nearly the same size: each worker has one at least."""
    count = max(-(-settings.count // MOST_IN_BLOCK), min(workers, settings.count))
    ends = [settings.count * number // count for number in range(count + 1)]
    return list(itertools.pairwise(ends))


def blocks_of(folder: Path) -> list[tuple[int, int]]:
    """The blocks that are there, by their files' names; empty before the first was written."""
    found = [path.stem.split("-")[1:] for path in folder.glob("block-*-*.npz")]
    return sorted((int(first), int(last)) for first, last in found)


def is_whole(settings: SweepSettings, places: list[tuple[int, int]]) -> bool:
    """Whether these blocks are all that there are to be, each member in one of them."""
    ends = [0, *(last for _, last in places)]
    return bool(places) and [first for first, _ in places] == ends[:-1] and ends[-1] == settings.count


def write_block(folder: Path, first: int, last: int, block: Block, *, finished: bool) -> None:
    """Puts the block in the place of what is there. finished: Adam's state is of no more use. Raises OSError."""
    arrays: dict[str, Array] = {"weights": block.weights, "lr": block.lr, "losses": block.losses, "loss": block.loss}
    if not finished:
        arrays |= {"m": block.m, "v": block.v}
    write_arrays(folder / _name(first, last), compressed=True, epoch=np.array(block.epoch), **arrays)


def read_block(folder: Path, first: int, last: int) -> Block:
    """Raises UserError where it is missing or damaged."""
    path = folder / _name(first, last)
    try:
        arrays = read_arrays(path)
        weights = arrays["weights"]
        m, v = (arrays[name] if name in arrays else np.zeros_like(weights) for name in ("m", "v"))
        block = Block(weights, m, v, arrays["lr"], int(arrays["epoch"]), arrays["losses"], arrays["loss"])
        kinds = {each.dtype for each in (weights, m, v, block.losses, block.loss)}
        members = last - first
        shapes = {weights.shape, m.shape, v.shape}
        if kinds != {np.dtype(np.float32)} or shapes != {(12, members)} or block.losses.shape[1:] != (members,):
            raise ValueError(f"arrays of {weights.shape} and {block.losses.shape} for {members} members")
        return block
    except OSError as error:
        raise UserError(f"{printable(str(path))} cannot be read ({error.strerror}): expected a block") from error
    except (ValueError, KeyError, IndexError, TypeError) as error:
        said = printable(str(error))
        raise UserError(f"{printable(str(path))} is damaged ({said}): expected a block of members") from error


def remove_block(folder: Path, first: int, last: int) -> None:
    """Raises OSError."""
    (folder / _name(first, last)).unlink()


def _name(first: int, last: int) -> str:
    return f"block-{first}-{last}.npz"
