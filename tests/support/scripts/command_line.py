"""A LightningCLI: the module's arguments are the command's."""

import torch
from lightning.pytorch.cli import LightningCLI
from lightning.pytorch.demos.boring_classes import BoringModel, RandomDataset


class Module(BoringModel):
    def __init__(self, lr: float = 0.1):
        super().__init__()
        self.save_hyperparameters()

    def training_step(self, batch, batch_idx):
        loss = self.step(batch)
        self.log("train_loss", loss)
        return {"loss": loss}

    def train_dataloader(self):
        return torch.utils.data.DataLoader(RandomDataset(32, 16))

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.hparams.lr)


class CommandLine(LightningCLI):
    def after_fit(self):
        torch.save(self.model.state_dict(), "out/final.pt")


if __name__ == "__main__":
    CommandLine(Module, seed_everything_default=3)
