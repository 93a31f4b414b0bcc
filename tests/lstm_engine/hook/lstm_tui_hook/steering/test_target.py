"""Where a fit ends can be moved while it runs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from lstm_engine.hook.lstm_tui_hook.steering.refusal_error import RefusalError
from lstm_engine.hook.lstm_tui_hook.steering.target import set_target


class OneCycleLR:
    total_steps = 80


def trainer(*configs: Any) -> Any:
    """In its third epoch of four, behind step 25; ten batches an epoch."""
    loop = SimpleNamespace(max_epochs=4, epoch_loop=SimpleNamespace(max_steps=-1))
    return SimpleNamespace(
        current_epoch=2,
        global_step=25,
        max_epochs=4,
        max_steps=-1,
        num_training_batches=10,
        accumulate_grad_batches=1,
        fit_loop=loop,
        lr_scheduler_configs=configs,
    )


def limits(one: Any) -> tuple[int, int]:
    return one.fit_loop.max_epochs, one.fit_loop.epoch_loop.max_steps


def test_each_limit_is_moved_by_itself() -> None:
    one = trainer()
    set_target(one, 9, None)
    assert limits(one) == (9, -1)
    set_target(one, None, 26)
    assert limits(one) == (9, 26)
    set_target(one, -1, -1)
    assert limits(one) == (-1, -1)
    set_target(one, 3, None)  # the one that has begun
    assert limits(one) == (3, -1)


@pytest.mark.parametrize(
    ("epochs", "steps", "said"),
    [
        (None, None, "it names no target"),
        (2, None, "epoch 3 has begun: the target cannot be 2"),
        (9, 25, "25 steps are made: the target cannot be 25"),
    ],
)
def test_what_is_past_is_refused_and_nothing_moved(epochs: int | None, steps: int | None, said: str) -> None:
    one = trainer()
    with pytest.raises(RefusalError, match=said):
        set_target(one, epochs, steps)
    assert limits(one) == (4, -1)


@pytest.mark.parametrize(("interval", "frequency", "most"), [("step", 1, 8), ("step", 2, 16), ("epoch", 1, 80)])
def test_no_further_than_a_schedule_that_ends_with_an_error(interval: str, frequency: int, most: int) -> None:
    one = trainer(SimpleNamespace(scheduler=OneCycleLR(), interval=interval, frequency=frequency))
    set_target(one, most, None)
    with pytest.raises(RefusalError, match="OneCycleLR is made for 80 steps"):
        set_target(one, most + 1, None)
    assert limits(one) == (most, -1)
