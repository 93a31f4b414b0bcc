"""Members of a sweep side by side, on one core, against runs of the engine one after the other."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from lstm_engine.protocol.messages import RunFinished
from lstm_engine.run.config import RunConfig
from lstm_engine.sweep.block import Block, Training
from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.sweep.sweep_folder import MOST_IN_BLOCK
from lstm_engine.sweep_run.initial_weights import initial_weights
from tests.benchmarks.effort import Effort
from tests.benchmarks.samples import spread
from tests.benchmarks.table import Result, result
from tests.support.in_process import only, train

#: Members, and how many times the engine's epochs a second are wanted of them.
_SIZES: dict[int, float | None] = {1: None, 100: None, 1_000: 100.0, 10_000: 600.0}
_ENGINE_EPOCHS = 1000


def sweeps(effort: Effort, folder: Path) -> list[Result]:
    """The engine and each size take turns; processor seconds."""
    epochs = min(_ENGINE_EPOCHS, effort.swept)
    ratios: dict[int, list[float]] = {members: [] for members in _SIZES}
    rates: dict[int, list[float]] = {members: [] for members in _SIZES}
    for number in range(effort.sweep_rounds):
        engine = _engine(folder / str(number), epochs)
        for members in _SIZES:
            rate = _side_by_side(members, effort.swept)
            rates[members].append(rate)
            ratios[members].append(rate / engine)
    results = []
    for members, wanted in _SIZES.items():
        middle = sorted(ratios[members])[len(ratios[members]) // 2]
        results.append(
            result(
                f"sweep of {members:,}",
                f"epochs of a member a second of one core over the engine's epochs a second, in turn; at best "
                f"{max(rates[members]):,.0f} a second",
                spread(ratios[members], ".1f"),
                "" if wanted is None else f"≥ {wanted:.0f}",
                met=None if wanted is None else middle >= wanted,
                ratios=ratios[members],
            )
        )
    return results


def _engine(folder: Path, epochs: int) -> float:
    begun = time.process_time()
    [finished] = only(train(folder, RunConfig(), epochs), RunFinished)
    assert finished.epoch == epochs
    return epochs / (time.process_time() - begun)


def _side_by_side(members: int, swept: int) -> float:
    size = min(members, MOST_IN_BLOCK)
    settings = SweepSettings(seeds=tuple(range(size)))
    weights = initial_weights([settings.config(member) for member in settings.members])
    blocks = [Block.of(weights, np.full(size, 0.001)) for _ in range(members // size)]
    training, epochs = Training(settings.data, size), max(1, min(swept // members, 2000))
    begun = time.process_time()
    for block in blocks:
        training.train(block, epochs, epochs)
    return members * epochs / (time.process_time() - begun)
