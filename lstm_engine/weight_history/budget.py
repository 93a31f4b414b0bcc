"""Which epochs are kept within a budget of bytes, and which of them in all their bits. Pure."""

from __future__ import annotations

from collections.abc import Sequence

#: Bytes of a run's history, at most, as long as two epochs are no more.
BUDGET = 64 * 1024 * 1024
#: The share of a budget that is left free when epochs go, so that that is seldom.
_FREE = 0.5


def within_budget(
    epochs: Sequence[int], best: int | None, full: int, half: int, budget: int = BUDGET
) -> tuple[list[int], list[int]]:
    """The epochs that are kept in full, and those that are kept in half.

    The last stays in full in any case, the first and the best as long as there is room for them; of the others every
    second one goes, as often as it takes.

    Args:
        epochs: ascending. best: one of them. full, half: bytes of a record.
    """
    if not epochs:
        return [], []
    first, last = epochs[0], epochs[-1]
    kept = sorted({first, last} | ({best} if best is not None else set()))
    room = budget * (1 - _FREE) - len(kept) * full
    others = [epoch for epoch in epochs if epoch not in kept][1::2]
    while others and len(others) * half > room:
        others = others[1::2]
    for dispensable in (first, best):
        if len(kept) * full > budget and dispensable in kept and dispensable != last:
            kept.remove(dispensable)
    return kept, others
