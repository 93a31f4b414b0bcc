"""Each setting that is none is a sentence that names it."""

from __future__ import annotations

from typing import Any

import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast.settings import ForecastSettings, checked_settings


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"hidden": 0}, "hidden is 0: expected a whole number, 1 to 4096"),
        ({"hidden": 5000}, "hidden is 5000"),
        ({"layers": 0}, "layers is 0"),
        ({"layers": 2}, "layers is 2: expected 1 by hand, or more with --model nn-lstm"),
        ({"forget_bias": float("nan")}, "forget-bias is nan"),
        ({"seed": -1}, "seed is -1"),
        ({"lr": 0.0}, "learning rate is 0.0"),
        ({"epochs": 0}, "epochs is 0"),
        ({"schedule_epochs": 0}, "lr-epochs is 0"),
        ({"batch_size": 0}, "batch size is 0"),
        ({"clip": 0.0}, "clip is 0.0"),
        ({"clip": float("inf")}, "clip is inf"),
        ({"patience": 0}, "patience is 0"),
        ({"horizon": 0}, "horizon is 0"),
    ],
)
def test_what_is_no_setting_is_said(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserError) as told:
        checked_settings(ForecastSettings(**changed))
    assert str(told.value).startswith(sentence)
    assert "expected" in str(told.value)


def test_what_is_one_stays() -> None:
    settings = ForecastSettings(model="nn-lstm", layers=2, hidden=8, clip=1.0, patience=3, schedule_epochs=9)
    assert checked_settings(settings) is settings
