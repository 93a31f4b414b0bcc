"""Axes: ranges, ticks and labels."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.drawing.scales import epoch_ticks, steps_up, value_scale

VALUES = st.floats(width=32, allow_nan=False, allow_infinity=False)
ROWS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("low", "high", "rows", "labels"),
    [
        (0.02, 0.57, 14, ["0.0", "0.2", "0.4", "0.6"]),
        (-0.0377, 1.0, 10, ["0.0", "0.5", "1.0"]),
        (0.0, 1.0, 14, ["0.00", "0.25", "0.50", "0.75", "1.00"]),
        (0.0, 3000.0, 10, ["0", "1000", "2000", "3000"]),
        (0.0, 0.0, 6, ["0.0", "0.5", "1.0"]),
        (-4.0, -1.0, 6, ["-4", "-2", "0"]),
        (0.0, 2.5e-6, 6, ["0", "2e-6"]),
        (0.6, 0.6, 8, ["0.5995", "0.6000", "0.6005"]),
        (0.60001, 0.60002, 8, ["0.5995", "0.6000", "0.6005"]),
        (123_456.0, 123_500.0, 8, ["1.234e5", "1.236e5"]),
        (1e30, 1e31, 6, ["0", "5e30", "1e31"]),
    ],
)
def test_linear_ticks_read_as_people_write_numbers(low: float, high: float, rows: int, labels: list[str]) -> None:
    assert [label for _, label in value_scale(low, high, rows).ticks] == labels


@pytest.mark.parametrize(
    ("low", "high", "rows", "labels"),
    [
        (0.0101, 9.0, 12, ["0.01", "0.1", "1", "10"]),
        (3e-7, 2000.0, 8, ["1e-4", "1"]),
        (1e-4, 9e-4, 12, ["1e-4", "2e-4", "5e-4", "1e-3"]),
        (0.06, 0.57, 12, ["0.05", "0.1", "0.2", "0.5", "1"]),
        (0.06, 0.57, 6, ["0.1", "1"]),
        (0.2, 0.6, 3, ["0.2", "1"]),
        (1.0, 1.0, 3, ["1", "2"]),
        (30.0, 30.0, 6, ["20", "50"]),
    ],
)
def test_logarithmic_ticks(low: float, high: float, rows: int, labels: list[str]) -> None:
    assert [label for _, label in value_scale(low, high, rows, log=True).ticks] == labels


@given(VALUES, VALUES, ROWS)
def test_a_scale_shows_what_it_was_made_for(one: float, other: float, rows: int) -> None:
    low, high = sorted((one, other))
    scale = value_scale(low, high, rows)
    fractions = scale.fractions(np.array([low, high]))
    assert -1e-6 <= fractions[0] <= fractions[1] <= 1 + 1e-6
    assert all(-1e-6 <= at <= 1 + 1e-6 for at, _ in scale.ticks)
    assert 2 <= len(scale.ticks) <= max(rows // 3 + 2, 3)
    assert len({label for _, label in scale.ticks}) == len(scale.ticks)


@given(st.floats(1e-30, 1e30), st.floats(1e-30, 1e30), ROWS)
def test_so_does_a_logarithmic_one(one: float, other: float, rows: int) -> None:
    low, high = sorted((one, other))
    scale = value_scale(low, high, rows, log=True)
    assert scale.low <= math.log10(low) + 1e-6
    assert math.log10(high) - 1e-6 <= scale.high
    assert 2 <= len({label for _, label in scale.ticks}) == len(scale.ticks) <= max(rows // 3 + 1, 2)


@given(VALUES, VALUES, VALUES, VALUES, st.booleans())
def test_a_scale_only_grows(a: float, b: float, c: float, d: float, log: bool) -> None:
    if log:
        a, b, c, d = (abs(value) for value in (a, b, c, d))
        assume(min(a, b, c, d) > 0)
    first = value_scale(*sorted((a, b)), 12, log=log)
    grown = value_scale(*sorted((c, d)), 12, log=log, grown_from=first)
    slack = 1e-6 * (grown.high - grown.low)
    assert grown.low <= first.low + slack
    assert grown.high >= first.high - slack
    assert value_scale(*sorted((c, d)), 12, log=log, grown_from=grown) is grown


def test_a_scale_that_holds_the_values_already_stays() -> None:
    first = value_scale(0.0, 0.57, 12)
    assert value_scale(0.1, 0.5, 12, grown_from=first) is first
    assert value_scale(0.1, 0.7, 12, grown_from=first) is not first


def test_zero_and_below_have_no_place_on_a_logarithmic_scale() -> None:
    fractions = value_scale(0.01, 1.0, 9, log=True).fractions(np.array([0.01, 0.1, 1.0, 0.0, -1.0, np.nan]))
    assert fractions[:3].tolist() == pytest.approx([0, 0.5, 1])
    assert np.isnan(fractions[3:]).all()


@pytest.mark.parametrize(
    ("x_start", "x_end", "columns", "labels"),
    [
        (0, 3000, 108, ["0", "500", "1000", "1500", "2000", "2500", "3000"]),
        (0, 2000, 53, ["0", "500", "1000", "1500", "2000"]),
        (0, 1, 50, ["0", "1"]),
        (0, 7, 20, ["0", "5"]),
        (1203, 1209, 80, ["1203", "1204", "1205", "1206", "1207", "1208", "1209"]),
        (0, 1_000_000, 70, ["0", "200k", "400k", "600k", "800k", "1M"]),
        (900_000, 1_500_000, 60, ["900k", "1M", "1.1M", "1.2M", "1.3M", "1.4M", "1.5M"]),
        (120_300, 120_700, 30, ["120400", "120600"]),
    ],
)
def test_epoch_ticks(x_start: int, x_end: int, columns: int, labels: list[str]) -> None:
    assert [label for _, label in epoch_ticks(x_start, x_end, columns)] == labels


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(1, 300))
def test_epoch_ticks_stay_inside_and_apart(x_start: int, span: int, columns: int) -> None:
    ticks = epoch_ticks(x_start, x_start + span, columns)
    assert all(x_start <= epoch <= x_start + span for epoch, _ in ticks)
    assert len(ticks) <= columns // 10 + 2


def test_steps_up_puts_the_ends_of_a_scale_into_the_middle_of_the_outer_rows() -> None:
    assert steps_up(np.array([0.0, 0.5, 1.0, 2.0, -1.0]), 11, 4).tolist() == [2, 22, 42, 43, 0]
    assert np.isnan(steps_up(np.array([np.nan]), 11)).all()
