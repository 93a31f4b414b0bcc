"""The script of a model of prices, which trains in the run's folder that its environment names.

python -m lstm_engine.price_model.program
"""

from __future__ import annotations

import lstm_engine.single_thread_numpy
import lstm_engine.torch_without_compiler  # noqa: F401 - ahead of all that imports NumPy and PyTorch

# isort: split
import os
import sys
import warnings
from pathlib import Path

import torch
from lightning import Callback, Trainer, seed_everything
from lightning.pytorch.callbacks import EarlyStopping, ModelCheckpoint

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import Inputs, read_inputs
from lstm_engine.price_model.best_epoch import BestEpoch
from lstm_engine.price_model.carried_best import CarriedBest
from lstm_engine.price_model.epoch_weights import EpochWeights
from lstm_engine.price_model.forecaster import Forecaster
from lstm_engine.price_model.newest_checkpoint import NewestCheckpoint
from lstm_engine.price_model.window_loader import training_loader, validation_loader
from lstm_engine.script.script_environment import RUN
from lstm_engine.script.script_run import CHECKPOINTS, INPUTS


def main() -> int:
    """Trains; the exit status."""
    run = Path(os.environ[RUN])
    try:
        fit(run, read_inputs(run / INPUTS))
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def fit(run: Path, inputs: Inputs) -> Trainer:
    """Trains a new model in the folder of its run, which the hook may have go on from a checkpoint."""
    settings = inputs.settings
    folder = run / CHECKPOINTS
    callbacks: list[Callback] = [BestEpoch(run, settings.horizon), EpochWeights(run), NewestCheckpoint(folder)]
    if settings.patience is not None:
        # At the validation's end, not the epoch's: what is saved at the epoch's has seen it then.
        callbacks.append(EarlyStopping("val_loss", patience=settings.patience, check_on_train_epoch_end=False))
    callbacks += [CarriedBest(), ModelCheckpoint(folder, "best-{epoch}", monitor="val_loss")]
    return train(inputs, callbacks, settings.epochs)


def train(inputs: Inputs, callbacks: list[Callback], epochs: int) -> Trainer:
    """Trains a new model up to that epoch, or one that the hook has go on from a checkpoint.

    What the callbacks do has no say in its bits, and nothing but them writes anything.
    """
    # Loaders without workers are what is wanted: a batch is cut in microseconds.
    warnings.filterwarnings("ignore", ".*does not have many workers.*")
    warnings.filterwarnings("ignore", ".*The number of training batches.*")
    model = new_model(inputs)
    trainer = Trainer(
        max_epochs=epochs,
        accelerator="cpu",
        devices=1,
        callbacks=callbacks,
        gradient_clip_val=inputs.settings.clip,
        logger=False,
        enable_checkpointing=any(isinstance(each, ModelCheckpoint) for each in callbacks),
        enable_progress_bar=False,
        enable_model_summary=False,
        num_sanity_val_steps=0,
    )
    # Of the gradient by days long ago next to nothing is left: to multiply such numbers takes ten times as long as 0.
    torch.set_flush_denormal(True)
    try:
        trainer.fit(model, training_loader(inputs), validation_loader(inputs), weights_only=True)
    finally:
        torch.set_flush_denormal(False)
    return trainer


def new_model(inputs: Inputs) -> Forecaster:
    """As nothing of it was trained yet, in the bits that the seed decides."""
    torch.set_num_threads(1)
    seed_everything(inputs.settings.seed, verbose=False)
    return Forecaster(inputs)


if __name__ == "__main__":
    sys.exit(main())
