"""Batches of windows: all of them, scaled, in an order that seed and epoch decide."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.utils.data import DistributedSampler

from lstm_engine.price_model.window_loader import Batch, training_loader, validation_loader
from tests.support.price_runs import small_inputs


def batches(loader: Any, epoch: int) -> list[Batch]:
    assert isinstance(loader.batch_sampler.sampler, DistributedSampler)
    loader.batch_sampler.sampler.set_epoch(epoch)
    return list(loader)


def rows(found: list[Batch]) -> list[list[float]]:
    return torch.cat([torch.cat([x[:, :, 0], y[:, None]], 1) for x, y in found]).tolist()


def test_every_training_window_comes_once_an_epoch_in_another_order() -> None:
    inputs = small_inputs()
    first, second = (batches(training_loader(inputs), epoch) for epoch in (0, 1))
    assert [len(y) for _, y in first[:-1]] == [16] * (len(first) - 1)
    assert rows(first) != rows(second)
    assert sorted(rows(first)) == sorted(rows(second))
    assert len(rows(first)) == inputs.split.training.stop
    assert rows(first) == rows(batches(training_loader(inputs), 0))
    assert rows(first) != rows(batches(training_loader(small_inputs(seed=1)), 0))


def test_what_is_held_out_comes_in_the_order_of_the_days() -> None:
    inputs = small_inputs()
    [(x, y)] = list(validation_loader(inputs))
    assert x.shape == (24, 5, 1)
    assert x.dtype == y.dtype == torch.float32
    chosen = inputs.split.validation
    wanted = inputs.scaling.scaled(inputs.windows.targets(chosen), inputs.windows.ticker(chosen))
    np.testing.assert_array_equal(y.numpy(), wanted.astype(np.float32))
