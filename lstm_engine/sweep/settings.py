"""What makes a sweep: every combination of seeds, learning rates and initialisations, each a member."""

from __future__ import annotations

import math
from typing import NamedTuple

import msgspec

from lstm_engine.data.companies import WALK_THROUGH, Companies, checked
from lstm_engine.errors import UserError
from lstm_engine.run.config import Initialisation, RunConfig, check_epochs, check_lr, check_seed

#: A sweep of so many takes 12 MB of parameters and their optimiser's state, and hours.
MOST_MEMBERS = 100_000


class Member(NamedTuple):
    """One of the runs."""

    seed: int
    lr: float
    init: Initialisation


class SweepSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a sweep. Each member ends in the bits of the single run with its own.

    seeds, lr, init: what is combined, each without repetitions.
    epochs: that every member is trained. data: as of a run, a company per optimiser step.
    solved: how near every prediction of a member has to be to its target.
    """

    seeds: tuple[int, ...]
    lr: tuple[float, ...] = (0.001,)
    init: tuple[Initialisation, ...] = ("normal",)
    epochs: int = 5000
    data: Companies = WALK_THROUGH
    solved: float = 0.1

    @property
    def members(self) -> list[Member]:
        """All of them, by initialisation, then by learning rate, then by seed."""
        return [Member(seed, lr, init) for init in self.init for lr in self.lr for seed in self.seeds]

    @property
    def count(self) -> int:
        """How many members there are."""
        return len(self.seeds) * len(self.lr) * len(self.init)

    def member(self, number: int) -> Member:
        """The one of that number among `members`."""
        combination, seed = divmod(number, len(self.seeds))
        init, lr = divmod(combination, len(self.lr))
        return Member(self.seeds[seed], self.lr[lr], self.init[init])

    def config(self, member: Member) -> RunConfig:
        """The settings of the single run that a member is."""
        return RunConfig(seed=member.seed, lr=member.lr, init=member.init, data=self.data)


def checked_sweep(settings: SweepSettings) -> SweepSettings:
    """The same settings, checked.

    Raises:
        UserError: one sentence with the setting, its value and what was expected.
    """
    for seed in settings.seeds:
        check_seed(seed)
    for lr in settings.lr:
        check_lr(lr)
    for init in settings.init:
        if init not in ("normal", "uniform"):
            raise UserError(f"init is {init!r}: expected normal, uniform, or both")
    for name, values in (("seeds", settings.seeds), ("lr", settings.lr), ("init", settings.init)):
        if not values or len(set(values)) != len(values):
            raise UserError(f"{name} holds {'nothing' if not values else 'a value twice'}: expected each value once")
    check_epochs(settings.epochs)
    checked(settings.data)
    if not (math.isfinite(settings.solved) and settings.solved > 0):
        raise UserError(f"solved is {settings.solved}: expected a distance above 0, such as 0.1")
    if settings.count > MOST_MEMBERS:
        raise UserError(f"the sweep has {settings.count:,} members: expected at most {MOST_MEMBERS:,}")
    return settings
