"""Has a run that goes on in another folder know the best checkpoint of its past, and keep it there."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from lightning import Callback, LightningModule, Trainer
from lightning.pytorch.callbacks import ModelCheckpoint

from lstm_engine.store.hold_file import hold_file


class CarriedBest(Callback):
    """In a branch, and in a run that was renamed, Lightning's ModelCheckpoint forgets what it has to beat: it would
    keep an epoch as the best that is worse than one before, of which the predictions are kept.
    """

    def on_load_checkpoint(self, trainer: Trainer, _: LightningModule, checkpoint: dict[str, Any]) -> None:
        states = checkpoint.get("callbacks", {})
        for callback in trainer.checkpoint_callbacks:
            state = states.get(callback.state_key)
            if isinstance(callback, ModelCheckpoint) and callback.dirpath and state:
                states[callback.state_key] = _moved(state, Path(str(callback.dirpath)))


def _moved(state: dict[str, Any], folder: Path) -> dict[str, Any]:
    if state.get("dirpath") in (None, str(folder)):
        return state
    moved = {**state, "dirpath": str(folder)}
    for name in ("best_model_path", "kth_best_model_path", "last_model_path"):
        moved[name] = _held(state.get(name) or "", folder)
    moved["best_k_models"] = {_held(path, folder): loss for path, loss in (state.get("best_k_models") or {}).items()}
    return moved


def _held(path: str, folder: Path) -> str:
    """Its place in the folder, where it lies from here on if it is anywhere."""
    if not path:
        return ""
    here = folder / Path(path).name
    if not here.exists():
        with contextlib.suppress(OSError):
            hold_file(Path(path), here, may_share=True)
    return str(here)
