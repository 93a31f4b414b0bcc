"""Event files for tests: what TensorBoard's own library makes of them, and bytes of which each record is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from lstm_engine.formats.event_file.framing import FOOT, HEAD
from lstm_engine.formats.event_file.reader import EventFileReader, Piece
from lstm_engine.formats.event_file.writer import EventFileWriter

#: Of a tag: step, time and value of each point, in the file's order.
Points = dict[str, list[tuple[int, float, float]]]


def points_in(pieces: Iterable[Piece]) -> Points:
    """All scalars that our reader found."""
    found: Points = {}
    for piece in pieces:
        for part in piece.scalars:
            rows = zip(part.steps.tolist(), part.walls.tolist(), part.values.tolist(), strict=True)
            found.setdefault(part.tag, []).extend(rows)
    return found


def points_of(path: Path) -> Points:
    """All scalars that our reader finds in a file, which has to be whole."""
    reader = EventFileReader(path)
    found = points_in(reader.new())
    assert reader.problem == ""
    return found


def accumulated(folder: Path) -> EventAccumulator:
    """What TensorBoard makes of a folder's files, every one of its values kept."""
    found = EventAccumulator(
        str(folder), size_guidance=dict.fromkeys(("scalars", "tensors"), 0), purge_orphaned_data=False
    )
    found.Reload()
    return found


def tensorboard_points(folder: Path) -> Points:
    """All scalars that TensorBoard finds in a folder."""
    found = accumulated(folder)
    return {
        tag: [(event.step, event.wall_time, event.value) for event in found.Scalars(tag)]
        for tag in found.Tags()["scalars"]
    }


def scalars_in(folder: Path) -> dict[str, list[tuple[int, float]]]:
    """Step and value of all that TensorBoard shows of a folder's scalars, without what was made void."""
    found = EventAccumulator(str(folder), size_guidance={"scalars": 0})
    found.Reload()
    return {tag: [(event.step, event.value) for event in found.Scalars(tag)] for tag in found.Tags()["scalars"]}


def record_places(data: bytes) -> Iterator[tuple[int, int]]:
    """Where each record of a whole file begins and ends, its head and foot included."""
    at = 0
    while at < len(data):
        end = at + HEAD + int.from_bytes(data[at : at + 8], "little") + FOOT
        yield at, end
        at = end


def written(path: Path, points: Points, texts: dict[str, str] | None = None) -> Path:
    """A file of these points, tag after tag, by our writer."""
    with path.open("wb") as file:
        writer = EventFileWriter(file, wall=1.5)
        for tag, text in (texts or {}).items():
            writer.text(tag, text, wall=2.5)
        for tag, rows in points.items():
            steps, walls, values = zip(*rows, strict=True)
            writer.scalars(tag, np.array(steps, np.int64), np.array(walls), np.array(values, np.float32))
    return path
