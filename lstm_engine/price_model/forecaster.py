"""The model of prices: an LSTM, and a linear head, for returns and prices know no bounds and hidden states do."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from lightning import LightningModule
from numpy.typing import NDArray
from torch import Tensor, nn

from lstm_engine.forecast.inputs import Inputs
from lstm_engine.price_model.hand_lstm import HandLSTM
from lstm_engine.price_model.learning_rate import learning_rate_factor
from lstm_engine.price_model.window_loader import Batch, as_inputs
from lstm_engine.prices.windows import Windows

Prices = NDArray[np.float64]


class Forecaster(LightningModule):
    """Predicts the day after each window. The parameters are drawn from PyTorch's generator as it is.

    held_out: predictions of the newest validation, in price units; shape (M, N) for M days and N tickers.
    """

    def __init__(self, inputs: Inputs) -> None:
        super().__init__()
        settings = inputs.settings
        self._inputs = inputs
        if settings.model == "by-hand":
            self.lstm: nn.Module = HandLSTM(settings.hidden)
        else:
            self.lstm = nn.LSTM(1, settings.hidden, settings.layers, batch_first=True)
        self.head = nn.Linear(settings.hidden, 1)
        with torch.no_grad():
            for layer in range(settings.layers):
                bias = getattr(self.lstm, f"bias_ih_l{layer}")
                bias[settings.hidden : 2 * settings.hidden] += settings.forget_bias
        self._validated: list[Tensor] = []
        self.held_out: Prices = np.empty((0, len(inputs.table.tickers)))

    def forward(self, days: Tensor) -> Tensor:
        """Predictions, shape (B,), for inputs of shape (B, K, 1), both scaled."""
        hidden, _ = self.lstm(days)
        predicted: Tensor = self.head(hidden[:, -1]).squeeze(-1)
        return predicted

    def training_step(self, batch: Batch, _: int) -> Tensor:
        loss = nn.functional.mse_loss(self(batch[0]), batch[1])
        self.log("train_loss", loss, on_step=False, on_epoch=True, batch_size=len(batch[1]))
        return loss

    def on_validation_epoch_start(self) -> None:
        self._validated.clear()

    def validation_step(self, batch: Batch, _: int) -> None:
        predicted = self(batch[0])
        loss = nn.functional.mse_loss(predicted, batch[1])
        self.log("val_loss", loss, batch_size=len(batch[1]))
        self._validated.append(predicted)

    def on_validation_epoch_end(self) -> None:
        chosen = self._inputs.split.validation
        found = self._in_prices(torch.cat(self._validated), chosen)
        self.held_out = found.reshape(-1, len(self._inputs.table.tickers))
        error = np.abs(found - self._inputs.windows.observed(chosen)).mean()
        self.log("val_mae", float(error))

    def configure_optimizers(self) -> Any:
        settings = self._inputs.settings
        optimizer = torch.optim.Adam(self.parameters(), lr=settings.lr)
        if settings.schedule == "none":
            return optimizer
        schedule, epochs = settings.schedule, settings.schedule_epochs or settings.epochs
        scheduler = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda epoch: learning_rate_factor(schedule, epoch, epochs)
        )
        return {"optimizer": optimizer, "lr_scheduler": scheduler}

    def ahead(self, count: int) -> Prices:
        """Prices of the `count` days after the table's last; from the second on, made of the model's own.

        Shape (count, N).
        """
        windows, scaling = self._inputs.windows, self._inputs.scaling
        ticker = np.arange(len(windows.table.tickers))
        days = windows.latest()
        last = windows.table.prices[-1]
        found = []
        with torch.no_grad():
            for _ in range(count):
                predicted = self(as_inputs(scaling.scaled(days, ticker))).numpy().astype(np.float64)
                value = scaling.unscaled(predicted, ticker)
                days = np.column_stack([days[:, 1:], value])
                last = last * np.exp(value) if windows.target == "return" else value
                found.append(last)
        return np.array(found)

    def _in_prices(self, predicted: Tensor, chosen: slice) -> Prices:
        windows: Windows = self._inputs.windows
        values = self._inputs.scaling.unscaled(predicted.numpy().astype(np.float64), windows.ticker(chosen))
        return windows.in_prices(values, chosen)
