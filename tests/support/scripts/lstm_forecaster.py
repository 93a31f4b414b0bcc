"""Forecasts the next value of a noisy wave with an LSTM of PyTorch's."""

import argparse
import os

import lightning.pytorch as pl
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Forecaster(pl.LightningModule):
    def __init__(self, hidden=8, lr=0.01):
        super().__init__()
        self.save_hyperparameters()
        self.lstm = nn.LSTM(1, hidden, batch_first=True)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])

    def training_step(self, batch, batch_idx):
        x, y = batch
        loss = nn.functional.mse_loss(self(x), y)
        self.log("train_loss", loss)
        return loss

    def validation_step(self, batch, batch_idx):
        x, y = batch
        self.log("val_loss", nn.functional.mse_loss(self(x), y))

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=self.hparams.lr)


def windows(count, length=12):
    wave = torch.sin(torch.arange(count + length).float() / 3) + 0.1 * torch.randn(count + length)
    x = wave.unfold(0, length, 1)[:count].unsqueeze(-1)
    return TensorDataset(x, wave[length:].unsqueeze(-1))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--out", default="out")
    options = parser.parse_args()
    pl.seed_everything(1)
    trainer = pl.Trainer(max_epochs=options.epochs, accelerator="cpu", logger=False, enable_checkpointing=False)
    model = Forecaster()
    trainer.fit(model, DataLoader(windows(128), 16, shuffle=True), DataLoader(windows(32), 16))
    os.makedirs(options.out, exist_ok=True)
    torch.save(model.state_dict(), os.path.join(options.out, "final.pt"))


if __name__ == "__main__":
    main()
