"""Tensors as numbers, and which metrics are new."""

from __future__ import annotations

import math

import pytest
import torch

from lstm_engine.hook.lstm_tui_hook.telling.values import FreshMetrics, finite, numbers


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_json_has_no_number_for_is_none(value: float) -> None:
    assert finite(value) is None
    assert numbers([torch.tensor(1.0), torch.tensor(value)]) == [1.0, None]


def test_each_keeps_its_place_whatever_its_kind_and_shape() -> None:
    tensors = [torch.tensor(3), torch.tensor([[0.5]]), torch.tensor(True), torch.tensor(1.0, requires_grad=True)]
    assert numbers(tensors) == [3.0, 0.5, 1.0, 1.0]
    assert numbers([]) == []


def test_only_what_was_set_since_is_new() -> None:
    fresh, one, other = FreshMetrics(), torch.tensor(1.0), torch.tensor(1.0)
    assert fresh.of({"a": one}) == {"a": 1.0}
    assert fresh.of({"a": one, "b": one}) == {"b": 1.0}
    assert fresh.of({"a": other, "b": one}) == {"a": 1.0}  # logged again, and the same
    fresh.pass_over({"a": one, "b": other})
    assert fresh.of({"a": one, "b": other}) == {}
