"""Which runs a filter finds, and in which order they come."""

from __future__ import annotations

import msgspec
import pytest

from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from tests.support.run_folders import before, entry
from tui.runs.catalogue import SORTS, Catalogue, Order, SortBy
from tui.runs.run_filter import RunFilter

RUNS = Catalogue.of(
    [
        entry("calm-lake", "stopped", 1200, loss=0.2, saved=before(minutes=5)),
        entry("old-oak", loss=0.05, saved=before(hours=3), config=RunConfig(seed=7, lr=0.1)),
        entry("Young-ash", parent=Parent("old-oak", 1000), saved=before(days=2), loss=0.3),
        entry("wild-fern", "running", 300, loss=None, saved=before(days=30), config=RunConfig(seed=70)),
        entry("broken-reed", "damaged", 0, 0, None, problem="run.json is damaged", saved=""),
    ]
)


def found(wanted: str, by: SortBy = "when", *, backwards: bool = False) -> list[str]:
    return [one.run for one in RUNS.selected(RunFilter.of(wanted), Order(by, backwards))]


@pytest.mark.parametrize(
    ("wanted", "runs"),
    [
        ("", ["wild-fern", "calm-lake", "old-oak", "Young-ash", "broken-reed"]),
        ("  ", ["wild-fern", "calm-lake", "old-oak", "Young-ash", "broken-reed"]),
        ("old", ["old-oak", "Young-ash"]),
        ("OLD branch", ["Young-ash"]),
        ("branch OLD", ["Young-ash"]),
        ("old stopped", []),
        ("seed=7", ["old-oak"]),
        ("seed=7 lr=0.1", ["old-oak"]),
        ("lake fern", []),
        ("young", ["Young-ash"]),
    ],
)
def test_a_filter_finds_the_runs_that_hold_every_word(wanted: str, runs: list[str]) -> None:
    assert found(wanted) == runs


@pytest.mark.parametrize("by", SORTS)
def test_turned_round_the_known_ones_turn_and_the_others_stay_last(by: SortBy) -> None:
    unknown = {"loss": 2, "lineage": 4, "script": 5, "ratio": 5}.get(by, 0 if by in ("when", "name", "state") else 1)
    known = len(RUNS.entries) - unknown
    forth, back = found("", by), found("", by, backwards=True)
    assert set(forth) == set(back) == set(found(""))
    assert set(forth[known:]) == set(back[known:])
    assert forth[0] != back[0] or known < 2 or by in ("model", "data")


def test_numbers_are_sorted_as_numbers_and_names_without_their_case() -> None:
    assert found("", "seed")[:4] == ["old-oak", "calm-lake", "Young-ash", "wild-fern"]
    assert found("", "loss")[:3] == ["old-oak", "calm-lake", "Young-ash"]
    assert found("", "epochs")[-2:] == ["wild-fern", "broken-reed"]
    assert found("", "name") == ["broken-reed", "calm-lake", "old-oak", "wild-fern", "Young-ash"]


def test_runs_that_train_come_first_and_do_not_change_places_with_each_save() -> None:
    for saved in ([5, 9], [9, 5]):
        pair = (entry(run, "running", saved=before(seconds=ago)) for run, ago in zip("ab", saved, strict=True))
        found = Catalogue.of([entry("c", saved=before(seconds=1)), *pair])
        for by in SORTS:
            runs = [one.run for one in found.selected(RunFilter(), Order(by))]
            assert runs.index("b") < runs.index("a") or by == "name"
        assert [one.run for one in found.selected(RunFilter(), Order())] == ["b", "a", "c"]


def test_orders_follow_one_another_in_a_ring() -> None:
    order = Order()
    seen = []
    for _ in SORTS:
        seen.append(order.by)
        order = order.next()
    assert (tuple(seen), order) == (SORTS, Order())
    assert order.reversed().reversed() == order


def test_branches_are_counted_by_their_parent_s_name() -> None:
    assert (RUNS.branches_of("old-oak"), RUNS.branches_of("calm-lake")) == (1, 0)


def test_models_of_prices_are_sorted_by_how_good_they_are_and_found_by_it() -> None:
    worse, better = (msgspec.structs.replace(entry(f"run-{ratio}"), ratio=ratio) for ratio in (1.06, 0.94))
    runs = Catalogue.of([entry("calm-lake"), worse, better])
    assert [run.ratio for run in runs.selected(RunFilter(), Order("ratio"))] == [0.94, 1.06, None]
    assert [run.ratio for run in runs.selected(RunFilter.of("ratio<1"), Order())] == [0.94]
