"""A small GAN on a ring of points: two optimisers, stepped by hand."""

import argparse

import pytorch_lightning as pl
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Gan(pl.LightningModule):
    def __init__(self, latent=4):
        super().__init__()
        self.save_hyperparameters()
        self.automatic_optimization = False
        self.generator = nn.Sequential(nn.Linear(latent, 16), nn.ReLU(), nn.Linear(16, 2))
        self.discriminator = nn.Sequential(nn.Linear(2, 16), nn.LeakyReLU(0.2), nn.Linear(16, 1))
        self.loss = nn.BCEWithLogitsLoss()

    def training_step(self, batch):
        (real,) = batch
        of_generator, of_discriminator = self.optimizers()
        fake = self.generator(torch.randn(len(real), self.hparams.latent))
        yes, no = torch.ones(len(real), 1), torch.zeros(len(real), 1)

        d_loss = self.loss(self.discriminator(real), yes) + self.loss(self.discriminator(fake.detach()), no)
        of_discriminator.zero_grad()
        self.manual_backward(d_loss)
        of_discriminator.step()

        g_loss = self.loss(self.discriminator(fake), yes)
        of_generator.zero_grad()
        self.manual_backward(g_loss)
        of_generator.step()
        self.log_dict({"g_loss": g_loss, "d_loss": d_loss}, prog_bar=True)

    def configure_optimizers(self):
        return [torch.optim.Adam(net.parameters(), lr=1e-3) for net in (self.generator, self.discriminator)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--out", default="out")
    options = parser.parse_args()
    pl.seed_everything(2)
    angle = 6.28 * torch.rand(64)
    points = torch.stack([angle.cos(), angle.sin()], 1)
    model = Gan()
    trainer = pl.Trainer(max_epochs=options.epochs, accelerator="cpu", default_root_dir=options.out, logger=False)
    trainer.fit(model, DataLoader(TensorDataset(points), 16, shuffle=True))
    torch.save(model.state_dict(), f"{options.out}/final.pt")


if __name__ == "__main__":
    main()
