"""Numbers as text of one width."""

from __future__ import annotations

import pytest

from tui.text.numbers import duration, figure, fixed, given, number, percent_done, progress_bar


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.43421, "  0.4342"),
        (-1.1229, " -1.1229"),
        (123.45678, "123.4568"),
        (2400.2, "2400.200"),
        (-12345.678, "-12345.7"),
        (-1e9, "-1.0e+09"),
        (8.9e-06, " 8.9e-06"),
        (-0.00048, "-4.8e-04"),
        (0.001, "  0.0010"),
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


@pytest.mark.parametrize("value", [0.0, 1e-12, -1e-12, 0.00099, 0.5, 99.9, 1e5, 1e30, float("nan"), float("inf")])
@pytest.mark.parametrize("width", [7, 8, 12])
@pytest.mark.parametrize("signed", [False, True])
def test_a_number_has_one_width(value: float, width: int, signed: bool) -> None:
    assert len(number(value, width, signed=signed)) == width


@pytest.mark.parametrize("value", [0.0, 4.8e-04, 8.9e-06, 0.42805, 0.9693, -0.0377, 12.5])
def test_one_number_has_one_notation(value: float) -> None:
    """Wherever it stands, and however much room there is."""
    assert {figure(value), number(value, 8).strip(), number(value, 12).strip()} == {figure(value)}
    assert figure(value, signed=True).lstrip("+") == figure(value)


def test_figures() -> None:
    texts = [figure(value) for value in (0.43421, -0.00001, -1.0, 2400.2, None)]
    assert texts == ["0.4342", "-1.0e-05", "-1.0000", "2400.2000", "nan"]


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (-0.0, "0"), (0.5, "0.5"), (0.42805, figure(0.42805)), (2400.2, "2400.2")]
)
def test_what_was_given_is_written_so(value: float, text: str) -> None:
    assert given(value) == text


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
