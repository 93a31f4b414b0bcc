"""A folder with a `metrics.csv`, as Lightning's CSVLogger leaves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lstm_engine.formats.metrics_csv import METRICS, MetricsCsvReader
from lstm_engine.script.vocabulary.events import Event
from tui.client.logs.hparams_file import HparamsFile
from tui.client.logs.logged import logged
from tui.state.told import Told


class CsvFolder:
    """Tells what the file says."""

    def __init__(self, run: str, directory: Path) -> None:
        self._run = run
        self._directory = directory
        self._reader = MetricsCsvReader(directory / METRICS)
        self._times = self._reader.times
        self._hparams = HparamsFile(directory)
        self._problem = ""

    def new(self) -> Iterator[Told]:
        """What is new, a piece at a time. Raises OSError."""
        yield from self._told(self._hparams.new())
        for columns in self._reader.new():
            is_anew = self._reader.times != self._times
            if is_anew:
                self._times = self._reader.times
                self._hparams = HparamsFile(self._directory)
            events = [logged(column.name, column.steps, column.values) for column in columns]
            yield from self._told(events, anew=is_anew)
            if is_anew:
                yield from self._told(self._hparams.new())
        yield from self._told([])

    def _told(self, events: Sequence[Event], *, anew: bool = False) -> Iterator[Told]:
        """Nothing where there are no events, and no other problem than before."""
        problem = f"{METRICS}: {self._reader.problem}" if self._reader.problem else ""
        if events or anew or problem != self._problem:
            self._problem = problem
            yield Told(self._run, events, problem=problem, anew=anew)
