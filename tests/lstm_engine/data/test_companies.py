"""A table of companies, checked where it did not come from a CSV file."""

from __future__ import annotations

import msgspec
import pytest

from lstm_engine.data.companies import LARGEST_NUMBER, LONGEST_NAME, WALK_THROUGH, Companies, checked, misfit
from lstm_engine.errors import UserError


def test_the_walk_through_is_one() -> None:
    assert checked(WALK_THROUGH) is WALK_THROUGH
    assert WALK_THROUGH.day_count == 4


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"source": "a\x1b[31m"}, "the data's name 'a\\x1b[31m' holds control characters"),
        ({"names": (), "days": (), "targets": ()}, "holds no company"),
        ({"targets": (0.0,)}, "has 2 names and values to predict for 1"),
        ({"days": ((0.0,),)}, "has 2 names and inputs for 1"),
        ({"names": ("A", "A")}, "company 2: a second company 'A'"),
        ({"names": ("A", "")}, "company 2 has no name"),
        ({"names": ("A", "B" * (LONGEST_NAME + 1))}, "a name of 101 characters"),
        ({"names": ("A", "B\n")}, "holds control characters"),
        ({"days": ((0.0, 1.0), (0.0,))}, "company 2 has 1 days: expected 2"),
        ({"days": ((), ())}, "company 1 has 0 days: expected one or more"),
        ({"days": ((0.0,), (float("nan"),))}, "company 2: nan is not finite"),
        ({"targets": (0.0, 1e39)}, "company 2: 1e+39 is too large"),
    ],
)
def test_what_is_none_gets_a_sentence(changed: dict[str, object], told: str) -> None:
    with pytest.raises(UserError) as caught:
        checked(msgspec.structs.replace(WALK_THROUGH, **changed))
    assert told in str(caught.value)
    assert str(caught.value).isprintable()


def test_numbers_are_those_of_32_bits() -> None:
    assert all(misfit(value) is None for value in (0.0, -1.5, LARGEST_NUMBER, -LARGEST_NUMBER, 1e-320))
    assert all(misfit(value) for value in (LARGEST_NUMBER * 1.001, float("inf"), float("nan")))


def test_names_of_any_language_are_names() -> None:
    data = Companies("x.csv", ("漢字", "Ångström"), ((0.0,), (1.0,)), (0.0, 1.0))
    assert checked(data) == data
