"""Windows as PyTorch's DataLoader gives them out, a batch at once: none is copied before it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import BatchSampler, DataLoader, Dataset, DistributedSampler, SequentialSampler

from lstm_engine.forecast.inputs import Inputs

#: Inputs, shape (B, K, 1), and targets, shape (B,): scaled, 32-bit.
Batch = tuple[Tensor, Tensor]

#: Windows of a batch of the validation, which needs no gradients.
_AT_ONCE = 1024


class WindowDataset(Dataset[Batch]):
    """Some of the windows of a table. numbers: which of them."""

    def __init__(self, inputs: Inputs, numbers: NDArray[np.int64]) -> None:
        self._inputs = inputs
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitems__(self, chosen: Sequence[int]) -> Batch:
        windows, scaling = self._inputs.windows, self._inputs.scaling
        numbers = self._numbers[np.asarray(chosen)]
        ticker = windows.ticker(numbers)
        days = scaling.scaled(windows.inputs(numbers), ticker)
        targets = scaling.scaled(windows.targets(numbers), ticker)
        return as_inputs(days), torch.from_numpy(targets.astype(np.float32))


def as_inputs(days: NDArray[np.float64]) -> Tensor:
    """Scaled days, shape (B, K), as a model takes them: shape (B, K, 1), 32-bit."""
    return torch.from_numpy(days.astype(np.float32)).unsqueeze(-1)


def training_loader(inputs: Inputs) -> DataLoader[Batch]:
    """The windows that are trained on, in an order that the seed and the epoch alone decide."""
    dataset = WindowDataset(inputs, np.arange(inputs.split.training.start, inputs.split.training.stop))
    # Of one process: it is PyTorch's one sampler that needs no state, for the Trainer tells it the epoch.
    order: DistributedSampler[Any] = DistributedSampler(dataset, num_replicas=1, rank=0, seed=inputs.settings.seed)
    batches = BatchSampler(order, inputs.settings.batch_size, drop_last=False)
    return DataLoader(dataset, batch_sampler=batches, collate_fn=_whole)


def validation_loader(inputs: Inputs) -> DataLoader[Batch]:
    """The windows that are held out, in the order of the days."""
    dataset = WindowDataset(inputs, np.arange(inputs.split.validation.start, inputs.split.validation.stop))
    batches = BatchSampler(SequentialSampler(dataset), _AT_ONCE, drop_last=False)
    return DataLoader(dataset, batch_sampler=batches, collate_fn=_whole)


def _whole(batch: Any) -> Any:
    return batch
