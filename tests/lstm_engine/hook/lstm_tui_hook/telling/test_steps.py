"""The steps of a training, told a few at a time."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import torch

from lstm_engine.hook.lstm_tui_hook.telling import steps as module
from lstm_engine.hook.lstm_tui_hook.telling.steps import Steps
from lstm_engine.hook.lstm_tui_hook.telling.values import FreshMetrics


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    one = Clock()
    monkeypatch.setattr(module, "time", one)
    return one


def trainer(step: int) -> Any:
    progress = SimpleNamespace(is_last_batch=False)
    return SimpleNamespace(
        global_step=step,
        current_epoch=2,
        callback_metrics={},
        optimizers=[],
        fit_loop=SimpleNamespace(epoch_loop=SimpleNamespace(batch_progress=progress)),
    )


def begun(told: list[dict[str, Any]], at: int = 0) -> Steps:
    steps = Steps(lambda _, **fields: told.append(fields), FreshMetrics())
    steps.begin(trainer(at))
    return steps


def test_all_losses_are_told_but_not_each_by_itself(clock: Clock) -> None:
    told: list[dict[str, Any]] = []
    steps = begun(told, at=10)
    for step in range(11, 31):
        clock.now += 0.02
        steps.add(trainer(step), {"loss": torch.tensor(float(step))}, step - 11)
    steps.tell(trainer(30))
    assert [loss for event in told for loss in event["loss"]] == list(map(float, range(11, 31)))
    assert told[0]["first"] == 11
    assert [event["first"] for event in told][1:] == [event["step"] + 1 for event in told][:-1]
    assert told[-1]["step"] == 30
    assert len(told) < 8
    assert sum(event["seconds"] for event in told) == pytest.approx(0.4)
    steps.tell(trainer(30))
    assert told[-1]["step"] == 30  # nothing new is nothing told
    assert len({event["first"] for event in told}) == len(told)


def test_the_last_batch_of_an_epoch_is_told_at_once(clock: Clock) -> None:
    told: list[dict[str, Any]] = []
    steps = begun(told)
    steps.add(trainer(1), torch.tensor(1.0), 0)
    last = trainer(2)
    last.fit_loop.epoch_loop.batch_progress.is_last_batch = True
    steps.add(last, torch.tensor(2.0), 1)
    assert (told[-1]["step"], told[-1]["batch"], told[-1]["loss"][-1]) == (2, 1, 2.0)


@pytest.mark.parametrize("outputs", [None, {}, {"loss": None}, "loss", {"loss": torch.zeros(2)}])
def test_a_step_without_a_loss_is_a_step(clock: Clock, outputs: Any) -> None:
    told: list[dict[str, Any]] = []
    steps = begun(told)
    clock.now += 1
    steps.add(trainer(1), outputs, 0)
    assert [(event["step"], event["loss"]) for event in told] == [(1, [])]


def test_the_time_of_a_break_is_no_step_s(clock: Clock) -> None:
    told: list[dict[str, Any]] = []
    steps = begun(told)
    clock.now += 1000
    steps.go_on()
    clock.now += 0.25
    steps.add(trainer(1), None, 0)
    assert told[-1]["seconds"] == pytest.approx(0.25)
