"""What is typed into a question, as a value or as a sentence."""

from __future__ import annotations

import pytest

from lstm_engine.errors import UserError
from lstm_engine.run.config import LARGEST_EPOCHS, LARGEST_SEED
from tui.screens.questions import epoch_in, epochs_in, seed_in


@pytest.mark.parametrize(("text", "epoch"), [("0", 0), ("2000", 2000), (" 1_999 ", 1999), ("1,000", 1000)])
def test_an_epoch_is_one_that_has_happened_the_newest_included(text: str, epoch: int) -> None:
    assert epoch_in(text, newest=2000) == epoch


def test_the_oldest_epoch_may_be_another() -> None:
    assert epoch_in("1", newest=2000, oldest=1) == 1
    assert epoch_in("7", newest=7, oldest=7) == 7
    with pytest.raises(UserError, match="epoch 0 is too early: expected 1 to 2000"):
        epoch_in("0", newest=2000, oldest=1)


@pytest.mark.parametrize(
    ("text", "told"),
    [("2001", "epoch 2001 has not happened yet: expected 0 to 2000"), ("", "is no epoch"), ("-1", "is no epoch")],
)
def test_what_is_no_such_epoch_is_told(text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        epoch_in(text, newest=2000)


def test_a_number_of_epochs() -> None:
    assert [epochs_in(text) for text in ("1", " 2,000 ", "1_000", str(LARGEST_EPOCHS))] == [
        1,
        2000,
        1000,
        LARGEST_EPOCHS,
    ]
    for text in ("", "0", "-1", "1.5", "1e3", "١", str(LARGEST_EPOCHS + 1)):
        with pytest.raises(UserError, match="expected a whole number, 1 to"):
            epochs_in(text)


def test_a_seed_or_none() -> None:
    assert [seed_in(text) for text in ("", "  ", "0", " 7 ", str(LARGEST_SEED))] == [None, None, 0, 7, LARGEST_SEED]
    for text in ("x", "-1", "1.5", "١", str(LARGEST_SEED + 1)):
        with pytest.raises(UserError, match=f"expected a whole number, 0 to {LARGEST_SEED}"):
            seed_in(text)
