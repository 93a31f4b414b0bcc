"""What is told of a Trainer when it opens: the module, where it trains, with what."""

from __future__ import annotations

import contextlib
import math
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from .recurrent_kind import recurrent_kind

_VOCABULARY = 1
#: Characters of a hyperparameter that is neither a number nor short.
_LONGEST = 200


def opening(trainer: Any, module: Any, stage: str, fit: int) -> dict[str, Any]:
    """The fields of the event, but for those of a resumption."""
    import torch

    package = _package(type(trainer))
    return {
        "fit": fit,
        "stage": stage,
        "trainer": package,
        "version": getattr(sys.modules.get(package), "__version__", ""),
        "torch": str(torch.__version__),
        "model": type(module).__name__,
        "pid": os.getpid(),
        "tensors": [_described(name, tensor) for name, tensor in module.named_parameters()],
        "hyperparameters": {**_hyperparameters(trainer.datamodule), **_hyperparameters(module)},
        "loggers": [type(logger).__name__ for logger in trainer.loggers],
        "world": trainer.world_size,
        "device": str(trainer.strategy.root_device),
        "precision": str(trainer.precision),
        "gates": any(recurrent_kind(part) is not None for part in module.modules()),
        "vocabulary": _VOCABULARY,
    }


def _package(kind: type) -> str:
    """A script may train with a class of its own, made from Lightning's."""
    packages = (base.__module__.partition(".")[0] for base in kind.__mro__)
    return next(package for package in packages if package in ("lightning", "pytorch_lightning"))


def _described(name: str, tensor: Any) -> dict[str, Any]:
    import torch

    # The shape of a lazy module's parameter is known only behind its first batch.
    if isinstance(tensor, torch.nn.parameter.UninitializedParameter):
        return {"name": name, "shape": [], "count": 0, "trainable": tensor.requires_grad}
    return {"name": name, "shape": list(tensor.shape), "count": tensor.numel(), "trainable": tensor.requires_grad}


def _hyperparameters(holder: Any) -> dict[str, Any]:
    """What cannot be read, as where a configuration misses a value, is left out."""
    found: dict[str, Any] = {}
    with contextlib.suppress(Exception):
        values = getattr(holder, "hparams", None) or {}
        found.update(_flat("", values if isinstance(values, Mapping) else vars(values)))
    return found


def _flat(prefix: str, values: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    for name in values:
        with contextlib.suppress(Exception):
            value = values[name]
            if isinstance(value, Mapping):
                yield from _flat(f"{prefix}{name}.", value)
            else:
                yield f"{prefix}{name}", _scalar(value)


def _scalar(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return str(value)[:_LONGEST]
