"""`torch.nn.LSTM` with one hidden value, as a LightningModule."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from lstm_engine.models.base import Batch, CompanyModel, ForwardCache
from lstm_engine.run.config import RunConfig


class LSTMBuiltIn(CompanyModel):
    """`torch.nn.LSTM` with one input and one hidden value; 16 scalars, for it has two biases a gate."""

    has_fused_adam = True

    def __init__(self, config: RunConfig) -> None:
        super().__init__(config)
        self.lstm = nn.LSTM(input_size=1, hidden_size=1)
        self._is_full_batch = config.batch_size >= len(self._days)
        self._forward_cache = ForwardCache[Tensor]()
        if config.init == "normal":
            for name, tensor in self.lstm.named_parameters():
                _ = nn.init.zeros_(tensor) if name.startswith("bias") else nn.init.normal_(tensor)

    def forward(self, days: Tensor) -> Tensor:
        """Predictions, shape (companies,), for inputs of shape (companies, days)."""
        hidden, _ = self.lstm(days.T.unsqueeze(-1))  # (days, companies, 1)
        prediction: Tensor = hidden[-1, :, 0]
        return prediction

    def values(self) -> list[float]:
        values: list[float] = torch.cat([tensor.detach().flatten() for tensor in self.parameters()]).tolist()
        return values

    def predictions(self) -> list[float]:
        with torch.set_grad_enabled(self._is_full_batch):
            predictions: list[float] = self._predicted().tolist()
        return predictions

    def _predicted(self) -> Tensor:
        """For all companies at the weights as they are; at full batch with the graph that the next step goes back."""
        weights = b"".join(tensor.detach().numpy().tobytes() for tensor in self.parameters())
        return self._forward_cache.at(weights, lambda: self.forward(self._days))

    def on_train_start(self) -> None:
        """Restoring a checkpoint writes to the weights in place: a graph from before cannot be gone back through."""
        self._forward_cache.clear()

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return torch.optim.Adam(self.parameters(), lr=self.config.lr, fused=self.has_fused_adam)

    def training_step(self, batch: Batch, _index: int) -> None:
        days, targets = batch
        residuals = (self._predicted() if self._is_full_batch else self.forward(days)) - targets
        loss = residuals.square().mean()
        optimizer = self.optimizer()
        optimizer.zero_grad()
        self.manual_backward(loss)
        self._forward_cache.clear()  # the graph is used up
        optimizer.step()
        self._squared_residuals += loss.item() * len(targets)
