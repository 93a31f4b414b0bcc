"""The gates of a recurrent module on one sequence, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_engine.script.vocabulary.module_events import Gates


@dataclass(frozen=True, eq=False)
class ModuleGates:
    """step: at which they were taken. module, which: its name, and the layer and direction; empty where it has one.

    gates: by name, shape (time steps, units), at least one of each; NaN for what is not finite.
    sample, samples: as in `Gates`.
    """

    step: int
    module: str
    kind: str
    which: str
    gates: dict[str, NDArray[np.float64]]
    sample: int = 0
    samples: int = 0

    @classmethod
    def of(cls, told: Gates) -> ModuleGates:
        """As they were told; a gate whose time steps are not all of one length is left out."""
        gates = {
            name: np.array(rows, np.float64)
            for name, rows in zip(told.names, told.values, strict=False)
            if len({len(row) for row in rows}) == 1 and rows[0]
        }
        return cls(told.step, told.module, told.kind, told.of, gates, told.sample, told.samples)
