"""Numbers as text of one width."""

from __future__ import annotations

import pytest

from tui.text.numbers import duration, fixed, loss_text, number, percent_done, progress_bar


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.43421, "  0.4342"),
        (-1.1229, " -1.1229"),
        (123.45678, "123.4568"),
        (-12345.678, "-1.2e+04"),
        (float("nan"), "     nan"),
        (float("-inf"), "    -inf"),
    ],
)
def test_numbers_have_one_width(value: float, text: str) -> None:
    assert number(value, 8) == text


def test_signed_numbers() -> None:
    assert number(0.5, 8, signed=True) == " +0.5000"


@pytest.mark.parametrize("zero", [0.0, -0.0, 4e-4, -4e-4])
@pytest.mark.parametrize("signed", [False, True])
def test_what_is_rounded_to_zero_has_no_sign(zero: float, signed: bool) -> None:
    assert fixed(zero, 3, signed=signed) == "0.000"
    assert number(zero, 6, 3, signed=signed) == " 0.000"
    assert fixed(-6e-4, 3, signed=signed) == "-0.001"


@pytest.mark.parametrize("value", [0.0, 1e-12, 0.00099, 0.5, 99.9, 100.0, 1e30, float("nan"), float("inf")])
def test_a_loss_has_one_width(value: float) -> None:
    assert len(loss_text(value)) == 7


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1 s"), (59.0, "59 s"), (60.0, "1 min 00 s"), (3600.0, "1 h 00 min"), (1e6, "11 days")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(("done_", "bar"), [(0.0, "╌╌╌╌"), (0.5, "━━╌╌"), (0.6, "━━╸╌"), (1.0, "━━━━"), (7.0, "━━━━")])
def test_the_progress_bar_keeps_its_width(done_: float, bar: str) -> None:
    assert "".join(progress_bar(done_, 4)) == bar


def test_all_is_done_only_when_all_is_done() -> None:
    assert percent_done(1999, 2000) == " 99 %"
    assert percent_done(2000, 2000) == "100 %"
