"""What is said to be saved is on disk, and of the epoch that it is of."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.script.progress import Progress
from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from tui.cli.script.saved_words import saved_words


@pytest.mark.parametrize(
    ("epoch", "step", "told"),
    [
        (39, 80, "saved at epoch 39, step 80; lstm-tui resume mine --checkpoints {root} goes on"),
        (
            *(47, 95),
            "it was at epoch 47, step 95; saved is epoch 39, step 80, "
            "where lstm-tui resume mine --checkpoints {root} goes on",
        ),
    ],
)
def test_what_is_saved(epoch: int, step: int, told: str, tmp_path: Path) -> None:
    path = tmp_path / "x.ckpt"
    saved = CheckpointWritten(path=str(path), epoch=38, step=80, by="lstm-tui", exact=True)
    progress = Progress(epoch=epoch, step=step, checkpoint=saved)
    path.touch()
    assert saved_words(tmp_path / "mine", progress, tmp_path) == told.format(root=tmp_path)
    path.unlink()
    lost = f"epoch {epoch}, step {step} is lost: there is no checkpoint to go on from"
    assert saved_words(tmp_path / "mine", progress, tmp_path) == lost


def test_nothing_is_saved_of_what_was_not_trained(tmp_path: Path) -> None:
    told = saved_words(tmp_path / "mine", Progress(), tmp_path)
    assert told == "nothing was trained yet: there is no checkpoint to go on from"
