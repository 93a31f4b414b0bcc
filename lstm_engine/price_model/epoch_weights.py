"""Keeps the parameters at the end of every epoch, within a budget, for a viewer who loads no PyTorch."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from lightning import Callback, LightningModule, Trainer

from lstm_engine.weight_history.history_file import HistoryFile
from lstm_engine.weight_history.layout import Layout


class EpochWeights(Callback):
    """It only looks on: where nothing can be written, the history ends and training does not."""

    def __init__(self, run: Path) -> None:
        self._run = run
        self._file: HistoryFile | None = None

    def on_train_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        layout = Layout(tuple((name, tuple(each.shape)) for name, each in pl_module.named_parameters()))
        file = HistoryFile(self._run, layout)
        try:
            file.begin(trainer.current_epoch)
            self._file = file
        except OSError as error:
            self._end(error)

    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        if self._file is None:
            return
        loss = float(trainer.callback_metrics.get("val_loss", float("nan")))
        values = np.concatenate([each.detach().numpy().ravel() for each in pl_module.parameters()])
        try:
            self._file.add(trainer.current_epoch + 1, loss, values)
        except OSError as error:
            self._end(error)

    def on_train_end(self, *_: object) -> None:
        self._close()

    def on_exception(self, *_: object) -> None:
        self._close()

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _end(self, error: OSError) -> None:
        self._close()
        sys.stderr.write(f"no parameters are kept from here on ({error.strerror}); the training goes on\n")
