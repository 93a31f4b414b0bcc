"""A run as it is listed, of whichever kind."""

from __future__ import annotations

from typing import Literal

import msgspec

from lstm_engine.run.records import Parent, RunState

#: `lstm`: of the LSTM, which the engine trains; `lightning`: of a script, which trains by itself.
RunKind = Literal["lstm", "lightning"]
EntryState = Literal["running", "paused", "stopped", "interrupted", "finished", "failed", "damaged"]

#: By what goes on in a run: its state while a process has it, and once none does.
STATES: dict[RunState, tuple[EntryState, EntryState]] = {
    "training": ("running", "interrupted"),
    "paused": ("paused", "stopped"),
    "finished": ("finished", "finished"),
    "failed": ("failed", "failed"),
}


class RunEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A run in the list.

    epoch: the last epoch it can be resumed from; the one it is at, of a run that a process holds and tells of; of a
        script's run, those completed.
    target: the epoch it was going to; 0 where a script has not said so.
    state: `running` in some process; `paused`, and held by one; `stopped` and saved; `interrupted`, its process died;
        `finished`; `failed`; `damaged`, with the sentence in `problem`.
    model: one of ours, or the class of a script's module, as far as that is known.
    data, companies, seed, lr, init, batch_size: settings of the LSTM, some of them of a model of prices, too; no other
        script's run has them. hidden: units of a model of prices.
    ratio: of a model of prices, its error on the days held out by that of the price before; below 1 it is better.
    title: the script, as a person would call it; empty for the LSTM.
    updated: UTC, ISO 8601.
    note, tags: what its user wrote of it, and the words of that which begin with #, without the sign.
    host, pid: the process that holds it, where one does; the script's own, where its keeper is gone.
    per_second, watchers: epochs a second, and how many dashboards look on, where that process has told.
    steps_per_second: of a script, optimiser steps.
    """

    run: str
    kind: RunKind = "lstm"
    state: EntryState
    epoch: int
    target: int
    train_loss: float | None
    predictions: dict[str, float | None] = {}
    model: str
    data: str = ""
    companies: int | None = None
    hidden: int | None = None
    ratio: float | None = None
    seed: int | None = None
    lr: float | None = None
    init: str = ""
    batch_size: int | None = None
    title: str = ""
    created: str
    updated: str
    parent: Parent | None
    directory: str
    problem: str | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    host: str | None = None
    pid: int | None = None
    per_second: float | None = None
    steps_per_second: float | None = None
    watchers: int | None = None
