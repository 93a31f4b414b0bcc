"""The two models, as LightningModules with one interface: the unit built by hand, and `torch.nn.LSTM`.

Both train in manual optimisation and keep their parameters where a plain Lightning script has them, so that
checkpoints go both ways.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np
import torch
from lightning import LightningModule, seed_everything
from lightning.pytorch.core.optimizer import LightningOptimizer
from numpy.typing import NDArray
from torch import Tensor, nn

from lstm_engine import stacked
from lstm_engine.adam import FlatAdam
from lstm_engine.cell import gradient, unroll
from lstm_engine.companies import Companies
from lstm_engine.config import RunConfig
from lstm_engine.parameters import BY_HAND

Batch = tuple[Tensor, Tensor]
Result = TypeVar("Result")

#: From this many companies at once NumPy's arrays beat Python's floats (measured, 60 days, forward and backward: 97 µs
#: a company in floats; in arrays 0.7 ms for 5 to 20 companies, 1.6 ms for 1,000).
_ARRAYS_FROM = 8


def tensors(data: Companies) -> Batch:
    """The inputs, shape (companies, days), and the targets, shape (companies,), as 32-bit floats."""
    return torch.tensor(data.days), torch.tensor(data.targets)


class CompanyModel(LightningModule):
    """What the engine asks of a model. Its data is fixed at construction: it predicts for all companies at once.

    has_fused_adam: whether its optimiser is torch's Adam in one kernel for all parameters, 1.5 times as fast as the
        plain form for the whole training step.
    """

    has_fused_adam: ClassVar[bool]

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

    def transfer_batch_to_device(self, batch: Batch, _device: torch.device, _dataloader: int) -> Batch:
        """The batch as it is: data and model are on the CPU, and looking for tensors to move takes a while."""
        return batch

    def __setattr__(self, name: str, value: Any) -> None:
        # Lightning notes on the module which hook it is in, sixty times an epoch. Module's own way of setting
        # attributes asks each time whether it is a parameter, and takes a tenth of the whole epoch.
        if name == "_current_fx_name":
            object.__setattr__(self, name, value)
        else:
            super().__setattr__(name, value)

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
        """Goes on with this run's learning rate, and its form of Adam, whoever saved the checkpoint."""
        for group in checkpoint["optimizer_states"][0]["param_groups"]:
            group.update(lr=self.config.lr, fused=self.has_fused_adam, foreach=None)
        loop = checkpoint["loops"]["fit_loop"]
        manual = loop["epoch_loop.manual_optimization.optim_step_progress"]
        if manual["total"]["completed"] == 0:
            step = loop["epoch_loop.automatic_optimization.optim_progress"]["optimizer"]["step"]
            manual["total"].update(step["total"])
            manual["current"].update(step["current"])


class _Ahead(Generic[Result]):
    """What was computed of all companies, for as long as the weights are what they were then.

    At full batch the predictions that end an epoch and the next epoch's only step start with the same forward pass.
    """

    def __init__(self) -> None:
        self._weights = b""
        self._result: Result | None = None

    def at(self, weights: bytes, compute: Callable[[], Result]) -> Result:
        if self._result is None or weights != self._weights:
            self._weights, self._result = weights, compute()
        return self._result

    def clear(self) -> None:
        self._result = None


class LSTMByHand(CompanyModel):
    """Twelve scalar parameters and the formulas of `cell`; see there for the source.

    The parameters are views of one tensor of twelve, so that a step reads them in one go.
    """

    has_fused_adam = False

    def __init__(self, config: RunConfig) -> None:
        super().__init__(config)
        self._weights = _initial_by_hand(config)
        for spec, weight in zip(BY_HAND, self._weights, strict=True):
            self.register_parameter(spec.name, nn.Parameter(weight))
        self._gradient = torch.zeros(len(BY_HAND))
        self._inputs = self._days.tolist()
        self._ahead = _Ahead[stacked.Stack]()

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
        stack = self._unrolled() if is_full_batch else stacked.unroll(weights, _by_day(days))
        residuals = stack.predictions - targets.numpy()
        self._squared_residuals += float(np.square(residuals, dtype=np.float64).sum())
        return stacked.gradient(weights, stack, residuals * np.float32(2 / len(targets)))

    def _unrolled(self) -> stacked.Stack:
        """All companies at the weights as they are."""
        weights = self._weights.numpy()
        return self._ahead.at(weights.tobytes(), lambda: stacked.unroll(weights, _by_day(self._days)))


class LSTMBuiltIn(CompanyModel):
    """`torch.nn.LSTM` with one input and one hidden value; 16 scalars, for it has two biases a gate."""

    has_fused_adam = True

    def __init__(self, config: RunConfig) -> None:
        super().__init__(config)
        self.lstm = nn.LSTM(input_size=1, hidden_size=1)
        self._is_full_batch = config.batch_size >= len(self._days)
        self._ahead = _Ahead[Tensor]()
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
        return self._ahead.at(weights, lambda: self.forward(self._days))

    def on_train_start(self) -> None:
        """Restoring a checkpoint writes to the weights in place: a graph from before cannot be gone back through."""
        self._ahead.clear()

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return torch.optim.Adam(self.parameters(), lr=self.config.lr, fused=self.has_fused_adam)

    def training_step(self, batch: Batch, _index: int) -> None:
        days, targets = batch
        residuals = (self._predicted() if self._is_full_batch else self.forward(days)) - targets
        loss = residuals.square().mean()
        optimizer = self.optimizer()
        optimizer.zero_grad()
        self.manual_backward(loss)
        self._ahead.clear()  # the graph is used up
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


def _by_day(days: Tensor) -> NDArray[np.float32]:
    """The inputs, shape (days, companies)."""
    return np.ascontiguousarray(days.numpy().T)
