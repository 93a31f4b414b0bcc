"""Which optimiser states can be gone on from exactly."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
import torch

from lstm_engine.training.adam_state import is_plain, problem

SHAPES = [(), (), ()]


def states() -> list[dict[str, Any]]:
    """Of an Adam that has made a step."""
    parameters = [torch.nn.Parameter(torch.tensor(float(number))) for number in range(len(SHAPES))]
    adam = torch.optim.Adam(parameters)
    sum(parameters).backward()  # type: ignore[union-attr]
    adam.step()
    return [copy.deepcopy(adam.state_dict())]


def test_adam_s_own_has_no_problem() -> None:
    assert problem(states(), SHAPES) is None
    infinite = states()
    infinite[0]["state"][1]["exp_avg_sq"] = torch.tensor(float("inf"))
    assert problem(infinite, SHAPES) is None, "squares of large gradients overflow"


def moment(index: int, name: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda state: state["state"][index].update({name: value})


def group(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda state: state["param_groups"][0].update(values)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda state: state["state"].pop(1), "holds no Adam state for its 3 parameters"),
        (lambda state: state["state"].update({3: state["state"][0]}), "holds no Adam state"),
        (lambda state: state["param_groups"].clear(), "holds no Adam state"),
        (moment(0, "max_exp_avg_sq", torch.tensor(0.0)), "holds no Adam state"),
        (moment(0, "exp_avg", torch.zeros(2)), "holds no Adam state"),
        (moment(0, "exp_avg", torch.tensor(0.0, dtype=torch.float64)), "holds no Adam state"),
        (moment(0, "exp_avg", torch.tensor(float("nan"))), "not finite numbers"),
        (moment(0, "exp_avg_sq", torch.tensor(-1.0)), "not finite numbers"),
        (moment(0, "step", torch.tensor(2.0)), "other numbers of steps"),
        (group(weight_decay=0.1), "weight_decay=0.1: expected 0"),
        (group(amsgrad=True), "amsgrad=True: expected False"),
        (group(betas=(0.9,)), "betas=(0.9,): expected two numbers"),
        (group(betas=(0.9, 1.0)), "expected two numbers from 0 to below 1"),
        (group(eps=-1), "eps=-1: expected a number, 0 or more"),
    ],
)
def test_what_would_go_on_otherwise_is_told(change: Callable[[dict[str, Any]], object], told: str) -> None:
    changed = states()
    change(changed[0])
    assert told in str(problem(changed, SHAPES))


def test_only_numbers_in_memory_are_plain() -> None:
    assert is_plain(torch.tensor(0.5), ())
    assert is_plain(torch.zeros(2), (2,))
    others = (torch.zeros(2), torch.tensor(1), torch.tensor(0.5).half(), torch.tensor(0.5, device="meta"), 0.5, None)
    assert not any(is_plain(other, ()) for other in others)
