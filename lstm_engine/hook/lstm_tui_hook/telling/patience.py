"""What an EarlyStopping among the callbacks has to do with a fit's end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def patience_that_ended(trainer: Any) -> str:
    """What it waited for in vain, as a person would say it; empty where none has run out of patience."""
    for callback in _out_of_patience(trainer):
        looks = "epochs" if getattr(callback, "_check_on_train_epoch_end", False) else "validations"
        return f"no better {callback.monitor} for {callback.patience} {looks}"
    return ""


def begin_anew(trainer: Any) -> None:
    """Epochs were added behind the end that it had set: it waits for as long again. Before, it changes nothing."""
    if trainer.current_epoch >= (trainer.min_epochs or 0):
        for callback in _out_of_patience(trainer):
            callback.wait_count = 0


def _out_of_patience(trainer: Any) -> Iterator[Any]:
    for callback in trainer.callbacks:
        stops_early = any(kind.__name__ == "EarlyStopping" for kind in type(callback).__mro__)
        if stops_early and callback.wait_count >= callback.patience:
            yield callback
