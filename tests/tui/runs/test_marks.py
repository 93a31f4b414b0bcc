"""The runs that are marked."""

from __future__ import annotations

import pytest

from lstm_engine.errors import UserError
from tests.support.comparisons import NAMES
from tests.support.run_folders import entry
from tui.drawing.palette import SERIES_SHOWN
from tui.runs.marks import Marks


def marked(count: int, pinned: str = "") -> Marks:
    marks = Marks()
    for name in NAMES[:count]:
        marks = marks.toggled(entry(name))
    return marks.pinning(pinned)


def test_pages_hold_as_many_as_can_be_told_apart() -> None:
    assert marked(0).pages == ((),)
    assert marked(SERIES_SHOWN).pages == (NAMES[:SERIES_SHOWN],)
    assert marked(8).pages == (NAMES[:6], NAMES[6:8])
    assert marked(8).page_of("run-7") == 1


def test_all_runs_in_sight_are_marked_or_none_of_them() -> None:
    damaged = entry("broken-reed", "damaged", 0, 0, None, problem="run.json is damaged", saved="")
    seen = [*map(entry, NAMES[2:5]), damaged]
    marks = marked(3).toggled_all(seen)
    assert marks.runs == NAMES[:5]
    assert marks.toggled_all(seen).runs == NAMES[:2]


def test_a_script_s_run_among_the_marked_ones() -> None:
    runs = [entry("run-0"), entry("brave-fox", kind="lightning")]
    assert not Marks(("run-0", "run-1")).has_script(runs)
    assert Marks(("run-0", "brave-fox")).has_script(runs)


def test_a_pinned_run_comes_first_on_every_page() -> None:
    marks = marked(8, "run-6")
    assert marks.pages == (("run-6", *NAMES[:5]), ("run-6", "run-5", "run-7"))
    assert marked(1, "run-0").pages == (("run-0",),)
    assert marked(6, "run-5").pages == (("run-5", *NAMES[:5]),)


def test_every_run_has_the_glyph_of_its_place_on_its_page() -> None:
    glyphs = {run: glyph for run, (glyph, _) in marked(8, "run-6").pieces(ascii_text=False).items()}
    assert glyphs == dict(zip(("run-6", *NAMES[:5], "run-5", "run-7"), "●▲■◆▼★▲■", strict=True))


def test_a_run_that_is_no_longer_marked_is_not_pinned() -> None:
    marks = marked(3, "run-1")
    assert marks.toggled(entry("run-1")) == Marks(("run-0", "run-2"))
    assert marks.kept([entry("run-0")]) == Marks(("run-0",))
    assert marks.renamed("run-1", "best") == Marks(("run-0", "best", "run-2"), "best")
    assert marks.renamed("run-0", "first").pinned == "run-1"
    assert marks.pinning("elsewhere").pinned == ""


def test_a_damaged_run_cannot_be_marked() -> None:
    with pytest.raises(UserError, match="nothing of it to compare"):
        Marks().toggled(entry("broken-reed", "damaged", problem="run.json is damaged"))


def test_the_advice_tells_that_there_are_pages() -> None:
    assert marked(6).advice() == "6 runs are marked: c compares them"
    assert marked(7).advice() == "7 runs are marked: c compares them, 6 at a time or by groups"
