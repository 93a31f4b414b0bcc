"""The generators that a script draws from without naming one."""

from __future__ import annotations

import io
import random

import numpy as np
import pytest
import torch

from lstm_engine.hook.lstm_tui_hook.resuming.random_state import (
    only_seeds_between,
    random_state,
    set_random_state,
)


@pytest.fixture(autouse=True)
def _generators_are_put_back() -> object:
    state = random_state()
    yield
    set_random_state(state)


def drawn() -> tuple[float, ...]:
    return (
        random.random(),
        random.gauss(0, 1),
        float(np.random.rand()),
        float(np.random.randn()),
        *torch.rand(3).tolist(),
    )


def test_what_is_drawn_behind_it_is_drawn_again_also_from_a_checkpoint() -> None:
    random.gauss(0, 1)  # both keep a second number back
    np.random.randn()
    file = io.BytesIO()
    torch.save(random_state(), file)
    first = drawn()
    file.seek(0)
    set_random_state(torch.load(file, weights_only=True))
    assert drawn() == first


def test_a_loader_s_seed_between_two_states_is_no_difference() -> None:
    before = random_state()
    assert only_seeds_between(before, random_state())
    torch.empty((), dtype=torch.int64).random_()
    assert only_seeds_between(before, random_state())
    for _ in range(3):
        torch.empty((), dtype=torch.int64).random_()
    assert only_seeds_between(before, random_state())
    torch.randperm(40)
    assert not only_seeds_between(before, random_state())


@pytest.mark.parametrize("draw", [random.random, np.random.rand])
def test_any_other_number_is(draw: object) -> None:
    before = random_state()
    assert callable(draw)
    draw()
    assert not only_seeds_between(before, random_state())
