"""Statistics of every parameter tensor, only while somebody looks."""

from __future__ import annotations

import itertools
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from lstm_engine.hook.lstm_tui_hook.layers import layer_statistics as module
from lstm_engine.hook.lstm_tui_hook.layers.layer_statistics import LayerStatistics


class _Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    one = _Clock()
    monkeypatch.setattr(module, "time", one)
    return one


def net() -> torch.nn.Module:
    one = torch.nn.Module()
    one.weight = torch.nn.Parameter(torch.tensor([[3.0, 4.0]]))
    one.frozen = torch.nn.Parameter(torch.tensor([2.0]), requires_grad=False)
    one.empty = torch.nn.Parameter(torch.zeros(0))
    one.lazy = torch.nn.UninitializedParameter()
    one.weight.grad = torch.tensor([[0.0, 2.0]])
    return one


def at(step: int) -> Any:
    return SimpleNamespace(global_step=step)


def test_nothing_is_taken_until_somebody_looks_nor_when_nobody_does_any_more(clock: _Clock) -> None:
    told: list[dict[str, Any]] = []
    one = LayerStatistics(lambda _, **fields: told.append(fields))
    one.after_step(at(1), net())
    assert told == []
    one.watch(10.0, updates=False)
    one.after_step(at(2), net())
    assert [event["step"] for event in told] == [2]
    clock.now += 11
    one.after_step(at(3), net())
    assert len(told) == 1


def test_what_is_told_of_each_tensor_and_what_has_none_is_none(clock: _Clock) -> None:
    told: list[dict[str, Any]] = []
    one = LayerStatistics(lambda _, **fields: told.append(fields))
    one.watch(10.0, updates=False)
    one.after_step(at(2), net())
    (event,) = told
    assert event["norm"] == [5.0, 2.0, None, None]
    assert event["gradient"] == [2.0, None, None, None]
    assert event["mean"] == [3.5, 2.0, None, None]
    assert event["deviation"] == [0.5, 0.0, None, None]
    assert "update" not in event


def test_what_one_step_changes_is_told_over_the_weights(clock: _Clock) -> None:
    told: list[dict[str, Any]] = []
    one, module_ = LayerStatistics(lambda _, **fields: told.append(fields)), net()
    one.watch(10.0, updates=True)
    one.before_step(at(4), module_)
    one.after_step(at(4), module_)  # a batch of several that make a step
    assert told == []
    with torch.no_grad():
        module_.weight += torch.tensor([[0.0, -1.0]])
    one.after_step(at(5), module_)
    (event,) = told
    assert event["update"][0] == pytest.approx(1 / 18**0.5)
    assert event["update"][1] == 0.0


def test_they_rest_a_hundred_times_as_long_as_they_took(clock: _Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    taken = module._taken

    def slow(*arguments: Any) -> Any:
        clock.now += 0.02
        return taken(*arguments)

    monkeypatch.setattr(module, "_taken", slow)
    one = LayerStatistics(lambda _, **__: told.append(clock.now))
    one.watch(100.0, updates=False)
    for step in range(100):
        one.after_step(at(step), net())
        clock.now += 0.1
    assert all(later - earlier >= 2.0 for earlier, later in itertools.pairwise(told))
    assert 4 <= len(told) <= 6


def test_of_a_tensor_whose_parts_lie_in_several_processes_nothing_is_taken(clock: _Clock) -> None:
    """All of them would have to be here, and one alone looks."""
    told: list[dict[str, Any]] = []
    one, module = LayerStatistics(lambda _, **fields: told.append(fields)), net()
    module.weight.device_mesh = object()  # type: ignore[union-attr]
    one.watch(10.0, updates=False)
    one.after_step(at(1), module)
    assert told[0]["norm"] == [None, 2.0, None, None]
