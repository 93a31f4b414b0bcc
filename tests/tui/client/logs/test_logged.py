"""Values as an event that JSON can hold."""

from __future__ import annotations

import numpy as np

from lstm_engine.script.vocabulary.log_events import Logged
from tui.client.logs.logged import logged


def test_what_is_not_finite_is_none() -> None:
    found = logged("loss", np.array([1, 2, 3, 4]), np.array([0.5, np.nan, np.inf, -1.0]), 7.5)
    assert found == Logged(name="loss", step=[1, 2, 3, 4], value=[0.5, None, None, -1.0], at=7.5)
    assert all(type(step) is int for step in found.step)
