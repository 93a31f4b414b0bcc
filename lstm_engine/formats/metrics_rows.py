"""Scalars by step, gathered to the rows of a `metrics.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from lstm_engine.formats.metrics_csv import STEP, write_metrics_csv


class MetricsRows:
    """Takes what an `EventFileWriter` takes. Of several values of one metric at a step, the last one stays."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[str, float | None]] = {}

    def hyperparameters(self, values: Mapping[str, Any], metrics: Iterable[str], wall: float | None = None) -> None:
        """Left out: CSVLogger keeps them in a file of their own."""

    def resumed(self, step: int, wall: float | None = None) -> None:  # noqa: ARG002 - rows have no time
        """What there is of this step and later ones is void."""
        self._rows = {at: row for at, row in self._rows.items() if at < step}

    def scalars(
        self,
        tag: str,
        steps: NDArray[np.int64],
        walls: NDArray[np.float64],  # noqa: ARG002 - rows have no time
        values: NDArray[np.floating[Any]],
    ) -> None:
        """Takes values of one metric; all of shape (values,)."""
        for step, value in zip(steps.tolist(), values.tolist(), strict=True):
            self._rows.setdefault(step, {})[tag] = value

    def write(self, file: TextIO) -> None:
        """As `write_metrics_csv` does, a row a step, ascending. Raises OSError."""
        names = {name for row in self._rows.values() for name in row}
        write_metrics_csv(({**row, STEP: step} for step, row in sorted(self._rows.items())), {*names, STEP}, file)
