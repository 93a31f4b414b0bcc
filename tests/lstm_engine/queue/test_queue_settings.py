from __future__ import annotations

from typing import Any

import msgspec
import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.queue.queue_settings import QueueSettings, checked_queue

SETTINGS = QueueSettings(
    models=("by-hand", "nn-lstm"),
    hidden=(1, 8),
    lr=(0.001,),
    seeds=(3, 4, 5),
    forget_bias=None,
    base=ForecastSettings(window=5, epochs=7),
)


def test_every_combination_is_a_member_with_a_name_of_its_own() -> None:
    members = SETTINGS.members("luck")
    assert len(members) == SETTINGS.count == 12
    assert [member.run for member in members[:2]] == ["luck-01", "luck-02"]
    combined = {(each.settings.model, each.settings.hidden, each.settings.seed) for each in members}
    assert len(combined) == 12
    assert {(each.settings.hidden, each.settings.forget_bias) for each in members} == {(1, 0.0), (8, 1.0)}
    assert {(each.settings.window, each.settings.epochs) for each in members} == {(5, 7)}


def test_a_forget_bias_that_is_given_is_every_member_s() -> None:
    members = msgspec.structs.replace(SETTINGS, forget_bias=0.5).members("luck")
    assert {member.settings.forget_bias for member in members} == {0.5}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"seeds": ()}, "seeds holds nothing"),
        ({"hidden": (8, 8)}, "hidden holds a value twice"),
        ({"hidden": (0,)}, "hidden is 0"),
        ({"lr": (-1.0,)}, "learning rate is -1"),
        ({"seeds": tuple(range(2501))}, "the sweep has 10,004 members: expected at most 10,000"),
        ({"base": ForecastSettings(layers=2)}, "layers is 2: expected 1 by hand"),
    ],
)
def test_what_is_none_is_told(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(UserError, match=told):
        checked_queue(msgspec.structs.replace(SETTINGS, **changed))
