"""How open the gates are on a window, epoch by epoch. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_engine.errors import UserError
from lstm_engine.forecast.window_gates import window_gates
from tui.board.state.inside import Inside
from tui.board.view.gate_words import CANDIDATE, OPEN, SHUT

#: Epochs of a curve, at most; parameters that are read for one, at most, and epochs that are worth a curve.
_MOST, _PARAMETERS, _LEAST = 24, 1_500_000, 6


@dataclass(frozen=True)
class GateShares:
    """epochs: ascending. opened, shut: by gate, the share of its values at each. is_exact: all of them are."""

    epochs: tuple[int, ...]
    opened: Mapping[str, tuple[float, ...]]
    shut: Mapping[str, tuple[float, ...]]
    is_exact: bool


def gate_shares(inside: Inside, ticker: int, day: int) -> GateShares | None:
    """On the window of a ticker that predicts a day; None where that is not known, or would take too long.

    Of the candidate, which has a sign, what is beyond ±0.9 counts as open, and what is within ±0.1 as shut.
    """
    return inside.once(("shares", ticker, day), lambda: _worked_out(inside, ticker, day))


def _worked_out(inside: Inside, ticker: int, day: int) -> GateShares | None:
    history, inputs = inside.history, inside.inputs
    if history is None or inputs is None:
        return None
    count = min(len(history.epochs), _MOST, _PARAMETERS // history.layout.count)
    if count < _LEAST:
        return None
    places = np.unique(np.linspace(0, len(history.epochs) - 1, count).round().astype(np.int64))
    chosen = history.epochs[places].tolist()
    try:
        found = [window_gates(inputs, history.at(epoch).tensors, ticker, day).gates for epoch in chosen]
    except (UserError, ValueError):
        return None
    names = tuple(found[0])
    opened, shut = (
        {name: tuple(share(name, gates[name]) for gates in found) for name in names} for share in (_open, _shut)
    )
    return GateShares(tuple(chosen), opened, shut, bool(history.is_full[places].all()))


def _open(name: str, values: NDArray[np.float64]) -> float:
    return float((_amount(name, values) > OPEN).mean())


def _shut(name: str, values: NDArray[np.float64]) -> float:
    return float((_amount(name, values) < SHUT).mean())


def _amount(name: str, values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.abs(values) if name == CANDIDATE else values
