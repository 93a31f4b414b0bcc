"""Tells circles from crosses: a small convolutional network, random augmentation, the best checkpoints kept."""

import argparse

import lightning.pytorch as pl
import torch
from lightning.pytorch.callbacks import ModelCheckpoint
from torch import nn
from torch.utils.data import DataLoader, Dataset, random_split

SIZE = 12


class Shapes(Dataset):
    def __init__(self, count=192):
        generator = torch.Generator().manual_seed(3)
        row = torch.arange(SIZE).float() - (SIZE - 1) / 2
        y, x = torch.meshgrid(row, row, indexing="ij")
        ring = ((x**2 + y**2).sqrt() - 4).abs() < 1
        cross = (x.abs() - y.abs()).abs() < 1
        self.labels = torch.randint(0, 2, (count,), generator=generator)
        noise = 0.3 * torch.randn(count, 1, SIZE, SIZE, generator=generator)
        self.images = torch.stack([ring, cross]).float()[self.labels].unsqueeze(1) + noise

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        image = self.images[index]
        if torch.rand(()) < 0.5:
            image = image.flip(-1)
        shift = int(torch.randint(-2, 3, ()))
        return image.roll(shift, -1) + 0.1 * torch.randn(image.shape), self.labels[index]


class Classifier(pl.LightningModule):
    def __init__(self, lr=3e-3, channels=4, dropout=0.2):
        super().__init__()
        self.save_hyperparameters()
        self.net = nn.Sequential(
            nn.Conv2d(1, channels, 3, padding=1),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Dropout(dropout),
            nn.Flatten(),
            nn.Linear(channels * (SIZE // 2) ** 2, 2),
        )

    def training_step(self, batch, batch_idx):
        images, labels = batch
        logits = self.net(images)
        loss = nn.functional.cross_entropy(logits, labels)
        self.log("train_loss", loss, on_step=True, on_epoch=True)
        self.log("train_acc", (logits.argmax(1) == labels).float().mean(), on_step=False, on_epoch=True)
        return loss

    def validation_step(self, batch, batch_idx):
        images, labels = batch
        logits = self.net(images)
        self.log("val_loss", nn.functional.cross_entropy(logits, labels))
        self.log("val_acc", (logits.argmax(1) == labels).float().mean())

    def configure_optimizers(self):
        optimizer = torch.optim.Adam(self.parameters(), lr=self.hparams.lr)
        return {"optimizer": optimizer, "lr_scheduler": torch.optim.lr_scheduler.StepLR(optimizer, 2, 0.5)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--out", default="out")
    options = parser.parse_args()
    pl.seed_everything(1)
    train, val = random_split(Shapes(), [160, 32])
    model = Classifier()
    trainer = pl.Trainer(
        max_epochs=options.epochs,
        accelerator="cpu",
        logger=False,
        callbacks=[ModelCheckpoint(options.out, monitor="val_loss", save_top_k=2, save_last=True)],
        enable_progress_bar=False,
    )
    trainer.fit(model, DataLoader(train, 16, shuffle=True, num_workers=options.workers), DataLoader(val, 16))
    torch.save(model.state_dict(), f"{options.out}/final.pt")


if __name__ == "__main__":
    main()
