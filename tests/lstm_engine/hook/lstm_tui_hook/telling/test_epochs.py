"""The epochs of a fit, told."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import torch

from lstm_engine.hook.lstm_tui_hook.telling.epochs import Epochs, batches_of_epoch
from lstm_engine.hook.lstm_tui_hook.telling.values import FreshMetrics


def trainer(epoch: int, ready: int = 4, last: bool = True) -> Any:
    progress = SimpleNamespace(is_last_batch=last, current=SimpleNamespace(ready=ready))
    return SimpleNamespace(
        current_epoch=epoch,
        global_step=4 * (epoch + 1),
        num_training_batches=4,
        callback_metrics={},
        fit_loop=SimpleNamespace(epoch_loop=SimpleNamespace(batch_progress=progress)),
    )


def test_an_epoch_s_end_is_told_at_the_next_hook_with_what_was_logged_until_then() -> None:
    told: list[tuple[str, dict[str, Any]]] = []
    metrics = FreshMetrics()
    epochs, now = Epochs(lambda kind, **fields: told.append((kind, fields)), metrics), trainer(0)
    epochs.begin(now)
    epochs.end(now)
    assert [kind for kind, _ in told] == ["epoch_started"]
    now.callback_metrics["acc"] = torch.tensor(0.5)  # by the module's own hook of the end, behind ours
    now.current_epoch, now.global_step = 1, 5
    epochs.begin(now)
    epochs.tell_end(now)
    assert [kind for kind, _ in told] == ["epoch_started", "epoch_ended", "epoch_started"]
    assert told[1][1] == {"epoch": 0, "step": 4, "metrics": {"acc": 0.5}}
    assert metrics.of(now.callback_metrics) == {}
    assert epochs.completed(now) == 1


def test_an_epoch_that_was_stopped_inside_is_none() -> None:
    """Lightning counts it as a whole one."""
    told: list[tuple[str, dict[str, Any]]] = []
    epochs = Epochs(lambda kind, **fields: told.append((kind, fields)), FreshMetrics())
    epochs.begin(trainer(0))
    cut = trainer(0, ready=2, last=False)
    epochs.end(cut)
    cut.current_epoch = 1
    epochs.tell_end(cut)
    assert [kind for kind, _ in told] == ["epoch_started"]
    assert epochs.completed(cut) == 0


def test_an_epoch_without_an_end_has_no_number_of_batches() -> None:
    assert batches_of_epoch(SimpleNamespace(num_training_batches=math.inf)) is None
    assert batches_of_epoch(SimpleNamespace(num_training_batches=4)) == 4
