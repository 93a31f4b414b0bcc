"""Where in a fit the training stands: asked at every hook of a real one."""

from __future__ import annotations

from collections import Counter
from typing import Any

import lightning.pytorch as pl

from lstm_engine.hook.lstm_tui_hook.resuming import place
from tests.support.hooked import BATCHES, Net, loader, trainer

_ASKED = {
    "behind_batch": place.behind_batch,
    "behind_epoch": place.behind_epoch,
    "behind_validation": place.behind_validation,
}


class _Asks(pl.Callback):
    """Notes at each hook what holds there."""

    def __init__(self) -> None:
        self.found: Counter[tuple[str, str]] = Counter()
        self.in_the_way: list[str] = []

    def _ask(self, hook: str, runner: pl.Trainer) -> None:
        for name, holds in _ASKED.items():
            self.found[hook, name] += holds(runner)

    def on_train_start(self, trainer: Any, pl_module: Any) -> None:
        self._ask("train start", trainer)

    def on_train_batch_start(self, trainer: Any, pl_module: Any, batch: Any, batch_idx: int) -> None:
        self._ask("batch start", trainer)

    def on_train_batch_end(self, trainer: Any, pl_module: Any, outputs: Any, batch: Any, batch_idx: int) -> None:
        self._ask("batch end", trainer)
        self.in_the_way.append(place.in_the_way(trainer))

    def on_before_zero_grad(self, trainer: Any, pl_module: Any, optimizer: Any) -> None:
        self._ask("inside a step", trainer)

    def on_validation_batch_end(self, trainer: Any, pl_module: Any, *_: Any, **__: Any) -> None:
        self._ask("validation batch", trainer)

    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:
        self._ask("validation end", trainer)

    def on_train_epoch_end(self, trainer: Any, pl_module: Any) -> None:
        self._ask("epoch end", trainer)


def asked(**options: Any) -> _Asks:
    one = _Asks()
    trainer(one, **options).fit(Net(), loader(), loader())
    return one


def test_each_place_is_known_and_no_other_is_taken_for_it() -> None:
    found = {key: count for key, count in asked(num_sanity_val_steps=0).found.items() if count}
    assert found == {
        ("batch end", "behind_batch"): 2 * BATCHES,
        ("validation end", "behind_validation"): 2,
        ("epoch end", "behind_epoch"): 2,
    }


def test_the_sanity_check_is_no_validation_of_the_fit() -> None:
    assert asked(max_epochs=1, limit_train_batches=0).found["validation end", "behind_validation"] == 0


def test_what_a_resumed_run_would_leave_out_is_in_the_way() -> None:
    assert asked(max_epochs=1).in_the_way == [""] * (BATCHES - 1) + [place.LAST_BATCH]
    assert asked(max_epochs=1, accumulate_grad_batches=2).in_the_way == [
        place.ACCUMULATING,
        "",
        place.ACCUMULATING,
        place.LAST_BATCH,
    ]
    assert asked(max_epochs=1, val_check_interval=2).in_the_way == ["", place.VALIDATION_DUE, "", place.LAST_BATCH]
