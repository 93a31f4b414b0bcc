"""What the board asks, and what it refuses as an answer."""

from __future__ import annotations

import pytest

from lstm_engine.errors import UserError
from tui.board.screen.board_questions import branch_epochs, factor_in, more_epochs, rate_factor


@pytest.mark.parametrize(("text", "factor"), [("0.1", 0.1), ("×10", 10.0), (" x0.5 ", 0.5), ("1e-3", 0.001)])
def test_a_factor_is_a_number(text: str, factor: float) -> None:
    assert factor_in(text) == factor


@pytest.mark.parametrize("text", ["", "half", "0", "-1", "nan", "inf", "1e9"])
def test_what_is_no_factor_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="is no factor: expected a number"):
        factor_in(text)


@pytest.mark.parametrize(("text", "end"), [("", 0), ("12", 12)])
def test_a_branch_ends_where_it_is_told_or_where_the_script_says(text: str, end: int) -> None:
    assert branch_epochs(200, newest=True, exact=True, why_not="")._parse(text) == end


@pytest.mark.parametrize("text", ["0", "-3", "ten", "1.5", "９９"])
def test_what_is_no_end_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="is no epoch"):
        branch_epochs(200, newest=True, exact=True, why_not="")._parse(text)


def test_questions_say_what_will_be() -> None:
    assert (
        "not exact: the dataset is iterable."
        in branch_epochs(2, newest=False, exact=False, why_not="the dataset is iterable")._lines
    )
    assert (
        "A new run from the newest checkpoint, at step 2;"
        in branch_epochs(2, newest=True, exact=True, why_not="")._lines
    )
    assert "A new run from the checkpoint at step 2;" in branch_epochs(2, newest=False, exact=True, why_not="")._lines
    assert "How many epochs after epoch 10?" in more_epochs(10, live=True)._lines
    assert "A new process goes on from the checkpoint." in more_epochs(10, live=False)._lines
    lines = more_epochs(10, live=False, patience="no better val_loss for 3 epochs")._lines
    assert lines[2:] == [
        "Patience ended it: no better val_loss for 3 epochs.",
        "It begins anew, and may end it again sooner.",
    ]
    assert "0.01, 0.1" in rate_factor({"a": 0.01, "b": 0.1, "c": 0.01})._lines[0]
