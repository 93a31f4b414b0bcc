"""What the options of a sweep come to."""

from __future__ import annotations

from typing import Any

import pytest

from lstm_engine.data.companies import WALK_THROUGH
from lstm_engine.errors import UserError
from tui.cli.sweep.sweep_settings import sweep_settings

DEFAULTS: dict[str, Any] = {"lr": "0.001", "init": "normal", "epochs": None, "solved": 0.1}


def test_everything_is_combined() -> None:
    found = sweep_settings({**DEFAULTS, "seeds": "0-1", "lr": "0.1, 1e-3", "init": "normal,uniform"}, WALK_THROUGH)
    assert (found.count, found.lr, found.init) == (8, (0.1, 0.001), ("normal", "uniform"))
    assert found.epochs == 5000


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"lr": "fast"}, "lr holds 'fast'"),
        ({"lr": "0.1,0.1"}, "lr holds a value twice"),
        ({"init": "any"}, "init is 'any'"),
    ],
)
def test_what_is_no_setting_is_said(changed: dict[str, str], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        sweep_settings({**DEFAULTS, "seeds": "1", **changed}, WALK_THROUGH)
