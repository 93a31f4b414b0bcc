"""Whether a training is one that can be gone on with exactly: all of its randomness is seen, all else is saved."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from typing import Any

#: The only Lightning whose counting of a resumed epoch was tried.
_KNOWN = re.compile(r"2\.6\.")
_SAMPLERS = "torch.utils.data"
#: Datasets inside each other.
_MOST_INSIDE = 16


def counts_as_known(trainer: Any) -> bool:
    """Whether this Lightning counts batches and epochs in the way that is known."""
    return bool(_KNOWN.match(_version(trainer)))


def why_not_exact(trainer: Any, module: Any) -> str:
    """The first reason why no checkpoint of this fit can be gone on from exactly, in one sentence; empty for none."""
    return next(_reasons(trainer, module), "")


def _version(trainer: Any) -> str:
    package = type(trainer.fit_loop).__module__.partition(".")[0]
    return str(getattr(sys.modules.get(package), "__version__", "?"))


def _reasons(trainer: Any, module: Any) -> Iterator[str]:
    if not counts_as_known(trainer):
        yield f"this is Lightning {_version(trainer)}, and exactness is known of 2.6 alone"
        return
    if trainer.world_size > 1:
        yield "several processes train, and the random states of one are in it"
    elif type(trainer.strategy).__name__ != "SingleDeviceStrategy":
        yield f"the strategy is {type(trainer.strategy).__name__}, which keeps a state of its own"
    if trainer.strategy.root_device.type != "cpu" and not _deterministic():
        yield "a GPU adds up in no fixed order: Trainer(deterministic=True) makes it"
    if trainer.reload_dataloaders_every_n_epochs:
        yield "the Trainer makes its data loaders again and again"
    if getattr(trainer, "_val_check_time_interval", None) is not None:
        yield "a clock says when it validates"
    if any(config.reduce_on_plateau for config in trainer.lr_scheduler_configs):
        yield "Lightning leaves out a step of the ReduceLROnPlateau in the epoch that it goes on with"
    yield from _of_loaders(trainer)
    for holder in (module, trainer.datamodule):
        yield from _own_generators(holder)


def _deterministic() -> bool:
    import torch

    return bool(torch.are_deterministic_algorithms_enabled())


def _of_loaders(trainer: Any) -> Iterator[str]:
    import torch

    fetcher = trainer.fit_loop._data_fetcher
    if "DataLoaderIter" in type(fetcher).__name__:
        yield "the training step fetches its batches itself"
    for loader in trainer.fit_loop._combined_loader.flattened:
        if not isinstance(loader, torch.utils.data.DataLoader):
            yield f"the training data come from a {type(loader).__name__}, no DataLoader"
            continue
        if hasattr(loader, "state_dict"):
            yield f"the {type(loader).__name__} keeps its own place"
        if isinstance(loader.dataset, torch.utils.data.IterableDataset):
            yield "the dataset is iterable, and may not begin twice in the same way"
        if loader.num_workers and loader.persistent_workers:
            yield "the DataLoader's workers are persistent, and their random states are not in it"
        if loader.generator is not None:
            yield "the DataLoader has a generator of its own"
        for sampler in (loader.sampler, loader.batch_sampler):
            if sampler is not None and not type(sampler).__module__.startswith(_SAMPLERS):
                yield f"the DataLoader has a sampler of its own ({type(sampler).__name__})"
            if getattr(sampler, "generator", None) is not None:
                yield "the DataLoader's sampler has a generator of its own"
        dataset: Any = loader.dataset
        # One that answers to every name has always another inside.
        for _ in range(_MOST_INSIDE):
            if dataset is None:
                break
            yield from _own_generators(dataset)
            dataset = getattr(dataset, "dataset", None)


def _own_generators(holder: Any) -> Iterator[str]:
    """Generators that somebody keeps: their states are nowhere to be seen from outside."""
    import torch

    numpy = sys.modules.get("numpy")
    kinds: tuple[Any, ...] = (torch.Generator, random.Random)
    if numpy is not None:
        kinds = (*kinds, numpy.random.Generator, numpy.random.RandomState)
    for name, value in vars(holder).items() if hasattr(holder, "__dict__") else ():
        if isinstance(value, kinds):
            yield f"{type(holder).__name__} keeps a random generator of its own ({name})"
