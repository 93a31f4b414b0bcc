"""Checkpoint files: written whole, read without ever running what is in them.

They are Lightning's own `.ckpt` files, under Lightning's names, so that a plain Lightning script can go on from them.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightning
import torch
from lightning.fabric.plugins import CheckpointIO

from lstm_engine.errors import UserError
from lstm_engine.models.base import CompanyModel
from lstm_engine.models.build import build
from lstm_engine.run.config import LARGEST_EPOCHS, RunConfig
from lstm_engine.store.files import bytes_at
from lstm_engine.training import adam_state
from lstm_engine.training.archive import checked_archive
from lstm_engine.training.pickle_steps import UnsafeCheckpoint

#: Far above what any run of ours writes (1,000 companies: 20 KB); keeps a wrong file from filling the memory.
LARGEST_CHECKPOINT = 64 * 1024 * 1024

Checkpoint = dict[str, Any]

#: What `torch.compile` puts before the name of a parameter.
_COMPILED = "_orig_mod."
#: A sentence names no more than so many parameters.
_NAMES = 4


class MemoryCheckpointIO(CheckpointIO):
    """Lightning's way to the disk, cut in two: it serialises and reads; who asked for the save writes the bytes.

    saved: the bytes of the checkpoint that was saved last.
    loaded: the checkpoint that was loaded last, kept so that a resumed Trainer can be compared with it.
    """

    def __init__(self, held: bytes = b"") -> None:
        """held: a checkpoint that is loaded in place of any file; none by default."""
        self._held = held
        self.saved = b""
        self.loaded: Checkpoint | None = None

    def save_checkpoint(self, checkpoint: Checkpoint, *_: Any, **__: Any) -> None:
        self.saved = dumps(checkpoint)

    def load_checkpoint(self, path: str | Path, *_: Any, **__: Any) -> Checkpoint:
        # Whatever Lightning asks for, nothing but tensors and plain types is loaded, and onto the CPU.
        self.loaded = loads(self._held, str(path)) if self._held else load(Path(path))
        return self.loaded

    def remove_checkpoint(self, path: str | Path) -> None:
        Path(path).unlink(missing_ok=True)


@dataclass(frozen=True)
class Counters:
    """What a checkpoint has behind it. epoch: completed epochs. step: optimiser steps."""

    epoch: int
    step: int


def file_name(epoch: int, step: int) -> str:
    """Lightning's name for a checkpoint after `epoch` completed epochs; Lightning counts epochs from 0."""
    return f"epoch={epoch - 1}-step={step}.ckpt"


def dumps(checkpoint: Checkpoint) -> bytes:
    """A checkpoint file's bytes."""
    buffer = io.BytesIO()
    torch.save(checkpoint, buffer)
    return buffer.getvalue()


def load(path: Path) -> Checkpoint:
    """The checkpoint at `path`: tensors and plain types; nothing else is ever unpickled, and no code of it runs.

    Raises:
        UserError: one sentence says what is wrong with the file.
    """
    try:
        data = bytes_at(path, LARGEST_CHECKPOINT)
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}): expected a checkpoint") from error
    return loads(data, str(path))


def loads(data: bytes, where: str) -> Checkpoint:
    """As `load`, from bytes; `where` names them in the sentence."""
    try:
        checkpoint = torch.load(io.BytesIO(checked_archive(data)), map_location="cpu", weights_only=True)
    except UnsafeCheckpoint as error:
        raise UserError(f"{where} is not a checkpoint that can be read safely ({error})") from error
    except Exception as error:  # torch raises many kinds: a bad zip, a bad pickle, a refused global, ...
        raise UserError(f"{where} is not a checkpoint that can be read safely (it is damaged)") from error
    if not isinstance(checkpoint, dict) or not isinstance(checkpoint.get("state_dict"), dict):
        raise UserError(f"{where} holds no `state_dict`: expected a Lightning checkpoint")
    return checkpoint


def counters_of(checkpoint: Checkpoint, where: str) -> Counters:
    """How many epochs and steps `checkpoint` has behind it.

    `checkpoint["epoch"]` cannot be trusted for it: it is one less where it was saved inside the last epoch's hooks.

    Raises:
        UserError: it has no record of its epochs.
    """
    try:
        epoch = checkpoint["loops"]["fit_loop"]["epoch_progress"]["current"]["processed"]
        step = checkpoint["global_step"]
    except (KeyError, TypeError) as error:
        raise UserError(f"{where} does not say how many epochs it has: expected a checkpoint of a Trainer") from error
    if type(epoch) is not int or type(step) is not int or not (0 <= epoch <= LARGEST_EPOCHS and step >= 0):
        raise UserError(
            f"{where} says it has {epoch!r:.100} epochs and {step!r:.100} steps: expected whole numbers, and at most "
            f"{LARGEST_EPOCHS} epochs"
        )
    return Counters(epoch, step)


def check_fits(checkpoint: Checkpoint, config: RunConfig, where: str) -> None:
    """Raises UserError, with what differs, where `checkpoint` is not of `config`'s model, or of a newer Lightning."""
    _check_version(checkpoint, where)
    model: CompanyModel = build(config)
    expected = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    shapes = {
        name: tuple(tensor.shape) if isinstance(tensor, torch.Tensor) else None
        for name, tensor in checkpoint["state_dict"].items()
    }
    if shapes != expected:
        raise UserError(f"{where} is not of the {config.model} model: {_difference(shapes, expected)}")
    for name, tensor in checkpoint["state_dict"].items():
        if not adam_state.is_plain(tensor, expected[name]):
            kind = f"{tensor.layout} {tensor.dtype} on {tensor.device}".replace("torch.", "")
            raise UserError(f"{where} holds {name} as {kind}: expected strided float32 on cpu")
        if not torch.isfinite(tensor).all():
            raise UserError(f"{where} holds parameters that are not finite numbers")
    if (problem := adam_state.problem(checkpoint.get("optimizer_states"), list(expected.values()))) is not None:
        raise UserError(f"{where} {problem}")


def _difference(shapes: Mapping[Any, object], expected: Mapping[str, object]) -> str:
    """What is missing, too many, or of another shape, by name."""
    missing = expected.keys() - shapes.keys()
    extra = shapes.keys() - expected.keys()
    other = {name for name in expected.keys() & shapes.keys() if expected[name] != shapes[name]}
    parts = [
        f"{what} {_listed(names)}"
        for what, names in (("it lacks", missing), ("it has too many:", extra), ("of another shape are", other))
        if names
    ]
    return "; ".join(parts)


def _listed(names: Iterable[object]) -> str:
    """The first few names; a stranger's may be anything."""
    texts = sorted(f"{name!s:.100}" for name in names)
    return ", ".join(texts[:_NAMES]) + (f" and {len(texts) - _NAMES} more" if len(texts) > _NAMES else "")


def strip_compiled(checkpoint: Checkpoint) -> None:
    """Gives parameters the names that they have without `torch.compile`, which puts one in front of them."""
    weights = checkpoint["state_dict"]
    checkpoint["state_dict"] = {
        name.removeprefix(_COMPILED) if isinstance(name, str) else name: tensor for name, tensor in weights.items()
    }


def flatten_scalars(checkpoint: Checkpoint, config: RunConfig) -> None:
    """Turns one-element tensors into the 0-dimensional ones of our model, parameters and Adam's moments alike.

    The walk-through's uniform initialisation makes its scalars with `torch.rand(1)`.
    """
    if config.model != "by-hand":
        return
    tables = [checkpoint["state_dict"]]
    with contextlib.suppress(KeyError, IndexError, TypeError, AttributeError):  # `check_fits` says what is wrong
        tables += checkpoint["optimizer_states"][0]["state"].values()
    for table in tables:
        for name, tensor in table.items():
            if isinstance(tensor, torch.Tensor) and tensor.shape == (1,):
                table[name] = tensor.reshape(())


def learning_rate(checkpoint: Checkpoint, where: str) -> float:
    """Adam's, as saved. Raises UserError where there is none."""
    try:
        lr = checkpoint["optimizer_states"][0]["param_groups"][0]["lr"]
        return float(lr)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise UserError(f"{where} does not say its learning rate: expected an Adam state") from error


def equals(checkpoint: Checkpoint, model: torch.nn.Module, optimizer: torch.optim.Optimizer) -> bool:
    """Whether parameters and optimiser state are the checkpoint's, bit for bit."""
    weights = checkpoint["state_dict"]
    held = {index: optimizer.state[tensor] for index, tensor in enumerate(model.parameters())}
    saved = checkpoint["optimizer_states"][0]["state"]
    return all(torch.equal(weights[name], tensor) for name, tensor in model.state_dict().items()) and all(
        torch.equal(saved[index][key], held[index][key].cpu()) for index in saved for key in saved[index]
    )


def _check_version(checkpoint: Checkpoint, where: str) -> None:
    """Raises UserError where a newer Lightning wrote it, in which the same names may mean other things."""
    written = checkpoint.get("pytorch-lightning_version")
    version = re.match(r"(\d+)\.(\d+)", written) if isinstance(written, str) else None
    own = re.match(r"(\d+)\.(\d+)", lightning.__version__)
    if version is None:
        raise UserError(f"{where} does not say which Lightning wrote it: expected a checkpoint of a Trainer")
    if own is not None and (int(version[1]), int(version[2])) > (int(own[1]), int(own[2])):
        raise UserError(
            f"{where} is of a newer version, Lightning {version.string}: expected {lightning.__version__}, the one in "
            "use here, or an older one"
        )
