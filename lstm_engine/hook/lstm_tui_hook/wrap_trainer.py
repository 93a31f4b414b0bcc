"""The two public methods of Trainer that the hook stands in front of: no callback hears of what they are given."""

from __future__ import annotations

import functools
from typing import Any

from .guard import complain
from .hooks import Hooks
from .settings import Settings

#: Of `fit(model, train_dataloaders, val_dataloaders, datamodule, ckpt_path)`.
_PLACE_OF_PATH = 4
_MARK = "_lstm_tui_wrapped"
_fits = 0


def wrap_trainer(trainer: type[Any]) -> None:
    """From here on `fit` goes on from what the environment says, and a written checkpoint is told of. Once a class."""
    if _MARK in vars(trainer):
        return
    setattr(trainer, _MARK, True)
    fit, save_checkpoint = trainer.fit, trainer.save_checkpoint

    @functools.wraps(fit)
    def fit_from_there(self: Any, *arguments: Any, **named: Any) -> Any:
        try:
            arguments = _prepared(self, arguments, named)
        except Exception as error:
            complain(error)
        return fit(self, *arguments, **named)

    @functools.wraps(save_checkpoint)
    def save_and_tell(self: Any, filepath: Any, *arguments: Any, **named: Any) -> Any:
        hook = None
        try:
            hook = _hook_of(self)
        except Exception as error:
            complain(error)
        if hook is not None:
            hook.checkpoint_begun(self, filepath)
        result = save_checkpoint(self, filepath, *arguments, **named)
        if hook is not None:
            hook.checkpoint_written(self, filepath)
        return result

    trainer.fit = fit_from_there
    trainer.save_checkpoint = save_and_tell


def _prepared(trainer: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    """The arguments of the fit, changed where it is the one that goes on from a checkpoint. Counts the fits."""
    global _fits
    number, _fits = _fits, _fits + 1
    settings, hook = Settings.from_environment(), _hook_of(trainer)
    if settings is None or hook is None:
        return arguments
    hook.fit_called(number)
    if number != settings.fit or settings.checkpoint is None:
        return arguments
    hook.resumed_from = settings.checkpoint
    if settings.epochs is not None:
        trainer.fit_loop.max_epochs = settings.epochs
    if len(arguments) > _PLACE_OF_PATH:
        return (*arguments[:_PLACE_OF_PATH], settings.checkpoint, *arguments[_PLACE_OF_PATH + 1 :])
    named["ckpt_path"] = settings.checkpoint
    return arguments


def _hook_of(trainer: Any) -> Hooks | None:
    return next((callback for callback in trainer.callbacks if isinstance(callback, Hooks)), None)
