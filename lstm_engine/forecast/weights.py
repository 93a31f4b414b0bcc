"""The parameters of a model of prices as they are by now, in its run's folder, for whoever looks in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lstm_engine.errors import UserError
from lstm_engine.store.arrays import read_arrays, write_arrays
from lstm_engine.text import printable

WEIGHTS = "weights.npz"
#: What no parameter is called.
_EPOCH = "epoch"

Tensor = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Weights:
    """epoch: completed ones. tensors: by name, each of one or two dimensions."""

    epoch: int
    tensors: Mapping[str, Tensor]


def write_weights(run: Path, weights: Weights) -> None:
    """Puts them in place of what is in the run's folder. Raises OSError."""
    write_arrays(run / WEIGHTS, compressed=False, **{_EPOCH: np.array(weights.epoch)}, **weights.tensors)


def read_weights(run: Path) -> Weights | None:
    """None where there are none yet. Raises UserError where they are damaged."""
    path = run / WEIGHTS
    try:
        arrays = read_arrays(path)
        epoch = int(arrays.pop(_EPOCH))
        wrong = [name for name, each in arrays.items() if each.dtype != np.float32 or each.ndim not in (1, 2)]
        if wrong:
            raise ValueError(f"{wrong[0][:40]!r} is no vector and no matrix of 32-bit floats")
        return Weights(epoch, arrays)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(f"{printable(str(path))} cannot be read ({error.strerror}): expected parameters") from error
    except (ValueError, KeyError, TypeError) as error:
        said = printable(str(error))
        raise UserError(f"{printable(str(path))} is damaged ({said}): expected parameters") from error
