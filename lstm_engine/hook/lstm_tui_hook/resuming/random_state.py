"""The state of all random generators that a script draws from without naming one."""

from __future__ import annotations

import random
import sys
from typing import Any


def random_state() -> dict[str, Any]:
    """As tensors, tuples and numbers: `torch.load(weights_only=True)` reads no more."""
    import torch

    state: dict[str, Any] = {"torch": torch.get_rng_state(), "python": random.getstate()}
    cuda: Any = torch.cuda
    if cuda.is_available() and cuda.is_initialized():
        state["cuda"] = cuda.get_rng_state_all()
    if "numpy" in sys.modules:
        kind, keys, position, has_gauss, cached = sys.modules["numpy"].random.get_state()
        state["numpy"] = (str(kind), tuple(keys.tolist()), int(position), int(has_gauss), float(cached))
    return state


def set_random_state(state: dict[str, Any]) -> None:
    """Everything drawn from here on is what was drawn behind `random_state`."""
    import torch

    torch.set_rng_state(state["torch"].cpu())
    version, keys, gauss = state["python"]
    random.setstate((version, tuple(keys), gauss))
    if "cuda" in state and torch.cuda.is_available():
        torch.cuda.set_rng_state_all([one.cpu() for one in state["cuda"]])
    if "numpy" in state and "numpy" in sys.modules:
        numpy = sys.modules["numpy"]
        kind, keys, position, has_gauss, cached = state["numpy"]
        numpy.random.set_state((kind, numpy.array(keys, dtype=numpy.uint32), position, has_gauss, cached))


def only_seeds_between(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether nothing was drawn between two states but the seeds that data loaders take when they begin to read."""
    import torch

    others = [name for name in before.keys() | after.keys() if name != "torch"]
    if any(not _same(before.get(name), after.get(name)) for name in others):
        return False
    generator = torch.Generator()
    generator.set_state(before["torch"])
    for _ in range(_MOST_SEEDS):
        if torch.equal(generator.get_state(), after["torch"]):
            return True
        torch.empty((), dtype=torch.int64).random_(generator=generator)
    return False


#: Each loader takes one or two, and a training has few loaders.
_MOST_SEEDS = 16


def _same(one: Any, other: Any) -> bool:
    import torch

    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(torch.equal(*pair) for pair in zip(one, other))
    return bool(one == other)
