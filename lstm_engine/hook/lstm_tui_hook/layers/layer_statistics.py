"""Statistics of every parameter tensor, while somebody looks at them, and such that training hardly notices."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from ..telling.values import numbers

#: Of the time they take, how long nothing is taken behind them: they then cost at most one part in a hundred.
_REST = 100.0
#: Seconds between two of them at least: nobody sees more.
_INTERVAL = 0.5
#: Values of a tensor that its mean and deviation are taken of, evenly spread: all of them would cost as much as norms.
_SAMPLE = 4096


class LayerStatistics:
    """Takes none until somebody watches."""

    def __init__(self, tell: Callable[..., None]) -> None:
        self._tell = tell
        self._until = self._next = 0.0
        self._updates = False
        self._before: list[Any] | None = None
        self._step = 0

    def watch(self, seconds: float, updates: bool) -> None:
        """For so many seconds from here on. updates: what a step changes, too."""
        self._until = time.monotonic() + seconds
        self._updates = updates

    def before_step(self, trainer: Any, module: Any) -> None:
        """The weights are kept for one step, where what it changes is asked for: as much memory as they take."""
        if self._updates and self._before is None and self._due():
            self._before = [None if one is None else one.clone() for one in map(_dense, module.parameters())]
            self._step = trainer.global_step

    def after_step(self, trainer: Any, module: Any) -> None:
        """To be called behind every batch: the gradients are those of its step."""
        if not self._due():
            self._before = None
            return
        if self._updates and (self._before is None or trainer.global_step == self._step):
            return
        begun = time.monotonic()
        fields = _taken(list(module.parameters()), self._before)
        self._before = None
        took = time.monotonic() - begun
        self._next = time.monotonic() + max(_REST * took, _INTERVAL)
        self._tell("layers", step=trainer.global_step, seconds=took, **fields)

    def _due(self) -> bool:
        now = time.monotonic()
        return self._next <= now < self._until


def _taken(parameters: list[Any], before: list[Any] | None) -> dict[str, list[float | None]]:
    import torch

    with torch.no_grad():
        weights = [_dense(parameter) for parameter in parameters]
        norms = _norms(weights)
        samples = [None if one is None else _sample(one) for one in weights]
        found = {
            "norm": norms,
            "gradient": _norms([_dense(parameter.grad) for parameter in parameters]),
            "mean": _each(samples, lambda one: one.mean()),
            "deviation": _each(samples, lambda one: one.std(correction=0)),
        }
        if before is not None:
            pairs = zip(weights, before)
            changes = _norms([None if now is None or then is None else now - then for now, then in pairs])
            found["update"] = [change / norm if change and norm else change for change, norm in zip(changes, norms)]
    return found


def _dense(tensor: Any) -> Any:
    """None for what has no norm of its own: no tensor, a lazy one, a sparse one, an empty one, whole numbers, and one
    whose parts lie in several processes, all of which would have to be here.
    """
    import torch

    lazy = isinstance(tensor, torch.nn.parameter.UninitializedParameter)
    if tensor is None or lazy or hasattr(tensor, "device_mesh"):
        return None
    if tensor.layout != torch.strided or not tensor.numel() or not tensor.is_floating_point():
        return None
    return tensor.detach()


def _sample(tensor: Any) -> Any:
    flat = tensor.reshape(-1)
    return flat[:: max(flat.numel() // _SAMPLE, 1)].float()


def _norms(tensors: list[Any]) -> list[float | None]:
    import torch

    found = [one for one in tensors if one is not None]
    norms = iter(numbers(torch._foreach_norm(found)) if found else ())
    return [None if one is None else next(norms) for one in tensors]


def _each(tensors: list[Any], value: Callable[[Any], Any]) -> list[float | None]:
    found = iter(numbers([value(one) for one in tensors if one is not None]))
    return [None if one is None else next(found) for one in tensors]
