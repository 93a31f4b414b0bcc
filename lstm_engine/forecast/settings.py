"""What makes a model of prices: frozen, validated once, every error a sentence a user understands."""

from __future__ import annotations

import math
from typing import Literal

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.lstm.parameters import ModelName
from lstm_engine.prices.scaling import ScaleKind
from lstm_engine.prices.windows import Target
from lstm_engine.run.config import LARGEST_EPOCHS, check_epochs, check_lr, check_seed

Schedule = Literal["none", "cosine", "step"]

LARGEST_HIDDEN, MOST_LAYERS, LONGEST_HORIZON = 4096, 16, 1000


class ForecastSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a model of prices. Two with equal settings and prices end in the same bits.

    model: `by-hand`, the layer of `lstm.vector`, or `nn-lstm`, PyTorch's; a linear head behind either.
    hidden: units. layers: of units, one behind the other. forget_bias: added to the drawn bias of every forget gate.
    seed: of the initialisation and of the order of the windows. lr: Adam's, > 0.
    epochs: how many are trained at first. batch_size: windows per optimiser step.
    window: days that go in. target: what goes in and is predicted. scale: what is done to it for the model.
    validate: the share of the days, the last ones, that is held out.
    schedule: of the learning rate, over `schedule_epochs`, or `epochs` where that is None.
    clip: the largest norm of the gradient; None for any.
    patience: validations without improvement after which training stops; None for never.
    horizon: days ahead that are forecast.
    """

    model: ModelName = "by-hand"
    hidden: int = 1
    layers: int = 1
    forget_bias: float = 0.0
    seed: int = 42
    lr: float = 0.001
    epochs: int = 100
    batch_size: int = 64
    window: int = 30
    target: Target = "return"
    scale: ScaleKind = "z"
    validate: float = 0.2
    schedule: Schedule = "none"
    schedule_epochs: int | None = None
    clip: float | None = None
    patience: int | None = None
    horizon: int = 1


def checked_settings(settings: ForecastSettings) -> ForecastSettings:
    """The same settings, checked, but for window and validate, which the prices have a say in.

    Raises:
        UserError: one sentence with the setting, its value and what was expected.
    """
    check_seed(settings.seed)
    check_lr(settings.lr)
    check_epochs(settings.epochs)
    if settings.schedule_epochs is not None:
        _check_whole("lr-epochs", settings.schedule_epochs, LARGEST_EPOCHS)
    _check_whole("hidden", settings.hidden, LARGEST_HIDDEN)
    _check_whole("layers", settings.layers, MOST_LAYERS)
    _check_whole("horizon", settings.horizon, LONGEST_HORIZON)
    if settings.layers > 1 and settings.model == "by-hand":
        raise UserError(f"layers is {settings.layers}: expected 1 by hand, or more with --model nn-lstm")
    if not math.isfinite(settings.forget_bias):
        raise UserError(f"forget-bias is {settings.forget_bias}: expected a number such as 1")
    if settings.batch_size < 1:
        raise UserError(f"batch size is {settings.batch_size}: expected a whole number, 1 or more")
    if settings.clip is not None and not (math.isfinite(settings.clip) and settings.clip > 0):
        raise UserError(f"clip is {settings.clip}: expected a number above 0, such as 1")
    if settings.patience is not None and settings.patience < 1:
        raise UserError(f"patience is {settings.patience}: expected a number of epochs, 1 or more")
    return settings


def _check_whole(name: str, value: int, largest: int) -> None:
    if not 1 <= value <= largest:
        raise UserError(f"{name} is {value}: expected a whole number, 1 to {largest}")
