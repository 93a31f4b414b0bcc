"""Keeps what the model predicted at the epoch of its lowest validation loss, in the run's folder."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from lightning import Callback, LightningModule, Trainer

from lstm_engine.errors import UserError
from lstm_engine.forecast.predictions import Predictions, write_predictions
from lstm_engine.price_model.forecaster import Forecaster


class BestEpoch(Callback):
    """Goes along in every checkpoint, so that a training that goes on, or branches off, knows what it has to beat."""

    def __init__(self, run: Path, horizon: int) -> None:
        """horizon: days ahead that are forecast."""
        self._run = run
        self._horizon = horizon
        self._best: Predictions | None = None

    def on_fit_start(self, *_: object) -> None:
        if self._best is not None:
            write_predictions(self._run, self._best)

    def on_validation_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        assert isinstance(pl_module, Forecaster)  # noqa: S101 - for the type checker
        loss = float(trainer.callback_metrics["val_loss"])
        if not math.isfinite(loss):
            raise UserError(
                f"the validation loss is {loss} after {trainer.current_epoch + 1} epochs: try a lower --lr"
            )
        if self._best is None or loss < self._best.loss:
            ahead = pl_module.ahead(self._horizon)
            self._best = Predictions(trainer.current_epoch + 1, loss, pl_module.held_out, ahead)
            write_predictions(self._run, self._best)

    def state_dict(self) -> dict[str, Any]:
        best = self._best
        if best is None:
            return {}
        held_out, ahead = torch.from_numpy(best.held_out), torch.from_numpy(best.ahead)
        return {"epoch": best.epoch, "loss": best.loss, "held_out": held_out, "ahead": ahead}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        if state_dict:
            arrays = (state_dict[name].numpy() for name in ("held_out", "ahead"))
            self._best = Predictions(state_dict["epoch"], state_dict["loss"], *arrays)
