"""A program: trains the same again and again, saves in every place, goes on from there, and prints what came out.

Run with the hook on PYTHONPATH and LSTM_TUI_RUN; its arguments are the names of the cases. Of every case it
prints, as JSON, {place: {"same": whether the resumed weights are those of the uninterrupted run, "exact": what it
had said of that checkpoint, "why_not", "resumed": what it said going on, "steps": of the resumed run, "of": of the
other}}.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lightning.pytorch as pl
import numpy as np
import torch
from lightning.pytorch.callbacks import EarlyStopping, ModelCheckpoint
from torch.utils.data import DataLoader, Dataset, DistributedSampler

RUN = Path(os.environ["LSTM_TUI_RUN"])
ITEMS, BATCH, EPOCHS = 64, 8, 3


class Points(Dataset[Any]):
    """With augmentation by every generator that there is."""

    def __init__(self) -> None:
        generator = torch.Generator().manual_seed(0)
        self.x = torch.randn(ITEMS, 6, generator=generator)
        self.y = self.x.sum(1, keepdim=True)

    def __len__(self) -> int:
        return ITEMS

    def __getitem__(self, item: int) -> tuple[torch.Tensor, torch.Tensor]:
        noise = 0.05 * torch.randn(6) + 0.05 * random.gauss(0, 1) + 0.05 * float(np.random.normal())
        return self.x[item] + noise, self.y[item]


class Net(pl.LightningModule):
    def __init__(self, plateau: str = "") -> None:
        super().__init__()
        self.plateau = plateau
        self.net = torch.nn.Sequential(
            torch.nn.Linear(6, 12),
            torch.nn.BatchNorm1d(12),
            torch.nn.ReLU(),
            torch.nn.Dropout(0.2),
            torch.nn.Linear(12, 1),
        )

    def training_step(self, batch: Any, index: int) -> torch.Tensor:
        x, y = batch
        loss = torch.nn.functional.mse_loss(self.net(x), y)
        self.log("train_loss", loss, on_step=False, on_epoch=True)
        return loss

    def validation_step(self, batch: Any, index: int) -> None:
        x, y = batch
        self.log("val_loss", torch.nn.functional.mse_loss(self.net(x), y))

    def configure_optimizers(self) -> Any:
        optimizer = torch.optim.Adam(self.parameters(), lr=1e-2)
        if self.plateau:
            scheduler: Any = torch.optim.lr_scheduler.ReduceLROnPlateau(
                optimizer, factor=0.5, patience=0, threshold=0.5
            )
            return {"optimizer": optimizer, "lr_scheduler": {"scheduler": scheduler, "monitor": self.plateau}}
        return {"optimizer": optimizer, "lr_scheduler": torch.optim.lr_scheduler.StepLR(optimizer, 2, 0.5)}


class TwoOptimizers(Net):
    """Manual optimisation, as of a GAN."""

    def __init__(self) -> None:
        super().__init__()
        self.automatic_optimization = False
        self.other = torch.nn.Linear(6, 1)

    def training_step(self, batch: Any, index: int) -> None:  # type: ignore[override]
        x, y = batch
        one, two = self.optimizers()
        for optimizer, part in ((one, self.net), (two, self.other)):
            loss = (part(x) - y).square().mean() + 0.1 * (self.other(x) - self.net(x)).square().mean()
            optimizer.zero_grad()
            self.manual_backward(loss)
            optimizer.step()

    def configure_optimizers(self) -> Any:
        return [torch.optim.Adam(self.net.parameters(), lr=1e-2), torch.optim.Adam(self.other.parameters(), lr=1e-2)]


class Saver(pl.Callback):
    """Saves where it is told to: (epoch, batch), or the name of a hook."""

    def __init__(self, places: tuple[Any, ...] = ()) -> None:
        self.places = places

    def _save(self, trainer: pl.Trainer, place: Any) -> None:
        if place in self.places:
            trainer.save_checkpoint(_file(place))

    def on_train_batch_end(self, trainer: Any, module: Any, outputs: Any, batch: Any, batch_idx: int) -> None:
        self._save(trainer, (trainer.current_epoch, batch_idx))

    def on_validation_end(self, trainer: Any, module: Any) -> None:
        if not trainer.sanity_checking:
            self._save(trainer, (trainer.current_epoch, "validation", trainer.fit_loop.batch_idx))

    def on_train_epoch_end(self, trainer: Any, module: Any) -> None:
        self._save(trainer, (trainer.current_epoch, "end"))

    def on_train_epoch_start(self, trainer: Any, module: Any) -> None:
        self._save(trainer, (trainer.current_epoch, "start"))

    def on_train_end(self, trainer: Any, module: Any) -> None:
        self._save(trainer, "last")


def _file(place: Any) -> Path:
    return RUN / "saved" / f"{json.dumps(place)}.ckpt"


#: Fits of this process, as the hook counts them.
_fits = [0]


def train(
    make: Callable[[], pl.LightningModule] = Net,
    places: tuple[Any, ...] = (),
    checkpoint: Path | None = None,
    epochs: int = EPOCHS,
    loader: Callable[[], dict[str, Any]] = dict,
    callbacks: Callable[[], list[pl.Callback]] = list,
    validate: bool = True,
    **options: Any,
) -> tuple[str, int]:
    """The weights in the end, as a digest, and the steps."""
    os.environ.pop("LSTM_TUI_CKPT", None)
    if checkpoint is not None:
        os.environ |= {"LSTM_TUI_CKPT": str(checkpoint), "LSTM_TUI_FIT": str(_fits[0]), "LSTM_TUI_EPOCHS": str(epochs)}
    pl.seed_everything(7 if checkpoint is None else 1234, verbose=False)
    data = DataLoader(Points(), **{"batch_size": BATCH, "shuffle": True, **loader()})
    settings: dict[str, Any] = {"max_epochs": epochs, "accelerator": "cpu", "logger": False, **options}
    made = callbacks()
    settings["enable_checkpointing"] = any(isinstance(one, ModelCheckpoint) for one in made)
    trainer = pl.Trainer(
        callbacks=[Saver(places), *made], enable_progress_bar=False, enable_model_summary=False, **settings
    )
    module = make()
    _fits[0] += 1
    trainer.fit(module, data, DataLoader(Points(), BATCH) if validate else None)
    weights = b"".join(one.detach().numpy().tobytes() for one in module.parameters())
    return hashlib.sha256(weights).hexdigest(), trainer.global_step


def told(kind: str) -> list[dict[str, Any]]:
    lines = (RUN / "events.jsonl").read_text().splitlines()
    return [event for event in map(json.loads, filter(None, lines)) if event["type"] == kind]


def outcomes(places: list[Any], **options: Any) -> dict[str, Any]:
    """Saves in all these places of one run, and goes on from each."""
    weights, steps = train(**options)
    saving = train(places=tuple(places), **options)
    assert saving == (weights, steps), "to save changed the training"
    said = {event["path"]: event for event in told("checkpoint_written")}
    found = {}
    for place in places:
        again, made = train(checkpoint=_file(place), **options)
        event = said.get(str(_file(place)), {})
        found[json.dumps(place)] = {
            "same": again == weights,
            "exact": event.get("exact"),
            "why_not": event.get("why_not"),
            "resumed": told("fit_started")[-1]["exact"],
            "steps": made,
            "of": steps,
        }
    return found


INSIDE = [[0, 0], [0, 4], [1, 0], [1, 3], [2, 6]]
ENDS = [[0, "end"], [1, "end"]]


def _keys(places: list[list[Any]]) -> list[Any]:
    return [tuple(place) for place in places]


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "ordinary": lambda: outcomes(_keys([*INSIDE, *ENDS, [1, 7], [1, "validation", 7], [1, "start"]])),
    "no validation": lambda: outcomes(_keys([[0, 2], [1, 5], [0, "end"]]), validate=False),
    "workers": lambda: outcomes(_keys([[0, 3], [1, 3], [1, "end"]]), loader=lambda: {"num_workers": 2}),
    "validation inside": lambda: outcomes(
        _keys([[1, 3], [1, 5], [1, "validation", 3], [1, "end"]]), val_check_interval=0.5
    ),
    "validation every second": lambda: outcomes(
        _keys([[0, 3], [1, 3], [0, "end"], [1, "end"], [1, "validation", 7]]), check_val_every_n_epoch=2
    ),
    "accumulated": lambda: outcomes(_keys([[1, 1], [1, 2], [1, "end"]]), accumulate_grad_batches=2),
    "manual": lambda: outcomes(_keys([[0, 3], [1, 3], [1, "end"]]), make=TwoOptimizers),
    "plateau of validation": lambda: outcomes(
        _keys([[0, 3], [1, 3], [0, "end"], [1, "end"], [1, "start"]]), make=lambda: Net("val_loss")
    ),
    "plateau of training": lambda: outcomes(_keys([[0, 3], [1, 3], [0, "end"]]), make=lambda: Net("train_loss")),
    "max_steps": lambda: outcomes(_keys([[0, 3], [1, 3], [0, "end"], [1, "end"]]), max_steps=22, epochs=-1),
    "max_steps at an end": lambda: outcomes(_keys([[1, 3], [1, "end"]]), max_steps=24, epochs=-1),
    "own generator": lambda: outcomes(
        _keys([[1, 3], [1, "end"]]), loader=lambda: {"generator": torch.Generator().manual_seed(5)}
    ),
    "persistent workers": lambda: outcomes(
        _keys([[1, 3], [1, "end"]]), loader=lambda: {"num_workers": 1, "persistent_workers": True}
    ),
    "sampler by epoch": lambda: outcomes(
        _keys([[0, 3], [1, 3], [2, "start"], [1, "end"]]),
        loader=lambda: {"shuffle": False, "sampler": DistributedSampler(Points(), 1, 0, seed=3)},
    ),
    "limited": lambda: outcomes(_keys([[0, 1], [1, 3], [1, "end"]]), limit_train_batches=5),
    "early stopping": lambda: outcomes(
        _keys([[0, 3], [1, 3], [0, "end"], [1, "end"]]),
        epochs=6,
        callbacks=lambda: [EarlyStopping("val_loss", patience=1, min_delta=5.0)],
    ),
}


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    (RUN / "saved").mkdir(exist_ok=True)
    for case in sys.argv[1:]:
        sys.stdout.write(json.dumps({case: CASES[case]()}) + "\n")
        sys.stdout.flush()
