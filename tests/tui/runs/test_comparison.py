"""What runs are compared by: what differs, what came out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.data.companies import Companies
from lstm_engine.run.records import Parent
from tests.support.comparisons import OTHERS, THREE, compared_run
from tui.runs.comparison import ComparedRun, Comparison, differences, distinctions, epochs_to, results


def headings(comparison: Comparison) -> list[str]:
    return [column.heading for column in differences(comparison)]


def test_only_what_differs_is_listed() -> None:
    one, other = compared_run("a", [0.5], seed=1), compared_run("b", [0.5, 0.4], seed=2, lr=0.1)
    assert headings(Comparison((one, other))) == ["seed", "lr", "epochs"]
    assert headings(Comparison((one, compared_run("c", [0.25], seed=1)))) == []
    everything = compared_run("d", model="nn-lstm", seed=3, lr=0.2, init="uniform", batch_size=2, data=THREE)
    branch = ComparedRun("e", everything.config, Parent("a", 7), one.loss, {})
    assert headings(Comparison((one, branch))) == ["model", "seed", "lr", "init", "batch size", "data", "branch of"]
    assert differences(Comparison((one, branch)))[-1].texts == ("–", "a at 7")


def test_other_data_of_the_same_name_are_told_apart() -> None:
    changed = Companies("three.csv", THREE.names, THREE.days, (0.0, 0.0, 0.0))
    runs = [compared_run("a", data=THREE), compared_run("b", data=changed), compared_run("c", data=OTHERS)]
    texts = differences(Comparison(tuple(runs)))[0].texts
    assert texts == ("three.csv (1)", "three.csv (2)", "others.csv")


@given(st.lists(st.floats(0, 1, width=32) | st.just(float("nan")), max_size=30))
def test_epochs_to_a_loss_of_a_hundredth(losses: list[float]) -> None:
    expected = next((epoch for epoch, loss in enumerate(losses) if loss <= np.float32(0.01)), None)
    assert epochs_to(np.array(losses, np.float32)) == expected


def test_results_of_runs_that_went_wrong_or_nowhere() -> None:
    runs = (
        compared_run("diverged", [0.5, float("inf")]),
        compared_run("untrained"),
        ComparedRun("empty", predictions={"A": np.empty(0, np.float32), "B": np.empty(0, np.float32)}),
        ComparedRun("gone", problem="gone cannot be read"),
    )
    at, loss, a, _ = results(Comparison(runs, ("A", "B"), ("A", "B")))
    assert at.texts == ("not reached", "not reached", "not reached", "–")
    assert loss.texts == ("not finite", "–", "–", "–")
    assert (a.heading, a.texts) == ("A, target 0", ("0.0000", "0.0000", "–", "–"))


def test_runs_that_disagree_about_a_target_list_theirs() -> None:
    other = Companies("other.csv", ("A", "B"), ((0.0, 1.0),) * 2, (0.5, 1.0))
    comparison = Comparison((compared_run("a"), compared_run("b", data=other)), ("A", "B"), ("A", "B"))
    assert comparison.target("A") is None
    found = {column.heading: column.texts for column in results(comparison)}
    assert found["A target"] == ("0", "0.5")
    assert {"A", "B, target 1"} <= set(found)


def test_the_legend_names_what_tells_most_runs_apart_first() -> None:
    runs = (
        compared_run("a", seed=1, lr=0.1),
        compared_run("b", seed=2, lr=0.1),
        compared_run("c", seed=3, lr=0.01, model="nn-lstm"),
    )
    assert distinctions(Comparison(runs)) == (
        "seed 1, by-hand, lr 0.1",
        "seed 2, by-hand, lr 0.1",
        "seed 3, nn-lstm, lr 0.01",
    )
    branch = ComparedRun("d", parent=Parent("a", 7))
    assert distinctions(Comparison((ComparedRun("a"), branch, ComparedRun("gone", problem="it is gone")))) == (
        "",
        "branch at 7",
        "",
    )


def test_what_differs_on_another_page_is_a_column_on_this_one() -> None:
    here, there = (compared_run("a"), compared_run("b")), compared_run("c", seed=7)
    assert headings(Comparison(here)) == []
    assert headings(Comparison(here, marked=(*here, there))) == ["seed"]
    assert distinctions(Comparison(here, marked=(*here, there))) == ("seed 42", "seed 42")


def test_results_at_an_epoch_are_those_of_then_and_nothing_for_a_run_without_it() -> None:
    runs = (compared_run("long", [0.5, 0.25, 0.125]), compared_run("short", [0.4]))
    comparison = Comparison(runs, ("A", "B"), ("A", "B"))
    _, loss, a, _ = results(comparison, 2)
    assert (loss.heading, loss.texts) == ("loss at 2", ("0.2500", "–"))
    assert (a.heading, a.texts) == ("A at 2, target 0", ("0.0000", "–"))
    assert results(comparison, 0)[1].texts == ("–", "–"), "the untrained model has no loss"
    assert results(comparison, 0)[2].texts == ("0.0000", "0.0000")


def test_a_run_that_trains_says_how_far_it_goes_and_its_loss_is_not_final() -> None:
    runs = (compared_run("done", [0.5]), replace(compared_run("live", [0.5, 0.4]), training_to=10))
    comparison = Comparison(runs)
    assert (comparison.training, comparison.newest, comparison.end) == (1, 2, 10)
    assert differences(comparison)[0].texts == ("1", "2 of 10")
    assert results(comparison)[1].heading == "loss now"


def test_the_turns_are_where_a_run_branched_off_or_ends() -> None:
    runs = (
        compared_run("a", [0.5] * 9),
        ComparedRun("gone", problem="gone"),
        replace(compared_run("b", [0.4] * 5), parent=Parent("a", 3)),
    )
    assert Comparison(runs).turns == (0, 3, 5, 9)
    assert Comparison().turns == (0,)


def test_the_axis_grows_in_leaps_ahead_of_a_run_that_trains_and_not_past_its_target() -> None:
    done = compared_run("done", [0.5] * 300)
    ends = []
    for epoch in range(1, 5000, 7):
        run = ComparedRun("live", loss=np.zeros(epoch + 1, np.float32), training_to=4200)
        ends.append((epoch, Comparison((done, run)).end))
    assert all(300 <= end <= max(4200, epoch) for epoch, end in ends)
    assert all(epoch < end <= max(1.26 * epoch, epoch + 100, 300) for epoch, end in ends if epoch < 4200)
    assert len({end for _, end in ends if end < 4200}) < 20
    assert Comparison((done, replace(done, training_to=None))).end == 300
