"""Where steps stand on an axis of steps, or of epochs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.board.drawing.ruler import PER_EPOCH, Ruler
from tui.board.state.series import Series

EPOCHS = Series().extended([0, 40, 80], [0.0, 1.0, 2.0])
BY_EPOCH = Ruler(by_epoch=True, epochs=EPOCHS, per_epoch=40)


def test_by_step_a_step_stands_where_it_is() -> None:
    assert Ruler().position(123) == 123
    assert Ruler().step(123) == 123
    assert Ruler().unit == 1


@pytest.mark.parametrize(("step", "epoch"), [(0, 0), (20, 0.5), (40, 1), (80, 2), (120, 3), (90, 2.25)])
def test_by_epoch_a_step_stands_between_epochs_and_behind_the_last(step: int, epoch: float) -> None:
    assert BY_EPOCH.position(step) == epoch * PER_EPOCH
    assert BY_EPOCH.step(round(epoch * PER_EPOCH)) == step


@example([48], 51)
@given(st.lists(st.integers(1, 99), min_size=1, max_size=9), st.integers(0, 500))
def test_a_position_leads_back_to_its_step(lengths: list[int], step: int) -> None:
    ends = np.cumsum(lengths)
    epochs = Series().extended([0, *ends.tolist()], [float(number) for number in range(len(lengths) + 1)])
    ruler = Ruler(by_epoch=True, epochs=epochs, per_epoch=lengths[-1])
    assert ruler.step(ruler.position(step)) == step
    assert ruler.steps(np.array([ruler.position(step)])).tolist() == [step]
