"""The runs that are marked."""

from __future__ import annotations

import pytest

from lstm_engine.errors import UserError
from tests.support.comparisons import NAMES
from tests.support.run_folders import entry
from tui.drawing.palette import SERIES_SHOWN
from tui.runs.marks import Marks


def test_at_most_six_marks_whatever_is_toggled() -> None:
    marks = Marks()
    for name in NAMES[:SERIES_SHOWN]:
        marks = marks.toggled(entry(name))
    with pytest.raises(UserError, match="as many as can be told apart"):
        marks.toggled(entry(NAMES[-1]))
    assert marks.toggled(entry(NAMES[0])).runs == NAMES[1:SERIES_SHOWN]
