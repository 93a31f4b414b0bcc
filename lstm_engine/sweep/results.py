"""What has become of the members of a sweep."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_engine.errors import UserError
from lstm_engine.lstm.parameters import BY_HAND
from lstm_engine.run.history import as_sent
from lstm_engine.sweep.block import Training
from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.sweep.shares import is_solved
from lstm_engine.sweep.sweep_folder import blocks_of, is_whole, read_block, read_settings
from lstm_engine.text import printable

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Results:
    """By member, in the order of the settings, S of them.

    epoch: completed by all of them. reached: by each of them, which may be more in mid-training, shape (S,).
    weights: shape (12, S). loss: of their last epoch, shape (S,).
    losses: of the recorded epochs, shape (epochs, S). predictions: shape (companies, S). solved: shape (S,).
    """

    settings: SweepSettings
    epoch: int
    reached: NDArray[np.int64]
    weights: Floats
    loss: Floats
    losses: Floats
    predictions: Floats
    solved: NDArray[np.bool_]

    @property
    def members(self) -> list[dict[str, Any]]:
        """Each as JSON has it; numbers in full, None for what is not finite."""
        companies, names = self.settings.data.names, [spec.name for spec in BY_HAND]
        losses = as_sent(self.loss)
        predictions = [as_sent(row) for row in self.predictions.T]
        parameters = [as_sent(row) for row in self.weights.T]
        return [
            {
                "seed": member.seed,
                "lr": member.lr,
                "init": member.init,
                "train_loss": losses[number],
                "solved": bool(self.solved[number]),
                "predictions": dict(zip(companies, predictions[number], strict=True)),
                "parameters": dict(zip(names, parameters[number], strict=True)),
            }
            for number, member in enumerate(self.settings.members)
        ]


def read_results(folder: Path) -> Results:
    """Those of a sweep's folder. Raises UserError where a block is missing or damaged."""
    settings = read_settings(folder)
    places = blocks_of(folder)
    if not is_whole(settings, places):
        raise UserError(f"sweep {printable(folder.name)} has not begun, or has lost a block: expected all its members")
    blocks = [read_block(folder, *place) for place in places]
    epoch = min(block.epoch for block in blocks)
    recorded = min(len(block.losses) for block in blocks)
    weights = np.concatenate([block.weights for block in blocks], axis=1)
    predictions = Training(settings.data, settings.count).predictions(weights)
    return Results(
        settings=settings,
        epoch=epoch,
        reached=np.repeat([block.epoch for block in blocks], [last - first for first, last in places]),
        weights=weights,
        loss=np.concatenate([block.loss for block in blocks]),
        losses=np.concatenate([block.losses[:recorded] for block in blocks], axis=1),
        predictions=predictions,
        solved=is_solved(settings, predictions),
    )
