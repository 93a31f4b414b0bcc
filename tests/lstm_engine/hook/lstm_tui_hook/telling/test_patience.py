"""What Lightning's own EarlyStopping says of itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from lightning.pytorch.callbacks import EarlyStopping

from lstm_engine.hook.lstm_tui_hook.telling.patience import begin_anew, patience_that_ended


def trainer(waited: int, *, check_on_train_epoch_end: bool = False, min_epochs: int | None = None) -> Any:
    callback = EarlyStopping("val_loss", patience=3, check_on_train_epoch_end=check_on_train_epoch_end)
    callback.wait_count = waited
    return SimpleNamespace(callbacks=[object(), callback], current_epoch=5, min_epochs=min_epochs)


def test_what_it_waited_for_is_said() -> None:
    assert patience_that_ended(trainer(3)) == "no better val_loss for 3 validations"
    assert patience_that_ended(trainer(3, check_on_train_epoch_end=True)) == "no better val_loss for 3 epochs"
    assert patience_that_ended(trainer(2)) == ""


@pytest.mark.parametrize(("waited", "min_epochs", "left"), [(3, None, 0), (2, None, 2), (3, 9, 3), (3, 5, 0)])
def test_it_begins_anew_only_behind_its_end(waited: int, min_epochs: int | None, left: int) -> None:
    fit = trainer(waited, min_epochs=min_epochs)
    begin_anew(fit)
    assert fit.callbacks[1].wait_count == left
