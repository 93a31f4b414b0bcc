"""The runs of a folder, as one looks through them: which of them, and in which order. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from lstm_engine.listing.run_entry import RunEntry
from tui.runs.run_filter import RunFilter, searchable, state_word
from tui.text.sentences import lineage

SortBy = Literal[
    "when", "name", "state", "epochs", "loss", "ratio", "lr", "seed", "model", "data", "script", "lineage"
]
SORTS: tuple[SortBy, ...] = get_args(SortBy)

_KEYS: dict[SortBy, Callable[[RunEntry], str | float | tuple[bool, str]]] = {
    "when": lambda entry: _when(entry),
    "name": lambda entry: entry.run.casefold(),
    "state": state_word,
    "epochs": lambda entry: entry.epoch,
    "loss": lambda entry: entry.train_loss or 0.0,
    "ratio": lambda entry: entry.ratio or 0.0,
    "lr": lambda entry: entry.lr or 0.0,
    "seed": lambda entry: entry.seed or 0,
    "model": lambda entry: entry.model,
    "data": lambda entry: entry.data.casefold(),
    "script": lambda entry: entry.title.casefold(),
    "lineage": lambda entry: lineage(entry.parent).casefold(),
}
#: What not every run has, and whether one has it.
_OF_SOME: dict[SortBy, Callable[[RunEntry], bool]] = {
    "loss": lambda entry: entry.train_loss is not None,
    "ratio": lambda entry: entry.ratio is not None and entry.state != "damaged",
    "lineage": lambda entry: entry.parent is not None,
    "lr": lambda entry: entry.lr is not None and entry.state != "damaged",
    "seed": lambda entry: entry.seed is not None and entry.state != "damaged",
    "model": lambda entry: bool(entry.model) and entry.state != "damaged",
    "data": lambda entry: bool(entry.data) and entry.state != "damaged",
    "script": lambda entry: bool(entry.title),
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
        """Those of which sorting says nothing keep the order that they have here, which no training changes."""
        return cls((), ()).moved_on(entries)

    def moved_on(self, entries: Iterable[RunEntry]) -> Catalogue:
        """Of the runs as they are by now; quick where most of them are the same objects as before."""
        found = tuple(sorted(entries, key=lambda entry: (_when(entry), entry.run), reverse=True))
        known = {id(entry): text for entry, text in zip(self.entries, self.texts, strict=True)}
        return Catalogue(found, tuple(known.get(id(entry)) or searchable(entry) for entry in found))

    def branches_of(self, run: str) -> int:
        """How many runs branched off that one."""
        return sum(entry.parent is not None and entry.parent.run == run for entry in self.entries)

    def selected(self, wanted: RunFilter, order: Order) -> tuple[RunEntry, ...]:
        """The runs that the filter finds, in that order; those it says nothing of go last."""
        found = [entry for entry, text in zip(self.entries, self.texts, strict=True) if wanted.finds(entry, text)]
        found.sort(key=_KEYS[order.by], reverse=order.falls)
        found.sort(key=lambda entry: not _known(entry, order.by))
        return tuple(found)


def _when(entry: RunEntry) -> tuple[bool, str]:
    """Runs that train are of now, all of them: each of their saves would change places with the others."""
    is_training = entry.state == "running"
    return is_training, entry.created if is_training else entry.updated


def _known(entry: RunEntry, by: SortBy) -> bool:
    """Whether the run has what is sorted by; of a damaged one no more than name and time are known."""
    if by in _OF_SOME:
        return _OF_SOME[by](entry)
    return entry.state != "damaged" or by in ("when", "name", "state")
