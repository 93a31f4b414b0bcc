"""The unit built by hand, as a LightningModule: the formulas of `lstm.cell` with parameters that torch trains."""

from __future__ import annotations

import numpy as np
import torch
from lightning import seed_everything
from numpy.typing import NDArray
from torch import Tensor, nn

from lstm_engine.lstm import batched
from lstm_engine.lstm.cell import gradient, unroll
from lstm_engine.lstm.parameters import BY_HAND
from lstm_engine.models.base import Batch, CompanyModel, ForwardCache
from lstm_engine.models.flat_adam import FlatAdam
from lstm_engine.run.config import RunConfig

#: From this many companies at once NumPy's arrays beat Python's floats (measured, 60 days, forward and backward: 97 µs
#: a company in floats; in arrays 0.7 ms for 5 to 20 companies, 1.6 ms for 1,000).
_ARRAYS_FROM = 8


class LSTMByHand(CompanyModel):
    """Twelve scalar parameters and the formulas of `cell`; see there for the source.

    The parameters are views of one tensor of twelve, so that a step reads them in one go.
    """

    has_fused_adam = False

    def __init__(self, config: RunConfig) -> None:
        super().__init__(config)
        self._weights = initial_weights(config)
        for spec, weight in zip(BY_HAND, self._weights, strict=True):
            self.register_parameter(spec.name, nn.Parameter(weight))
        self._gradient = torch.zeros(len(BY_HAND))
        self._inputs = self._days.tolist()
        self._forward_cache = ForwardCache[batched.Stack]()

    def forward(self, days: Tensor) -> Tensor:
        """Predictions, shape (companies,), for inputs of shape (companies, days); differentiable by autograd."""
        weights = [self.get_parameter(spec.name) for spec in BY_HAND]
        prediction: Tensor = unroll(weights, days.unbind(1), torch.sigmoid, torch.tanh)[-1].h
        return prediction

    def values(self) -> list[float]:
        values: list[float] = self._weights.tolist()
        return values

    def predictions(self) -> list[float]:
        if len(self._inputs) < _ARRAYS_FROM:
            weights = self.values()
            return [unroll(weights, days)[-1].h for days in self._inputs]
        predictions: list[float] = self._unrolled().predictions.tolist()
        return predictions

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return FlatAdam(self.parameters(), self._weights, self._gradient, self.config.lr)

    def training_step(self, batch: Batch, _index: int) -> None:
        """Forward, backward and optimiser, with the gradient derived by hand: autograd would take most of the time."""
        days, targets = batch
        if len(days) < _ARRAYS_FROM:
            gradients = self._step_in_floats(days.tolist(), targets.tolist())
        else:
            gradients = self._step_in_arrays(days, targets)
        self._gradient.numpy()[:] = gradients
        self.optimizer().step()

    def _step_in_floats(self, days: list[list[float]], targets: list[float]) -> list[float]:
        weights = self.values()
        gradients = [0.0] * len(weights)
        for inputs, target in zip(days, targets, strict=True):
            trace = unroll(weights, inputs)
            residual = trace[-1].h - target
            self._squared_residuals += residual * residual
            # The loss is the mean of squared residuals over the batch.
            own = gradient(weights, trace, 2 * residual / len(days))
            gradients = [sum_so_far + one for sum_so_far, one in zip(gradients, own, strict=True)]
        return gradients

    def _step_in_arrays(self, days: Tensor, targets: Tensor) -> list[float]:
        weights = self._weights.numpy()
        is_full_batch = len(days) == len(self._days)
        stack = self._unrolled() if is_full_batch else batched.unroll(weights, _by_day(days))
        residuals = stack.predictions - targets.numpy()
        self._squared_residuals += float(np.square(residuals, dtype=np.float64).sum())
        return batched.gradient(weights, stack, residuals * np.float32(2 / len(targets)))

    def _unrolled(self) -> batched.Stack:
        """All companies at the weights as they are."""
        weights = self._weights.numpy()
        return self._forward_cache.at(weights.tobytes(), lambda: batched.unroll(weights, _by_day(self._days)))


def initial_weights(config: RunConfig) -> Tensor:
    """The twelve parameters as the seed has them drawn; shape (12,)."""
    seed_everything(config.seed, verbose=False)
    if config.init == "uniform":
        return torch.stack([torch.rand(1)[0] for _ in BY_HAND])
    mean, std = torch.tensor(0.0), torch.tensor(1.0)
    return torch.stack(
        [torch.tensor(0.0) if spec.role == "bias" else torch.normal(mean=mean, std=std) for spec in BY_HAND]
    )


def _by_day(days: Tensor) -> NDArray[np.float32]:
    """The inputs, shape (days, companies)."""
    return np.ascontiguousarray(days.numpy().T)
