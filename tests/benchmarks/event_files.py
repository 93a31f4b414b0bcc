"""Somebody's event file with very many values, from the disk to what a board shows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np

from lstm_engine.formats.event_file.writer import EventFileWriter, event_file_name
from tests.benchmarks.effort import Effort
from tests.benchmarks.samples import spread
from tests.benchmarks.table import Result, result
from tui.board.state.boards import Boards
from tui.client.log_source import LogSource
from tui.state.told import Told

#: Seconds in which a million values have to be there.
_TARGET = 2.0
#: Metrics that the values are of, and how many steps each are written at a time, as training would.
_TAGS, _AT_ONCE = 10, 50


def event_files(effort: Effort, folder: Path) -> list[Result]:
    """How long it takes until a board has every value of one file."""
    values = effort.long_history
    path = _written(folder, values)
    times = [asyncio.run(_seconds(folder, values)) for _ in range(effort.openings)]
    return [
        result(
            "foreign logs",
            f"an event file of {values:,} scalars, {_TAGS} metrics, {path.stat().st_size / 1e6:.0f} MB: every "
            "checksum verified, every value in the board's state",
            spread(times, unit=" s"),
            f"<= {_TARGET:g} s",
            met=median(times) <= _TARGET,
            seconds=times,
        )
    ]


def _written(folder: Path, values: int) -> Path:
    """A file of so many values, the metrics side by side."""
    path = folder / event_file_name(1.0)
    with path.open("wb") as file:
        writer = EventFileWriter(file)
        for begin in range(0, values // _TAGS, _AT_ONCE):
            steps = np.arange(begin, min(begin + _AT_ONCE, values // _TAGS), dtype=np.int64)
            for tag in range(_TAGS):
                writer.scalars(f"train/metric_{tag}", steps, steps + 1e9, np.sqrt(steps + tag).astype(np.float32))
    return path


async def _seconds(folder: Path, values: int) -> float:
    boards, is_there = Boards(), asyncio.Event()

    def tell(news: Sequence[Told]) -> None:
        nonlocal boards
        boards = boards.after(news)
        if sum(len(series) for board in boards.all for series in board.metrics.values()) == values:
            is_there.set()

    begun = time.monotonic()
    following = asyncio.create_task(LogSource(folder).follow(tell))
    await is_there.wait()
    took = time.monotonic() - begun
    following.cancel()
    return took
