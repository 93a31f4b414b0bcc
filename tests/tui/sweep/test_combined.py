"""What is combined, as one writes it."""

from __future__ import annotations

import pytest

from lstm_engine.data.companies import WALK_THROUGH
from lstm_engine.errors import UserError
from tui.sweep.combined import combined_in, rates_in, seeds_in


@pytest.mark.parametrize(
    ("text", "seeds"), [("7", (7,)), ("0-3", (0, 1, 2, 3)), ("5, 1-2,9-9", (5, 1, 2, 9)), ("4294967295", (2**32 - 1,))]
)
def test_seeds_are_numbers_and_ranges(text: str, seeds: tuple[int, ...]) -> None:
    assert seeds_in(text) == seeds


@pytest.mark.parametrize("text", ["", "x", "3-1", "-1", "1-", "1,,2", "4294967296", "0-100000", "٣", "1.5"])
def test_what_is_no_seed_is_said(text: str) -> None:
    with pytest.raises(UserError, match=r"seeds holds .*: expected"):
        seeds_in(text)


def test_learning_rates() -> None:
    assert rates_in("0.1, 1e-3") == (0.1, 0.001)
    with pytest.raises(UserError, match="lr holds 'fast': expected numbers"):
        rates_in("0.1,fast")


def test_a_line_of_all_of_it() -> None:
    found = combined_in(" seeds 0-9, 20  init normal,uniform lr 0.001, 0.01 ", WALK_THROUGH, 300)
    assert (found.seeds, found.lr, found.init) == ((*range(10), 20), (0.001, 0.01), ("normal", "uniform"))
    assert (found.epochs, found.data) == (300, WALK_THROUGH)
    assert combined_in("seeds 7", WALK_THROUGH, 300).count == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is no sweep: expected seeds, lr and init, each with its list"),
        ("0-99", "is no sweep"),
        ("lr 0.1", "is no sweep"),
        ("seeds 0-9 lr", "is no sweep"),
        ("seeds 0-9 seeds 3", "is no sweep"),
        ("seeds 0-9 epochs 3", "is no sweep"),
        ("seeds x", "seeds holds 'x'"),
        ("seeds 1 init any", "init is 'any'"),
        ("seeds 0-99999 lr 0.1,0.2", "the sweep has 200,000 members"),
    ],
)
def test_what_is_no_sweep_is_said(text: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        combined_in(text, WALK_THROUGH, 300)
