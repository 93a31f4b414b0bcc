"""Where a fit ends, while it runs."""

from __future__ import annotations

from typing import Any

from .refusal_error import RefusalError


def set_target(trainer: Any, max_epochs: int | None, max_steps: int | None) -> None:
    """None leaves a limit as it is, -1 takes it away. Raises RefusalError, and has changed nothing then."""
    begun, step = trainer.current_epoch + 1, trainer.global_step
    if max_epochs is None and max_steps is None:
        raise RefusalError("it names no target")
    if max_epochs is not None and max_epochs != -1 and max_epochs < begun:
        raise RefusalError(f"epoch {begun} has begun: the target cannot be {max_epochs}")
    if max_steps is not None and max_steps != -1 and max_steps <= step:
        raise RefusalError(f"{step} steps are made: the target cannot be {max_steps}")
    _check_schedulers(trainer, max_epochs, max_steps)
    if max_epochs is not None:
        trainer.fit_loop.max_epochs = max_epochs
    if max_steps is not None:
        trainer.fit_loop.epoch_loop.max_steps = max_steps


def _check_schedulers(trainer: Any, max_epochs: int | None, max_steps: int | None) -> None:
    """A OneCycleLR raises behind its last step, and that would end the training."""
    epochs = trainer.max_epochs if max_epochs is None else max_epochs
    steps = trainer.max_steps if max_steps is None else max_steps
    batches = trainer.num_training_batches / trainer.accumulate_grad_batches
    by_epochs = float("inf") if epochs in (None, -1) else epochs * batches
    by_steps = float("inf") if steps in (None, -1) else steps
    for config in trainer.lr_scheduler_configs:
        total = getattr(config.scheduler, "total_steps", None)
        if total is None:
            continue
        taken = min(by_epochs, by_steps)
        if config.interval == "epoch":
            taken /= batches
        if taken / config.frequency > total:
            name = type(config.scheduler).__name__
            raise RefusalError(
                f"the script's {name} is made for {total} steps, and ends the training with an error there"
            )
