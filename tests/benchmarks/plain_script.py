"""The walk-through as a plain Lightning script, with Lightning's own logger, checkpoints and bar.

    python -m tests.benchmarks.plain_script FOLDER

Reads one number a line, the epoch to train to, and answers with the seconds that `fit` took. As in the walk-through,
each stage is a new Trainer that goes on from the last checkpoint.
"""

from __future__ import annotations

import sys
import time

import lightning
from lightning.pytorch.callbacks import ModelCheckpoint, TQDMProgressBar

from tests.benchmarks.programs import serve
from tests.support.walk_through import WalkThrough, loader


def main() -> None:
    folder = sys.argv[1]
    model = WalkThrough()
    checkpoint: str | None = None

    def train(epoch: int) -> float:
        nonlocal checkpoint
        # The default where Rich is not installed; here it is, and its bar is the slower one.
        trainer = lightning.Trainer(max_epochs=epoch, default_root_dir=folder, callbacks=[TQDMProgressBar()])
        begun = time.monotonic()
        trainer.fit(model, loader(), ckpt_path=checkpoint)
        seconds = time.monotonic() - begun
        assert isinstance(trainer.checkpoint_callback, ModelCheckpoint)
        checkpoint = trainer.checkpoint_callback.best_model_path
        return seconds

    serve(train)


if __name__ == "__main__":
    main()
