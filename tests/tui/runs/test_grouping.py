from __future__ import annotations

from dataclasses import replace

import numpy as np

from lstm_engine.run.records import Parent
from tests.support.comparisons import compared_run
from tui.drawing.palette import SERIES_SHOWN
from tui.runs.comparison import ComparedRun, Comparison, differences, distinctions
from tui.runs.grouping import grouped, has_groups, page_of_groups


def groups_of(*runs: ComparedRun) -> Comparison:
    return grouped(Comparison(runs, ("A", "B"), ("A", "B")))


def test_runs_that_differ_in_their_seeds_alone_are_one_group() -> None:
    one, two = (compared_run(f"run-{seed}", (0.1 * seed, 0.2), seed=seed) for seed in (1, 3))
    other, branch = compared_run("other", (0.5,), lr=0.1), replace(compared_run("branch"), parent=Parent("run-1", 1))
    found = groups_of(one, other, two, branch)
    assert [run.name for run in found.runs] == ["group 1, 2 runs", "other", "branch"]
    group = found.runs[0]
    np.testing.assert_allclose(group.loss, [np.nan, 0.2, 0.2], rtol=1e-6)
    assert group.bounds is not None
    np.testing.assert_allclose(np.stack(group.bounds)[:, 1], [0.1, 0.3], rtol=1e-6)
    assert found.runs[1] is other


def test_a_group_goes_as_far_as_its_longest_run_and_past_what_is_not_finite() -> None:
    found = groups_of(compared_run("short", (0.25,), seed=1), compared_run("long", (np.inf, 0.5, 1.0), seed=2))
    np.testing.assert_equal(found.runs[0].loss, np.array([np.nan, 0.25, 0.5, 1.0], np.float32))


def test_the_band_of_many_leaves_out_a_tenth_on_either_side() -> None:
    group = groups_of(*(compared_run(f"run-{seed}", (seed / 32,), seed=seed) for seed in range(32))).runs[0]
    assert group.bounds is not None
    assert [float(bound[1]) * 32 for bound in group.bounds] == [3, 28]
    assert float(group.loss[1]) * 32 == 15.5


def test_seeds_are_no_difference_between_groups_and_a_run_that_is_alone_has_its_own() -> None:
    runs = [compared_run(f"run-{seed}", (0.1,), seed=seed, lr=lr) for seed, lr in ((1, 0.1), (2, 0.1), (7, 0.2))]
    shown = page_of_groups(groups_of(*runs), 0)
    assert {column.heading: column.texts for column in differences(shown)} == {
        "seed": ("several", "7"),
        "lr": ("0.1", "0.2"),
    }
    assert distinctions(shown) == ("lr 0.1", "seed 7, lr 0.2")


def test_what_cannot_be_read_is_in_no_group() -> None:
    lost = replace(compared_run("lost"), problem="it is gone")
    found = groups_of(compared_run("one", (0.1,), seed=1), lost, compared_run("two", (0.1,), seed=2))
    assert [run.name for run in found.runs] == ["group 1, 2 runs", "lost"]
    assert found.problems == ("it is gone",)


def test_a_page_has_as_many_groups_as_can_be_told_apart() -> None:
    found = groups_of(*(compared_run(f"run-{number}", (0.1,), lr=0.1 + number) for number in range(8)))
    assert len(page_of_groups(found, 0).runs) == SERIES_SHOWN
    assert [run.name for run in page_of_groups(found, 1).runs] == ["run-6", "run-7"]


def test_there_is_something_to_group_where_seeds_alone_differ() -> None:
    one, again, other = (compared_run(f"run-{number}", seed=seed) for number, seed in enumerate((1, 1, 2)))
    assert not has_groups(Comparison((one, again, compared_run("lr", seed=2, lr=0.1))))
    assert has_groups(Comparison((one, other)))
    assert has_groups(Comparison((one,), marked=(one, other))), "on another page"
