"""What a run has been through, in memory: one row of 32-bit floats an epoch.

What stands where in a row, `Columns` alone knows; two companies and twelve parameters take 60 bytes an epoch. Row k is
epoch k; row 0 is the untrained model, whose loss is NaN. NaN stands for a value that was not finite as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.run.config import RunConfig

Rows = NDArray[np.float32]


Value = TypeVar("Value")


@dataclass(frozen=True)
class Named(Generic[Value]):
    """One thing for every column, by what the column is of: a number of a row, or all the epochs' numbers.

    predictions: by company. parameters: by name. Both in the order of the columns.
    """

    loss: Value
    predictions: Mapping[str, Value]
    parameters: Mapping[str, Value]


@dataclass(frozen=True)
class Columns:
    """What the columns of a history mean, and where each is: no other code counts them.

    companies: whose predictions there are. parameters: the names of the parameters.
    """

    companies: tuple[str, ...]
    parameters: tuple[str, ...]

    @classmethod
    def of(cls, config: RunConfig) -> Columns:
        return cls(config.data.names, tuple(spec.name for spec in PARAMETERS[config.model]))

    @staticmethod
    def row(loss: Value, predictions: Iterable[Value], parameters: Iterable[Value]) -> list[Value]:
        """What these columns hold at one epoch, in their order."""
        return [loss, *predictions, *parameters]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return 1 + len(self.companies) + len(self.parameters)

    @property
    def loss_column(self) -> int:
        return 0

    @property
    def prediction_columns(self) -> slice:
        return slice(1, 1 + len(self.companies))

    @property
    def parameter_columns(self) -> slice:
        return slice(self.prediction_columns.stop, self.width)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every column's own name, such as `train_loss`, `prediction A`, `wlr1`; each is there once."""
        return tuple(self.row("train_loss", (f"prediction {company}" for company in self.companies), self.parameters))

    def position(self, name: str) -> int:
        """Where the column is that has this one of `names`. Raises KeyError where none has."""
        return self._positions[name]

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.names)}

    def named(self, values: Sequence[Value]) -> Named[Value]:
        """One value a column, in their order, by what the columns are of; the opposite of `in_order`."""
        return Named(
            values[self.loss_column],
            dict(zip(self.companies, values[self.prediction_columns], strict=True)),
            dict(zip(self.parameters, values[self.parameter_columns], strict=True)),
        )

    def in_order(self, named: Named[Value]) -> list[Value]:
        """One value a column, in their order. Raises KeyError where one is missing."""
        predictions = (named.predictions[company] for company in self.companies)
        return self.row(named.loss, predictions, (named.parameters[name] for name in self.parameters))


@dataclass
class _Buffer:
    """Storage that several histories share, as long as each of them only appends where the other ended."""

    rows: Rows
    used: int


@dataclass(frozen=True)
class History:
    """The epochs 0 to `last_epoch`, immutable: `extended` and `truncated` return new ones.

    Appending is amortised O(1) an epoch: the rows live in a shared buffer that grows by half, and a history is a view
    of its beginning.
    """

    columns: Columns
    length: int = 0
    _buffer: _Buffer = field(default_factory=lambda: _Buffer(np.empty((0, 0), np.float32), 0), compare=False)

    @classmethod
    def from_rows(cls, columns: Columns, rows: Rows) -> History:
        """A history of `rows`, shape (epochs + 1, columns.width); it takes the array over, uncopied."""
        if rows.shape[1:] != (columns.width,):
            raise ValueError(f"rows of shape {rows.shape} for {columns.width} columns")
        return cls(columns, len(rows), _Buffer(rows, len(rows)))

    @property
    def last_epoch(self) -> int:
        """The newest epoch, -1 where there is none."""
        return self.length - 1

    @property
    def rows(self) -> Rows:
        """Shape (length, columns.width). Not to be written to."""
        return self._buffer.rows[: self.length] if self.length else np.empty((0, self.columns.width), np.float32)

    @property
    def loss(self) -> Rows:
        """Shape (length,)."""
        return self.rows[:, self.columns.loss_column]

    @property
    def predictions(self) -> Rows:
        """Shape (length, companies)."""
        return self.rows[:, self.columns.prediction_columns]

    @property
    def parameters(self) -> Rows:
        """Shape (length, parameters)."""
        return self.rows[:, self.columns.parameter_columns]

    def prediction(self, company: int) -> Rows:
        """Of company number `company`; shape (length,)."""
        return self.predictions[:, company]

    def parameter(self, index: int) -> Rows:
        """Of parameter number `index`; shape (length,)."""
        return self.parameters[:, index]

    def predictions_at(self, epoch: int) -> Rows:
        """Shape (companies,)."""
        return self.rows[epoch, self.columns.prediction_columns]

    def parameters_at(self, epoch: int) -> Rows:
        """Shape (parameters,)."""
        return self.rows[epoch, self.columns.parameter_columns]

    def extended(self, rows: Rows) -> History:
        """This history with `rows` behind it."""
        if not len(rows):
            return self
        buffer, length = self._buffer, self.length + len(rows)
        if buffer.used != self.length or len(buffer.rows) < length:
            room = np.empty((max(length, len(buffer.rows) * 3 // 2, 1024), self.columns.width), np.float32)
            room[: self.length] = self.rows
            buffer = _Buffer(room, self.length)
        buffer.rows[self.length : length] = rows
        buffer.used = length
        return History(self.columns, length, buffer)

    def truncated(self, last_epoch: int) -> History:
        """The epochs up to `last_epoch` alone."""
        return History(self.columns, min(self.length, last_epoch + 1), self._buffer)


def as_sent(values: Rows) -> list[float | None]:
    """A one-dimensional array as messages carry it: what is not finite is None."""
    return [value if math.isfinite(value) else None for value in values.tolist()]
