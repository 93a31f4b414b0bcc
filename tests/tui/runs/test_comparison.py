"""What runs are compared by: what differs, what came out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.data.companies import Companies
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from tests.support.comparisons import OTHERS, THREE, compared_run, three_runs
from tests.support.run_folders import StillFolder
from tui.runs.comparison import ComparedRun, Comparison, differences, epochs_to, read, results, shared_companies


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return three_runs(tmp_path)


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


def test_what_companies_are_shared() -> None:
    walk = RunConfig()
    assert shared_companies([walk, walk]) == ("A", "B")
    assert shared_companies([walk, RunConfig(data=THREE)]) == ("B",)
    assert shared_companies([walk, RunConfig(data=OTHERS)]) == ()
    assert shared_companies([]) == ()


def test_runs_that_disagree_about_a_target_list_theirs() -> None:
    other = Companies("other.csv", ("A", "B"), ((0.0, 1.0),) * 2, (0.5, 1.0))
    comparison = Comparison((compared_run("a"), compared_run("b", data=other)), ("A", "B"), ("A", "B"))
    assert comparison.target("A") is None
    found = {column.heading: column.texts for column in results(comparison)}
    assert found["A target"] == ("0", "0.5")
    assert {"A", "B, target 1"} <= set(found)


def test_a_long_history_is_read_and_the_rest_of_it_forgotten(root: Path) -> None:
    comparison = read(StillFolder(root, "checkpoints"), ["old-oak", "young-ash"])
    assert [run.last_epoch for run in comparison.runs] == [100, 50]
    assert all(run.loss.base is None for run in comparison.runs)
    assert {name: values[-1] for name, values in comparison.runs[1].predictions.items()} == pytest.approx(
        {"A": 0.01, "B": 0.99}
    )
