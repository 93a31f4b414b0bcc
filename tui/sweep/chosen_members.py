"""Which members of a sweep are looked at: all, or those of one initialisation and learning rate."""

from __future__ import annotations

from lstm_engine.sweep.settings import SweepSettings

#: All of them.
ALL = -1


def combinations(settings: SweepSettings) -> int:
    """How many initialisations with a learning rate there are."""
    return len(settings.init) * len(settings.lr)


def turned(settings: SweepSettings, chosen: int, by: int) -> int:
    """The next choice, or the one before: all of them, then each combination; round and round."""
    count = combinations(settings)
    return (chosen + 1 + by) % (count + 1) - 1 if count > 1 else ALL


def members_of(settings: SweepSettings, chosen: int) -> slice:
    """The members of a choice, in the order of the settings."""
    if chosen == ALL:
        return slice(0, settings.count)
    seeds = len(settings.seeds)
    return slice(chosen * seeds, (chosen + 1) * seeds)


def choice_words(settings: SweepSettings, chosen: int) -> str:
    """What is chosen, in words."""
    if chosen == ALL:
        return f"all {settings.count:,} members"
    init, lr = divmod(chosen, len(settings.lr))
    return f"{settings.init[init]}, lr {settings.lr[lr]:g}"
