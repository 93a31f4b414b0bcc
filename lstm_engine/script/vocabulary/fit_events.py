"""What is told of a fit, from its Trainer to its end."""

from __future__ import annotations

from typing import Literal

import msgspec

from lstm_engine.script.vocabulary.keeper_events import VOCABULARY
from lstm_engine.script.vocabulary.module_events import Tensor
from lstm_engine.script.vocabulary.script_event import Scalar, ScriptEvent

Phase = Literal["sanity", "validate", "test", "predict"]
EndReason = Literal["finished", "stopped", "interrupted", "failed"]


class FitOpened(ScriptEvent, frozen=True, kw_only=True):
    """A Trainer was set up for one of its entry points.

    fit: how many fits this process opened before. stage: fit, validate, test, predict or tune.
    trainer: the package, `lightning` or `pytorch_lightning`. model: the module's class.
    world: processes that train together. exact: a resumed run ends in the bits of an uninterrupted one; None where
    that is not known yet. why_not: why it does not, in one sentence.
    """

    fit: int
    stage: str
    trainer: str
    version: str
    torch: str
    model: str
    pid: int
    tensors: tuple[Tensor, ...] = ()
    hyperparameters: dict[str, Scalar] = msgspec.field(default_factory=dict)
    loggers: tuple[str, ...] = ()
    world: int = 1
    device: str = ""
    precision: str = ""
    resumed_from: str | None = None
    exact: bool | None = None
    why_not: str = ""
    gates: bool = False
    vocabulary: int = VOCABULARY


class FitStarted(ScriptEvent, frozen=True, kw_only=True):
    """Training begins, or goes on, at a step. max_epochs, max_steps, batches (of an epoch): None where unlimited.

    exact, why_not: of a resumed run, as in FitOpened; known for certain only here.
    """

    epoch: int
    step: int
    max_epochs: int | None = None
    max_steps: int | None = None
    batches: int | None = None
    exact: bool | None = None
    why_not: str = ""


class EpochStarted(ScriptEvent, frozen=True, kw_only=True):
    """epoch: its number, from 0. step: steps made until here."""

    epoch: int
    step: int
    batches: int | None = None


class Steps(ScriptEvent, frozen=True, kw_only=True):
    """What some consecutive optimiser steps came to, told at most ten times a second.

    first: the number of the first of them, from 1. loss: what each training step returned, one a batch.
    epoch, batch: where the last of them stands, both from 0. step: all steps made.
    metrics: what was logged, at the last of them; lr: by its name. seconds: that they took.
    """

    first: int
    step: int
    epoch: int
    batch: int
    loss: tuple[float | None, ...] = ()
    metrics: dict[str, float | None] = msgspec.field(default_factory=dict)
    lr: dict[str, float] = msgspec.field(default_factory=dict)
    seconds: float = 0.0


class EpochEnded(ScriptEvent, frozen=True, kw_only=True):
    """epoch: completed, from 0. metrics: everything that was logged for it."""

    epoch: int
    step: int
    metrics: dict[str, float | None] = msgspec.field(default_factory=dict)


class PhaseStarted(ScriptEvent, frozen=True, kw_only=True):
    """Something other than training began. batches: all it has, None where that is not known."""

    phase: Phase
    batches: int | None = None


class PhaseProgress(ScriptEvent, frozen=True, kw_only=True):
    """batch: how many are done; told at most ten times a second."""

    phase: Phase
    batch: int


class PhaseEnded(ScriptEvent, frozen=True, kw_only=True):
    """metrics: what was logged in it."""

    phase: Phase
    step: int
    epoch: int
    metrics: dict[str, float | None] = msgspec.field(default_factory=dict)


class FitEnded(ScriptEvent, frozen=True, kw_only=True):
    """epoch: completed ones. patience: what an EarlyStopping that ended it waited for in vain; else empty."""

    fit: int
    reason: EndReason
    epoch: int
    step: int
    patience: str = ""


class FitFailed(ScriptEvent, frozen=True, kw_only=True):
    """The script's code raised. cause: the error in one line."""

    cause: str
    epoch: int
    step: int


class HookOff(ScriptEvent, frozen=True, kw_only=True):
    """The hook met a fault of its own and tells nothing more; the training goes on. cause: one line."""

    cause: str
