"""A plain Lightning script whose steps take as long as its network is wide. It knows nothing of us.

python stepped_script.py WIDTH STEPS FILE: writes to FILE the processor seconds of its steps, without the first ones.
"""

import sys
import time
from pathlib import Path

import lightning.pytorch as pl
import torch
from torch.utils.data import DataLoader, TensorDataset

#: Steps before the clock is started: what is done once, and the time that a board takes to open.
WARM_UP = 0.2
BATCH = 32


class Regression(pl.LightningModule):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.net = torch.nn.Sequential(
            torch.nn.Linear(64, width),
            torch.nn.ReLU(),
            torch.nn.Linear(width, width),
            torch.nn.ReLU(),
            torch.nn.Linear(width, 1),
        )

    def training_step(self, batch, batch_idx):  # type: ignore[no-untyped-def]
        x, y = batch
        loss = torch.nn.functional.mse_loss(self.net(x), y)
        self.log("train_loss", loss)
        self.log("scale", y.std())
        return loss

    def configure_optimizers(self):  # type: ignore[no-untyped-def]
        return torch.optim.Adam(self.parameters(), lr=1e-3)


class Clock(pl.Callback):
    def __init__(self, steps: int) -> None:
        self.first = int(WARM_UP * steps)
        self.begun = self.seconds = 0.0

    def on_train_batch_start(self, trainer, pl_module, batch, batch_idx):  # type: ignore[no-untyped-def]
        if trainer.global_step == self.first:
            self.begun = time.process_time()

    def on_train_end(self, trainer, pl_module):  # type: ignore[no-untyped-def]
        self.seconds = time.process_time() - self.begun


def main() -> None:
    width, steps, file = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    torch.set_num_threads(1)
    pl.seed_everything(0)
    x = torch.randn(4096, 64)
    clock = Clock(steps)
    trainer = pl.Trainer(
        max_steps=steps,
        max_epochs=-1,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        callbacks=[clock],
    )
    trainer.fit(Regression(width), DataLoader(TensorDataset(x, x[:, :1].sin()), BATCH, shuffle=True))
    # The file is there whole, or not at all.
    part = file.with_suffix(".part")
    part.write_text(str(clock.seconds))
    part.rename(file)


if __name__ == "__main__":
    main()
