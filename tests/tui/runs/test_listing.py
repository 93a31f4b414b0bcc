"""A listing moved on: only what is new is measured and searched, and no column grows narrower."""

from __future__ import annotations

from tests.support.run_folders import NOW, entry
from tui.runs.catalogue import Order
from tui.runs.listing import Listing
from tui.runs.run_cells import Showing
from tui.runs.run_filter import RunFilter

SHOWING = Showing(None, NOW)
OAK, LAKE = entry("old-oak"), entry("calm-lake")


def test_the_same_runs_are_the_same_listing() -> None:
    listing = Listing().moved_on([OAK, LAKE], SHOWING)
    assert listing.moved_on([LAKE, OAK], SHOWING) is listing
    assert listing.moved_on([OAK], SHOWING) is not listing
    assert listing.moved_on([OAK, entry("calm-lake")], SHOWING) is not listing


def test_nothing_is_a_listing_too() -> None:
    listing = Listing().moved_on([], SHOWING)
    assert listing.catalogue.entries == ()
    assert listing.widths
    assert listing.moved_on([], SHOWING) is listing


def test_columns_grow_with_what_is_new_and_stay_when_it_goes() -> None:
    narrow = Listing().moved_on([OAK], SHOWING)
    assert (narrow.widths["note"], narrow.widths["speed"]) == (0, 0)
    long = entry("a-rather-long-name", "running", per_second=2088.0, note="good")
    wide = narrow.moved_on([OAK, long], SHOWING)
    assert wide.widths["run"] == len("a-rather-long-name") > narrow.widths["run"]
    assert (wide.widths["note"], wide.widths["speed"]) == (len("good"), len("2088/s"))
    assert wide.moved_on([OAK], SHOWING).widths == wide.widths


def test_a_filter_finds_what_a_run_has_by_now() -> None:
    before = Listing().moved_on([OAK, entry("calm-lake", "running", 5, loss=0.5)], SHOWING)
    after = before.moved_on([OAK, entry("calm-lake", "finished", note="#keep")], SHOWING)
    for text, count in (("training", 0), ("finished", 2), ("#keep", 1), ("loss<0.2 tag:keep", 1)):
        assert len(after.catalogue.selected(RunFilter.of(text), Order())) == count
