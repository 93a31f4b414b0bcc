"""What makes a queue of models of prices: every combination of model, units, learning rate and seed, each a run."""

from __future__ import annotations

from typing import NamedTuple, get_args

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.forecast.settings import ForecastSettings, checked_settings
from lstm_engine.lstm.parameters import ModelName

#: Each is a run's folder, and a process that loads PyTorch.
MOST_MEMBERS = 10_000


class QueueMember(NamedTuple):
    """run: its name."""

    run: str
    settings: ForecastSettings


class QueueSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a queue. Each member ends in the bits of the single run with its own.

    models, hidden, lr, seeds: what is combined, each without repetitions.
    forget_bias: of every member; None for 1 where it has more than one unit, and 0 where it has one.
    base: all other settings.
    """

    models: tuple[ModelName, ...]
    hidden: tuple[int, ...]
    lr: tuple[float, ...]
    seeds: tuple[int, ...]
    forget_bias: float | None
    base: ForecastSettings

    @property
    def count(self) -> int:
        """How many members there are."""
        return len(self.models) * len(self.hidden) * len(self.lr) * len(self.seeds)

    def members(self, name: str) -> list[QueueMember]:
        """All of them, by model, units, learning rate, then seed. name: the queue's."""
        width = len(str(self.count))
        combined = [
            (model, hidden, lr, seed)
            for model in self.models
            for hidden in self.hidden
            for lr in self.lr
            for seed in self.seeds
        ]
        return [
            QueueMember(f"{name}-{number:0{width}}", self._member(*settings))
            for number, settings in enumerate(combined, start=1)
        ]

    def _member(self, model: ModelName, hidden: int, lr: float, seed: int) -> ForecastSettings:
        bias = float(hidden > 1) if self.forget_bias is None else self.forget_bias
        return msgspec.structs.replace(self.base, model=model, hidden=hidden, lr=lr, seed=seed, forget_bias=bias)


def checked_queue(settings: QueueSettings) -> QueueSettings:
    """The same settings, checked.

    Raises:
        UserError: one sentence with the setting, its value and what was expected.
    """
    for name in ("models", "hidden", "lr", "seeds"):
        values = getattr(settings, name)
        if not values or len(set(values)) != len(values):
            raise UserError(f"{name} holds {'nothing' if not values else 'a value twice'}: expected each value once")
    for model in settings.models:
        if model not in get_args(ModelName):
            raise UserError(f"model is {model!r}: expected by-hand, nn-lstm, or both")
    if settings.count > MOST_MEMBERS:
        raise UserError(f"the sweep has {settings.count:,} members: expected at most {MOST_MEMBERS:,} of prices")
    for member in settings.members("queue"):
        checked_settings(member.settings)
    return settings
