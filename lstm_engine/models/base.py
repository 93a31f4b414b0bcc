"""What both models have in common: a LightningModule's ways, and what the engine asks of them.

They train in manual optimisation and keep their parameters where a plain Lightning script has them, so that
checkpoints go both ways.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np
import torch
from lightning import LightningModule, seed_everything
from lightning.pytorch.core.optimizer import LightningOptimizer
from torch import Tensor

from lstm_engine.data.companies import Companies
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns

Batch = tuple[Tensor, Tensor]
Result = TypeVar("Result")

#: A loss is added up in 64 bits, and goes into a row of 32.
_LARGEST_LOSS = float(np.finfo(np.float32).max)


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
        """Every scalar parameter, in the order of `parameters.PARAMETERS`."""

    @abstractmethod
    def predictions(self) -> list[float]:
        """For every company, at the parameters as they are now."""

    def take_loss(self) -> float:
        """The mean squared residual over the companies trained since the last call, each before its own step; infinite
        where it is too large for a history row.
        """
        loss = self._squared_residuals / len(self._days)
        self._squared_residuals = 0.0
        return math.inf if loss > _LARGEST_LOSS else loss

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


def row_of(model: CompanyModel, loss: float) -> list[float]:
    """A history row at the model's parameters as they are now."""
    return Columns.row(loss, model.predictions(), model.values())


class ForwardCache(Generic[Result]):
    """What was computed of all companies, for as long as the weights are what they were then.

    At full batch the predictions that end an epoch and the next epoch's only step start with the same forward pass.
    """

    def __init__(self) -> None:
        self._weights = b""
        self._result: Result | None = None

    def at(self, weights: bytes, compute: Callable[[], Result]) -> Result:
        """What was computed at these weights, or is now."""
        if self._result is None or weights != self._weights:
            self._weights, self._result = weights, compute()
        return self._result

    def clear(self) -> None:
        """Computes anew at the next call, whatever the weights."""
        self._result = None
