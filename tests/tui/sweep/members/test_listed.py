"""Marks on members."""

from __future__ import annotations

import numpy as np

from tui.sweep.members.listed import Listed


def test_members_are_marked_in_the_order_in_which_they_are_chosen() -> None:
    listed = Listed("all", np.arange(9))
    listed = listed.marking(7).marking(2).marking(5)
    assert listed.marked == (7, 2, 5)
    assert listed.marking(2).marked == (7, 5)
