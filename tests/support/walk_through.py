"""The walk-through's model as a plain Lightning script has it: autograd, `self.log`, DataLoader."""

from pathlib import Path

import lightning
import torch
from lightning import LightningModule
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

NAMES = ("wlr1", "wlr2", "blr1", "wpr1", "wpr2", "bpr1", "wp1", "wp2", "bp1", "wo1", "wo2", "bo1")


def drawn(name: str, uniform: bool) -> torch.Tensor:
    """A parameter's first value."""
    if uniform:
        return torch.rand(1)
    return torch.normal(mean=torch.tensor(0.0), std=torch.tensor(1.0)) if name[0] == "w" else torch.tensor(0.0)


class WalkThrough(LightningModule):
    """Twelve parameters; `shape` () as `torch.normal` draws them, or (1,) as `torch.rand(1)` does."""

    def __init__(self, uniform: bool = False) -> None:
        super().__init__()
        lightning.seed_everything(42, verbose=False)
        for name in NAMES:
            self.register_parameter(name, nn.Parameter(drawn(name, uniform)))

    def unit(self, x: torch.Tensor, c: torch.Tensor, h: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        f = torch.sigmoid(h * self.wlr1 + x * self.wlr2 + self.blr1)
        i = torch.sigmoid(h * self.wpr1 + x * self.wpr2 + self.bpr1)
        g = torch.tanh(h * self.wp1 + x * self.wp2 + self.bp1)
        c = c * f + i * g
        o = torch.sigmoid(h * self.wo1 + x * self.wo2 + self.bo1)
        return c, torch.tanh(c) * o

    def forward(self, days: torch.Tensor) -> torch.Tensor:
        c = h = torch.tensor(0.0)
        for x in days:
            c, h = self.unit(x, c, h)
        return h

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return torch.optim.Adam(self.parameters(), lr=0.001)

    def training_step(self, batch: tuple[torch.Tensor, torch.Tensor], _index: int) -> torch.Tensor:
        days, target = batch
        output = self(days[0])
        loss = (output - target) ** 2
        self.log("train_loss", loss)
        self.log("out_0" if target == 0 else "out_1", output)
        return loss


def loader() -> DataLoader:
    """The two companies, in order, one at a time."""
    days = torch.tensor([[0.0, 0.5, 0.25, 1.0], [1.0, 0.5, 0.25, 1.0]])
    return DataLoader(TensorDataset(days, torch.tensor([0.0, 1.0])))


def plain_checkpoint(folder: Path, uniform: bool = False, epochs: int = 3) -> Path:
    trainer = lightning.Trainer(
        max_epochs=epochs,
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    trainer.fit(WalkThrough(uniform), loader())
    trainer.save_checkpoint(folder / "plain.ckpt")
    return folder / "plain.ckpt"
