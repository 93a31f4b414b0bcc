"""Which trainings can be gone on with exactly, and why others cannot."""

from __future__ import annotations

import random
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import lightning
import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader, IterableDataset, RandomSampler, Subset, TensorDataset

from lstm_engine.hook.lstm_tui_hook.resuming.ordinary import counts_as_known, why_not_exact

DATA = TensorDataset(torch.zeros(8, 1))


class _Fitting:
    _data_fetcher: Any = None


_Fitting.__module__ = "lightning.pytorch.loops.fit_loop"
SingleDeviceStrategy = type("SingleDeviceStrategy", (), {"root_device": torch.device("cpu")})


def trainer(*loaders: Any, **changed: Any) -> Any:
    loop = _Fitting()
    loop._combined_loader = SimpleNamespace(flattened=loaders or [DataLoader(DATA, 2, shuffle=True)])  # type: ignore[attr-defined]
    usual = {
        "fit_loop": loop,
        "world_size": 1,
        "strategy": SingleDeviceStrategy(),
        "reload_dataloaders_every_n_epochs": 0,
        "lr_scheduler_configs": [],
        "datamodule": None,
    }
    return SimpleNamespace(**{**usual, **changed})


class _Stream(IterableDataset[Any]):
    def __iter__(self) -> Any:
        return iter(())


class _OwnSampler(RandomSampler):
    pass


class _Keeps:
    def __init__(self, generator: Any) -> None:
        self.generator = generator

    def __len__(self) -> int:
        return 8

    def __getitem__(self, _: int) -> float:
        return 0.0


def gpu(deterministic: bool) -> Any:
    strategy = SingleDeviceStrategy()
    strategy.root_device = torch.device("cuda:0")
    torch.use_deterministic_algorithms(deterministic)
    return trainer(strategy=strategy)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: trainer(), ""),
        (lambda: trainer(DataLoader(DATA, 2, num_workers=2)), ""),
        (lambda: trainer(world_size=2), "several processes train"),
        (
            lambda: trainer(strategy=SimpleNamespace(root_device=torch.device("cpu"))),
            "the strategy is SimpleNamespace",
        ),
        (lambda: gpu(False), "a GPU adds up in no fixed order"),
        (lambda: gpu(True), ""),
        (lambda: trainer(reload_dataloaders_every_n_epochs=1), "makes its data loaders again"),
        (lambda: trainer(_val_check_time_interval=60.0), "a clock says"),
        (lambda: trainer(lr_scheduler_configs=[SimpleNamespace(reduce_on_plateau=True)]), "ReduceLROnPlateau"),
        (lambda: trainer([1, 2]), "come from a list, no DataLoader"),
        (lambda: trainer(DataLoader(_Stream())), "the dataset is iterable"),
        (lambda: trainer(DataLoader(DATA, num_workers=1, persistent_workers=True)), "workers are persistent"),
        (lambda: trainer(DataLoader(DATA, generator=torch.Generator())), "a generator of its own"),
        (lambda: trainer(DataLoader(DATA, sampler=_OwnSampler(DATA))), "a sampler of its own (_OwnSampler)"),
        (
            lambda: trainer(DataLoader(DATA, sampler=RandomSampler(DATA, generator=torch.Generator()))),
            "sampler has a generator of its own",
        ),
        (
            lambda: trainer(DataLoader(Subset(_Keeps(np.random.default_rng(1)), [0]))),
            "_Keeps keeps a random generator",
        ),  # type: ignore[arg-type]
        (
            lambda: trainer(datamodule=_Keeps(random.Random(1))),
            "_Keeps keeps a random generator of its own (generator)",
        ),
    ],
)
def test_each_has_its_reason(make: Callable[[], Any], reason: str) -> None:
    try:
        found = why_not_exact(make(), object())
    finally:
        torch.use_deterministic_algorithms(False)
    assert reason in found
    assert bool(found) == bool(reason)


def test_a_module_s_own_generator_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "_Keeps keeps a random generator" in why_not_exact(trainer(), _Keeps(torch.Generator()))
    assert why_not_exact(trainer(), _Keeps(3)) == ""


@pytest.mark.parametrize(("version", "known"), [("2.6.6", True), ("2.5.9", False), ("2.60.0", False), ("3.0", False)])
def test_another_lightning_counts_in_ways_that_nobody_tried(
    monkeypatch: pytest.MonkeyPatch, version: str, known: bool
) -> None:
    monkeypatch.setattr(lightning, "__version__", version)
    assert counts_as_known(trainer()) is known
    said = "" if known else f"this is Lightning {version}, and exactness is known of 2.6 alone"
    assert why_not_exact(trainer(), object()) == said


class _AnswersToAll:
    """As wrappers do that hand every name on."""

    def __len__(self) -> int:
        return 8

    def __getitem__(self, _: int) -> float:
        return 0.0

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self


def test_a_dataset_inside_itself_has_an_end() -> None:
    loader: DataLoader[Any] = DataLoader(_AnswersToAll(), 2)  # type: ignore[arg-type]
    assert isinstance(why_not_exact(trainer(loader), SimpleNamespace()), str)
