"""What is combined, and what is none."""

from __future__ import annotations

from typing import Any

import pytest

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.sweep.settings import Member, SweepSettings, checked_sweep


def test_every_combination_is_a_member() -> None:
    settings = SweepSettings(seeds=(3, 1), lr=(0.1, 0.01), init=("normal", "uniform"))
    members = settings.members
    assert len(members) == settings.count == 8
    assert members[:3] == [Member(3, 0.1, "normal"), Member(1, 0.1, "normal"), Member(3, 0.01, "normal")]
    assert settings.config(members[-1]) == RunConfig(seed=1, lr=0.01, init="uniform")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"seeds": ()}, "seeds holds nothing"),
        ({"seeds": (1, 1)}, "seeds holds a value twice"),
        ({"seeds": (-1,)}, "seed is -1"),
        ({"lr": (0.0,)}, "learning rate is 0.0"),
        ({"lr": (0.1, 0.1)}, "lr holds a value twice"),
        ({"init": ("none",)}, "init is 'none'"),
        ({"epochs": 0}, "epochs is 0"),
        ({"solved": 0.0}, "solved is 0.0"),
        ({"solved": float("nan")}, "solved is nan"),
        ({"seeds": tuple(range(60_000)), "lr": (0.1, 0.2)}, "the sweep has 120,000 members: expected at most 100,000"),
    ],
)
def test_what_is_no_setting_is_said(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserError) as told:
        checked_sweep(SweepSettings(**{"seeds": (1,), **changed}))
    assert str(told.value).startswith(sentence)
