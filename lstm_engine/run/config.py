"""What makes a run: frozen, validated once, every error a sentence a user understands."""

import math
from typing import Literal

import msgspec

from lstm_engine.data.companies import WALK_THROUGH, Companies, checked
from lstm_engine.errors import UserError
from lstm_engine.lstm.parameters import ModelName

Initialisation = Literal["normal", "uniform"]

#: `seed_everything` of Lightning accepts 32-bit seeds.
LARGEST_SEED = 2**32 - 1
LARGEST_EPOCHS = 100_000_000


class RunConfig(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """The settings of a run. Two runs with equal settings end in the same bits.

    model: `by-hand`, twelve scalar parameters, or `nn-lstm`, `torch.nn.LSTM(1, 1)`.
    seed: of the random initialisation, 0 to 2**32 - 1.
    lr: Adam's learning rate, > 0.
    init: `normal` draws every weight from N(0, 1) and sets every bias to 0; `uniform` draws all parameters from
        U(0, 1) with the hand-built model, and is PyTorch's own initialisation with nn.LSTM.
    batch_size: companies per optimiser step, >= 1, in the order of the table.
    data: the companies; stored with the run, so that a run never depends on a file elsewhere.
    """

    model: ModelName = "by-hand"
    seed: int = 42
    lr: float = 0.001
    init: Initialisation = "normal"
    batch_size: int = 1
    data: Companies = WALK_THROUGH


def validated(config: RunConfig) -> RunConfig:
    """The same settings, checked.

    Raises:
        UserError: one sentence with the setting, its value and what was expected.
    """
    check_seed(config.seed)
    check_lr(config.lr)
    if config.model not in ("by-hand", "nn-lstm"):
        raise UserError(f"model is {config.model!r}: expected by-hand or nn-lstm")
    if config.init not in ("normal", "uniform"):
        raise UserError(f"init is {config.init!r}: expected normal or uniform")
    if config.batch_size < 1:
        raise UserError(f"batch size is {config.batch_size}: expected a whole number, 1 or more")
    companies = len(checked(config.data).names)
    if config.batch_size > companies:
        raise UserError(f"batch size is {config.batch_size}: expected at most {companies}, one per company")
    return config


def check_seed(seed: int) -> int:
    """The seed, where it is one that `seed_everything` accepts; else raises UserError."""
    if not 0 <= seed <= LARGEST_SEED:
        raise UserError(f"seed is {seed}: expected a whole number, 0 to {LARGEST_SEED}")
    return seed


def check_lr(lr: float) -> float:
    """The learning rate, where it is finite and positive; else raises UserError."""
    if not (math.isfinite(lr) and lr > 0):
        raise UserError(f"learning rate is {lr}: expected a number above 0, such as 0.001 or 0.1")
    return lr


def check_epochs(epochs: int) -> int:
    """The number of epochs to train, where it is one; else raises UserError."""
    if not 1 <= epochs <= LARGEST_EPOCHS:
        raise UserError(f"epochs is {epochs}: expected a whole number, 1 to {LARGEST_EPOCHS:,}")
    return epochs
