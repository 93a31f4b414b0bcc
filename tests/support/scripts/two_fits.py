"""Trains a head on a frozen body, then both, then validates and tests: two Trainers in one script."""

import sys
from pathlib import Path

import lightning
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Tuned(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(4, 8), nn.Linear(8, 1)

    def step(self, batch):
        x, y = batch
        return nn.functional.mse_loss(self.head(torch.tanh(self.body(x))), y)

    def training_step(self, batch, batch_idx):
        loss = self.step(batch)
        self.log("train_loss", loss, on_epoch=True)
        return loss

    def validation_step(self, batch, batch_idx):
        self.log("val_loss", self.step(batch))

    def test_step(self, batch, batch_idx):
        self.log("test_loss", self.step(batch))

    def configure_optimizers(self):
        return torch.optim.SGD([p for p in self.parameters() if p.requires_grad], lr=0.05)


def main():
    out, epochs = Path(sys.argv[1]), int(sys.argv[2])
    lightning.seed_everything(4)
    x = torch.randn(48, 4)
    data = DataLoader(TensorDataset(x, x.sum(1, keepdim=True)), 8)
    model = Tuned()
    common = {"accelerator": "cpu", "logger": False, "enable_progress_bar": False, "default_root_dir": out}
    model.body.requires_grad_(False)
    lightning.Trainer(max_epochs=epochs, **common).fit(model, data, data)
    model.body.requires_grad_(True)
    trainer = lightning.Trainer(max_epochs=3, **common)
    trainer.fit(model, data, data)
    trainer.validate(model, data)
    trainer.test(model, data)
    torch.save(model.state_dict(), out / "final.pt")


if __name__ == "__main__":
    main()
