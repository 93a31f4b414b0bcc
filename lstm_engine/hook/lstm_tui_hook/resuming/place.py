"""Where in a fit the training stands, as Lightning 2.6 counts it."""

from __future__ import annotations

from typing import Any

INSIDE_STEP = "it was saved inside a step"
LAST_BATCH = "it was saved behind the last batch of an epoch, whose end a resumed run leaves out"
ACCUMULATING = "it was saved between two optimiser steps, and the gradients so far are not in it"
VALIDATION_DUE = "it was saved right before a validation, which a resumed run leaves out"
STOPPED_INSIDE = "the fit was stopped inside this epoch, and counts it as a whole one"


def behind_batch(trainer: Any) -> bool:
    """In one of the hooks behind a training step."""
    epoch, batch = trainer.fit_loop.epoch_progress.current, trainer.fit_loop.epoch_loop.batch_progress.current
    inside = epoch.ready == epoch.started == epoch.processed + 1
    return bool(trainer.training and inside and batch.processed == batch.ready == batch.completed + 1)


def behind_epoch(trainer: Any) -> bool:
    """In one of the hooks at an epoch's end."""
    epoch = trainer.fit_loop.epoch_progress.current
    return bool(trainer.training and epoch.ready == epoch.started == epoch.processed == epoch.completed + 1)


def behind_validation(trainer: Any) -> bool:
    """In one of the hooks at the end of a validation of the fit."""
    loop = trainer.fit_loop.epoch_loop
    epoch, batch, checked = trainer.fit_loop.epoch_progress.current, loop.batch_progress.current, loop.val_loop
    inside = epoch.ready == epoch.started == epoch.processed + 1 and batch.completed == batch.ready
    progress = checked.batch_progress
    done = progress.is_last_batch and progress.current.completed == progress.current.ready > 0
    return bool(trainer.validating and inside and done)


def behind_last_batch(trainer: Any) -> bool:
    progress = trainer.fit_loop.epoch_loop.batch_progress
    return bool(progress.is_last_batch or progress.current.ready >= trainer.num_training_batches)


def in_the_way(trainer: Any) -> str:
    """Why going on from here would not be exact, where the next batch's end or the epoch's may be better; else empty.
    For a hook behind a training step.
    """
    loop = trainer.fit_loop.epoch_loop
    if behind_last_batch(trainer):
        return LAST_BATCH
    if trainer.fit_loop._should_accumulate():
        return ACCUMULATING
    if loop._should_check_val_fx(trainer.fit_loop._data_fetcher):
        return VALIDATION_DUE
    return ""
