"""Members in every order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lstm_engine.sweep.settings import SweepSettings
from tests.support.sweeps import results_of
from tui.sweep.members.member_order import SORTS, MemberOrder, SortBy

SETTINGS = SweepSettings(seeds=(9, 3), lr=(0.1, 0.001), init=("normal", "uniform"))
LOSS = np.array([0.5, np.nan, 0.1, np.inf, 0.3, 0.2, 0.4, 0.6], np.float32)


@pytest.mark.parametrize(
    ("by", "falls", "expected"),
    [
        ("loss", False, [2, 5, 4, 6, 0, 7, 1, 3]),
        ("loss", True, [7, 0, 6, 4, 5, 2, 1, 3]),
        ("seed", False, [1, 3, 5, 7, 0, 2, 4, 6]),
        ("seed", True, [0, 2, 4, 6, 1, 3, 5, 7]),
        ("lr", False, [2, 3, 6, 7, 0, 1, 4, 5]),
        ("init", True, [4, 5, 6, 7, 0, 1, 2, 3]),
    ],
)
def test_sorted(by: SortBy, falls: bool, expected: list[int]) -> None:
    results = replace(results_of(SETTINGS), loss=LOSS)
    assert MemberOrder(by, falls).sorted(results, np.arange(8)).tolist() == expected
    some = np.array([1, 4, 6])
    assert MemberOrder(by, falls).sorted(results, some).tolist() == [n for n in expected if n in some]


def test_one_after_the_other_and_the_other_way_round() -> None:
    order, seen = MemberOrder(), []
    for _ in SORTS:
        seen.append(order.by)
        order = order.next()
    assert seen == list(SORTS)
    assert order == MemberOrder()
    assert order.reversed().falls
    assert order.reversed().reversed() == order
