"""What was read of a model of prices to look into it: its parameters at every epoch, and what goes into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import Inputs
from lstm_engine.weight_history.history import History, Snapshot
from lstm_engine.weight_history.tensor_figures import TensorFigures, tensor_figures

#: How many epochs are kept worked out: that of the cursor, and of a few places that it was at before.
_KEPT = 4


@dataclass(frozen=True, eq=False)
class Inside:
    """directory: of the run. history: at least one epoch; None where none is kept, or it is damaged.

    inputs: None where they cannot be read. problem: why something is missing.
    """

    directory: Path
    history: History | None = None
    inputs: Inputs | None = None
    problem: str = ""
    _found: dict[int | None, tuple[Snapshot, dict[str, TensorFigures]] | None] = field(
        default_factory=dict, repr=False
    )

    def snapshot(self, epoch: int | None) -> Snapshot | None:
        """The parameters at an epoch, or at the one next to it; of None the newest. None where there are none."""
        found = self._at(epoch)
        return None if found is None else found[0]

    def figures(self, epoch: int | None) -> dict[str, TensorFigures]:
        """What its tensors come to, by name; empty where there is no snapshot."""
        found = self._at(epoch)
        return {} if found is None else found[1]

    def _at(self, epoch: int | None) -> tuple[Snapshot, dict[str, TensorFigures]] | None:
        if epoch not in self._found:
            while len(self._found) >= _KEPT:
                del self._found[next(iter(self._found))]
            self._found[epoch] = self._worked_out(epoch)
        return self._found[epoch]

    def _worked_out(self, epoch: int | None) -> tuple[Snapshot, dict[str, TensorFigures]] | None:
        if self.history is None:
            return None
        try:
            snapshot = self.history.at(int(self.history.epochs[-1]) if epoch is None else epoch)
            return snapshot, tensor_figures(self.history, snapshot)
        except UserError:
            return None
