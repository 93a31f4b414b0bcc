"""The two models, as LightningModules with one interface: the unit built by hand, and `torch.nn.LSTM`.

Both train in manual optimisation and keep their parameters where a plain Lightning script has them, so that
checkpoints go both ways.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

import numpy as np
import torch
from lightning import LightningModule, seed_everything
from lightning.pytorch.core.optimizer import LightningOptimizer
from numpy.typing import NDArray
from torch import Tensor, nn

from lstm_engine.cell import Weights, gradient, unroll
from lstm_engine.companies import Companies
from lstm_engine.config import RunConfig
from lstm_engine.parameters import BY_HAND

Batch = tuple[Tensor, Tensor]

#: From this many companies at once NumPy's arrays beat Python's floats (measured: 60 days, 92 µs a company in floats,
#: 2 ms for 2 to 32 companies in arrays).
_ARRAYS_FROM = 20


def tensors(data: Companies) -> Batch:
    """The inputs, shape (companies, days), and the targets, shape (companies,), as 32-bit floats."""
    return torch.tensor(data.days), torch.tensor(data.targets)


class CompanyModel(LightningModule):
    """What the engine asks of a model. Its data is fixed at construction: it predicts for all companies at once."""

    def __init__(self, config: RunConfig) -> None:
        super().__init__()
        self.automatic_optimization = False
        self.config = config
        self._days, _ = tensors(config.data)
        self._squared_residuals = 0.0
        seed_everything(config.seed, verbose=False)

    @abstractmethod
    def values(self) -> list[float]:
        """Every scalar parameter, in the order of `PARAMETERS`."""

    @abstractmethod
    def predictions(self) -> list[float]:
        """For every company, at the parameters as they are now."""

    def take_loss(self) -> float:
        """The mean squared residual over the companies trained since the last call, each before its own step."""
        loss = self._squared_residuals / len(self._days)
        self._squared_residuals = 0.0
        return loss

    def configure_optimizers(self) -> torch.optim.Optimizer:
        # One kernel for all parameters: 1.5 times the speed of the whole training step.
        return torch.optim.Adam(self.parameters(), lr=self.config.lr, fused=True)

    def optimizer(self) -> LightningOptimizer:
        """The one optimiser, while a Trainer runs."""
        optimizer = self.optimizers()
        assert isinstance(optimizer, LightningOptimizer)  # noqa: S101 - for the type checker
        return optimizer

    def on_save_checkpoint(self, checkpoint: dict[str, Any]) -> None:
        """Counts the steps where automatic optimisation looks for them too: a plain script may resume from here."""
        loop = checkpoint["loops"]["fit_loop"]
        manual = loop["epoch_loop.manual_optimization.optim_step_progress"]
        step = loop["epoch_loop.automatic_optimization.optim_progress"]["optimizer"]["step"]
        step["total"].update(manual["total"])
        step["current"].update(manual["current"])

    def on_load_checkpoint(self, checkpoint: dict[str, Any]) -> None:
        """Goes on with this run's learning rate, in the fused form, whoever saved the checkpoint."""
        for group in checkpoint["optimizer_states"][0]["param_groups"]:
            group.update(lr=self.config.lr, fused=True, foreach=None)
        loop = checkpoint["loops"]["fit_loop"]
        manual = loop["epoch_loop.manual_optimization.optim_step_progress"]
        if manual["total"]["completed"] == 0:
            step = loop["epoch_loop.automatic_optimization.optim_progress"]["optimizer"]["step"]
            manual["total"].update(step["total"])
            manual["current"].update(step["current"])


class LSTMByHand(CompanyModel):
    """Twelve scalar parameters and the formulas of `cell`; see there for the source.

    The parameters are views of one tensor of twelve, so that a step reads them in one go.
    """

    def __init__(self, config: RunConfig) -> None:
        super().__init__(config)
        self._weights = _initial_by_hand(config)
        for spec, weight in zip(BY_HAND, self._weights, strict=True):
            self.register_parameter(spec.name, nn.Parameter(weight))
        self._gradient = torch.zeros(len(BY_HAND))
        self._inputs = self._days.tolist()
        self._input_columns = _columns(self._days)

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
        trace = unroll(_scalars(self._weights), self._input_columns, _logistic_array, np.tanh)
        predictions: list[float] = trace[-1].h.tolist()
        return predictions

    def on_train_start(self) -> None:
        # The optimiser finds its gradients where `training_step` writes them; nothing else ever touches them.
        for spec, slot in zip(BY_HAND, self._gradient, strict=True):
            self.get_parameter(spec.name).grad = slot

    def training_step(self, batch: Batch, _index: int) -> None:
        """Forward, backward and optimiser, with the gradient derived by hand: autograd would take most of the time."""
        days, targets = batch
        if len(days) < _ARRAYS_FROM:
            gradients = self._step_in_floats(days.tolist(), targets.tolist())
        else:
            gradients = self._step_in_arrays(_columns(days), targets.numpy())
        self._gradient.copy_(torch.tensor(gradients))
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

    def _step_in_arrays(self, days: list[NDArray[np.float32]], targets: NDArray[np.float32]) -> list[float]:
        weights = _scalars(self._weights)
        trace = unroll(weights, days, _logistic_array, np.tanh)
        residuals = trace[-1].h - targets
        self._squared_residuals += float(np.square(residuals, dtype=np.float64).sum())
        return [float(own.sum()) for own in gradient(weights, trace, residuals * np.float32(2 / len(targets)))]


class LSTMBuiltIn(CompanyModel):
    """`torch.nn.LSTM` with one input and one hidden value; 16 scalars, for it has two biases a gate."""

    def __init__(self, config: RunConfig) -> None:
        super().__init__(config)
        self.lstm = nn.LSTM(input_size=1, hidden_size=1)
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
        with torch.no_grad():
            predictions: list[float] = self.forward(self._days).tolist()
        return predictions

    def training_step(self, batch: Batch, _index: int) -> None:
        days, targets = batch
        residuals = self.forward(days) - targets
        loss = residuals.square().mean()
        optimizer = self.optimizer()
        optimizer.zero_grad()
        self.manual_backward(loss)
        optimizer.step()
        self._squared_residuals += loss.item() * len(targets)


def build(config: RunConfig) -> CompanyModel:
    """The untrained model of a run, its parameters drawn from the run's seed."""
    return LSTMByHand(config) if config.model == "by-hand" else LSTMBuiltIn(config)


def _initial_by_hand(config: RunConfig) -> Tensor:
    if config.init == "uniform":
        return torch.stack([torch.rand(1)[0] for _ in BY_HAND])
    mean, std = torch.tensor(0.0), torch.tensor(1.0)
    return torch.stack(
        [torch.tensor(0.0) if spec.role == "bias" else torch.normal(mean=mean, std=std) for spec in BY_HAND]
    )


def _columns(days: Tensor) -> list[NDArray[np.float32]]:
    """Day by day, the inputs of all companies."""
    return list(np.ascontiguousarray(days.numpy().T))


def _scalars(weights: Tensor) -> Weights:
    return list(weights.numpy())


def _logistic_array(z: NDArray[np.float32]) -> NDArray[np.float32]:
    """`logistic` for arrays."""
    half: NDArray[np.float32] = 0.5 + 0.5 * np.tanh(0.5 * z)
    return half
