"""What was read of a model of prices to look into it: its parameters at every epoch, and what goes into it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import Inputs
from lstm_engine.forecast.window_gates import WindowGates, window_gates
from lstm_engine.weight_history.history import History, Snapshot
from lstm_engine.weight_history.tensor_figures import TensorFigures, tensor_figures

#: How many things are kept worked out: those of the cursor, and of a few places that it was at before.
_KEPT = 12

Found = TypeVar("Found")


@dataclass(frozen=True, eq=False)
class Inside:
    """directory: of the run. history: at least one epoch; None where none is kept, or it is damaged.

    inputs: None where they cannot be read. problem: why something is missing.
    exact: the epochs that were computed again, in all their bits.
    """

    directory: Path
    history: History | None = None
    inputs: Inputs | None = None
    problem: str = ""
    exact: Mapping[int, Snapshot] = field(default_factory=dict)
    _found: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def with_exact(self, exact: Mapping[int, Snapshot]) -> Inside:
        """The same with these epochs computed again."""
        return Inside(self.directory, self.history, self.inputs, self.problem, exact)

    def snapshot(self, epoch: int | None) -> Snapshot | None:
        """The parameters at an epoch, or at the one next to it; of None the newest. None where there are none."""
        return self.once(("snapshot", epoch), lambda: self._snapshot(epoch))

    def figures(self, epoch: int | None) -> dict[str, TensorFigures]:
        """What its tensors come to, by name; empty where there is no snapshot."""
        return self.once(("figures", epoch), lambda: self._figures(epoch))

    def gates(self, epoch: int | None, ticker: int, day: int) -> WindowGates | None:
        """Those of the first layer on the window of a ticker that predicts a day; None where they are not known.

        day: as in `window_gates`.
        """
        return self.once(("gates", epoch, ticker, day), lambda: self._gates(epoch, ticker, day))

    def once(self, asked: Hashable, work: Callable[[], Found]) -> Found:
        """What `work` comes to, worked out when it is first asked for."""
        if asked not in self._found:
            found = work()
            while len(self._found) >= _KEPT:
                del self._found[next(iter(self._found))]
            self._found[asked] = found
        known: Found = self._found[asked]
        return known

    def _snapshot(self, epoch: int | None) -> Snapshot | None:
        if self.history is None:
            return None
        if epoch is not None and epoch in self.exact:
            return self.exact[epoch]
        try:
            return self.history.at(int(self.history.epochs[-1]) if epoch is None else epoch)
        except UserError:
            return None

    def _figures(self, epoch: int | None) -> dict[str, TensorFigures]:
        snapshot = self.snapshot(epoch)
        if snapshot is None or self.history is None:
            return {}
        try:
            return tensor_figures(self.history, snapshot, self.exact.get(snapshot.epoch - 1))
        except UserError:
            return {}

    def _gates(self, epoch: int | None, ticker: int, day: int) -> WindowGates | None:
        snapshot = self.snapshot(epoch)
        if snapshot is None or self.inputs is None:
            return None
        try:
            return window_gates(self.inputs, snapshot.tensors, ticker, day)
        except ValueError:
            return None
