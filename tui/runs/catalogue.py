"""The runs of a folder, as one looks through them: which of them, and in which order. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from lstm_engine.store.listing import RunEntry
from tui.text.sentences import lineage

SortBy = Literal["when", "name", "state", "epochs", "loss", "lr", "seed", "model", "data", "lineage"]
SORTS: tuple[SortBy, ...] = get_args(SortBy)

_KEYS: dict[SortBy, Callable[[RunEntry], str | float]] = {
    "when": lambda entry: entry.updated,
    "name": lambda entry: entry.run.casefold(),
    "state": lambda entry: entry.state,
    "epochs": lambda entry: entry.epoch,
    "loss": lambda entry: entry.train_loss or 0.0,
    "lr": lambda entry: entry.lr,
    "seed": lambda entry: entry.seed,
    "model": lambda entry: entry.model,
    "data": lambda entry: entry.data.casefold(),
    "lineage": lambda entry: lineage(entry.parent).casefold(),
}
#: Where the largest is what one looks for.
_LARGEST_FIRST: tuple[SortBy, ...] = ("when", "epochs")


@dataclass(frozen=True)
class Order:
    """by: what the runs are sorted by. backwards: the other way round than one mostly wants it."""

    by: SortBy = "when"
    backwards: bool = False

    @property
    def falls(self) -> bool:
        """The largest comes first."""
        return (self.by in _LARGEST_FIRST) != self.backwards

    def next(self) -> Order:
        """By what comes after that in `SORTS`, the way that one mostly wants it."""
        return Order(SORTS[(SORTS.index(self.by) + 1) % len(SORTS)])

    def reversed(self) -> Order:
        return replace(self, backwards=not self.backwards)


@dataclass(frozen=True)
class Catalogue:
    """entries: all runs. texts: of each of them, what a filter looks through."""

    entries: tuple[RunEntry, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, entries: Iterable[RunEntry]) -> Catalogue:
        found = tuple(entries)
        return cls(found, tuple(_searchable(entry) for entry in found))

    def branches_of(self, run: str) -> int:
        """How many runs branched off that one."""
        return sum(entry.parent is not None and entry.parent.run == run for entry in self.entries)

    def selected(self, wanted: str, order: Order) -> tuple[RunEntry, ...]:
        """The runs in which every word of `wanted` is found, in that order; those it says nothing of go last."""
        words = wanted.casefold().split()
        found = [
            entry for entry, text in zip(self.entries, self.texts, strict=True) if all(word in text for word in words)
        ]
        found.sort(key=_KEYS[order.by], reverse=order.falls)
        found.sort(key=lambda entry: not _known(entry, order.by))
        return tuple(found)


def _known(entry: RunEntry, by: SortBy) -> bool:
    """Whether the run has what is sorted by; of a damaged one no more than name and time are known."""
    if by == "loss":
        return entry.train_loss is not None
    if by == "lineage":
        return entry.parent is not None
    return entry.state != "damaged" or by in ("when", "name", "state")


def _searchable(entry: RunEntry) -> str:
    facts = (
        *(entry.run, entry.state, entry.model, entry.data, entry.init),
        *(f"seed={entry.seed}", f"lr={entry.lr:g}", lineage(entry.parent)),
    )
    return " ".join(facts).casefold()
