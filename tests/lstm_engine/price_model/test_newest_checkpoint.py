"""The newest checkpoint stays, by the clock and at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lstm_engine.price_model import newest_checkpoint
from lstm_engine.price_model.newest_checkpoint import NewestCheckpoint


class Training:
    """As much of a Trainer as is asked for."""

    max_epochs, should_stop, current_epoch = 100, False, 0

    def save_checkpoint(self, path: Path, weights_only: bool) -> None:
        assert not weights_only
        path.write_text(str(self.current_epoch))


def ended(callback: NewestCheckpoint, training: Any, epoch: int) -> None:
    training.current_epoch = epoch
    callback.on_train_epoch_end(training, None)  # type: ignore[arg-type]


def test_it_comes_by_the_clock_and_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(newest_checkpoint.time, "monotonic", lambda: now)
    callback, training = NewestCheckpoint(tmp_path), Training()
    for epoch, now in enumerate((1.0, 5.0, 6.0, 9.9, 10.0)):  # noqa: B007 - the clock looks at it
        ended(callback, training, epoch)
    assert [path.name for path in tmp_path.iterdir()] == ["newest-epoch=5.ckpt"]
    training.should_stop = True
    ended(callback, training, 5)
    training.should_stop = False
    ended(callback, training, 6)
    assert [path.name for path in tmp_path.iterdir()] == ["newest-epoch=6.ckpt"]
    ended(callback, training, 99)
    assert [path.name for path in tmp_path.iterdir()] == ["newest-epoch=100.ckpt"]
