"""Models of prices trained in the tests' own process, with the hook, as `price_model.program` does in its own."""

from __future__ import annotations

import contextlib
import importlib
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import lightning.pytorch as pl
import numpy as np
import torch

from lstm_engine.forecast.inputs import Inputs, inputs_of, read_inputs, write_inputs
from lstm_engine.forecast.predictions import Predictions, write_predictions
from lstm_engine.forecast.recomputation import prepared
from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.hook.lstm_tui_hook.wrap_trainer import wrap_trainer
from lstm_engine.price_model import program
from lstm_engine.price_model.recompute_program import recompute
from lstm_engine.prices.table import PriceTable
from lstm_engine.script.going_on import checkpoint_of
from lstm_engine.script.script_environment import CHECKPOINT, EPOCHS, FIT
from lstm_engine.script.script_run import CHECKPOINTS, INPUTS
from lstm_engine.store.script_record import ScriptRecord, write_script_record
from lstm_engine.weight_history.history import Snapshot
from tests.support.hooked import hook

wrapping = importlib.import_module(wrap_trainer.__module__)


def weekdays(days: int = 60, tickers: tuple[str, ...] = ("A", "B")) -> PriceTable:
    """A random walk each, on weekdays from 2024-01-01 on."""
    walk = np.random.default_rng(0).normal(0, 0.01, (days, len(tickers)))
    dates = np.busday_offset("2024-01-01", np.arange(days))
    return PriceTable("walks.csv", tickers, dates, 100 * np.exp(walk.cumsum(axis=0)), "Close", "wide")


def months(years: int = 8) -> PriceTable:
    """A yearly wave that grows, by month."""
    month = np.arange(12 * years)
    prices = np.exp(0.01 * month) * (10 + np.sin(2 * np.pi * month / 12))
    dates = (np.datetime64("2000-01") + month).astype("datetime64[D]")
    return PriceTable("wave.csv", ("wave",), dates, prices[:, None], "value", "wide")


def made_run(root: Path, inputs: Inputs, predictions: Predictions | None = None) -> Path:
    """The folder of a run, nothing of which was trained."""
    run = root / "run"
    (run / INPUTS).mkdir(parents=True)
    (run / CHECKPOINTS).mkdir()
    write_inputs(run / INPUTS, inputs)
    record = ScriptRecord(created="2026-01-02T12:00:00+00:00", argv=("python",), title="walks.csv", directory="/")
    write_script_record(run, record)
    if predictions is not None:
        write_predictions(run, predictions)
    return run


def small_inputs(**changed: Any) -> Inputs:
    """Of two tickers, trained in a moment."""
    settings: dict[str, Any] = {"window": 5, "batch_size": 16, "epochs": 4, "lr": 0.01, **changed}
    return inputs_of(ForecastSettings(**settings), weekdays())


class SavedAt(pl.Callback):
    """Saves at the end of these epochs, and behind these steps, in place of what goes by the clock."""

    def __init__(self, folder: Path, ends: tuple[int, ...] = (), steps: tuple[int, ...] = ()) -> None:
        self._folder, self._ends, self._steps = folder, ends, steps

    def on_train_batch_end(self, trainer: pl.Trainer, *_: object) -> None:
        if trainer.global_step in self._steps:
            trainer.save_checkpoint(self._folder / f"step={trainer.global_step}.ckpt", weights_only=False)

    def on_train_epoch_end(self, trainer: pl.Trainer, *_: object) -> None:
        if trainer.current_epoch + 1 in self._ends:
            trainer.save_checkpoint(self._folder / f"end={trainer.current_epoch + 1}.ckpt", weights_only=False)


def trained(
    monkeypatch: Any, run: Path, inputs: Inputs, epochs: int = 0, checkpoint: Path | None = None
) -> pl.Trainer:
    """Trains in the folder; where `epochs` says to which epoch, from the checkpoint or its newest on."""
    go_on = {}
    if epochs:
        path = checkpoint or checkpoint_of(run).path
        go_on = {"LSTM_TUI_CKPT": str(path), "LSTM_TUI_FIT": "0", "LSTM_TUI_EPOCHS": str(epochs)}
    with _hooked(monkeypatch, run, go_on):
        return program.fit(run, inputs)


def recomputed(monkeypatch: Any, run: Path, epoch: int, folder: Path) -> tuple[dict[int, Snapshot], list[int]]:
    """The parameters at that epoch, and those before it, as they are computed again; and the epochs that it told of.

    folder: is made.
    """
    folder.mkdir()
    found, passed = prepared(run, epoch, folder), []
    checkpoint, done = found.start.checkpoint, found.start.done if found.start.is_between else None
    go_on = {name: value for name, value in found.environment.items() if name in (CHECKPOINT, FIT, EPOCHS)}
    with _hooked(monkeypatch, folder, go_on):
        result = Path(found.command[found.command.index(str(epoch)) + 1])
        recompute(read_inputs(run / INPUTS), epoch, result, done, checkpoint, passed.append)
    return found.result(), passed


@contextlib.contextmanager
def _hooked(monkeypatch: Any, run: Path, go_on: Mapping[str, str]) -> Iterator[None]:
    """In it a Trainer of the program's has the hook, which tells of the run."""
    monkeypatch.setattr(wrapping, "_fits", 0)
    callback = hook(monkeypatch, run, **go_on)
    wrap_trainer(pl.Trainer)

    def hooked(**options: Any) -> pl.Trainer:
        return pl.Trainer(**{**options, "callbacks": [*options["callbacks"], callback]})

    monkeypatch.setattr(program, "Trainer", hooked)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def weights(trainer: pl.Trainer) -> bytes:
    """The bits of all parameters, and of the optimiser's state."""
    state = trainer.optimizers[0].state_dict()["state"].values()
    tensors = [*trainer.lightning_module.parameters(), *(value for each in state for value in each.values())]
    return b"".join(tensor.detach().numpy().tobytes() for tensor in tensors if isinstance(tensor, torch.Tensor))
