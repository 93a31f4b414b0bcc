"""Cases of one kind: the first of them run with all tests, the others in `make soak`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def first(count: int, cases: Iterable[Any], *, several: bool = False) -> list[Any]:
    """The cases for `parametrize`, those after the first `count` left to the soak tests.

    several: each case is a tuple of several arguments.
    """
    found = list(cases)
    later = [pytest.param(*(case if several else (case,)), marks=pytest.mark.soak) for case in found[count:]]
    return [*found[:count], *later]
