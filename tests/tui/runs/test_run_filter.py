"""What a filter finds, and what it says of a comparison that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from tests.support.run_folders import entry
from tui.runs.run_filter import RunFilter, filtered, searchable

RUNS = [
    entry("calm-lake", "stopped", 1200, loss=0.2, note="the best #old #Keep"),
    entry("old-oak", loss=0.00512345, config=RunConfig(seed=7, lr=0.1)),
    entry("young-ash", parent=Parent("old-oak", 1000), loss=0.3, note="not so old #older"),
    entry(
        "wild-fern", "running", 300, 2000, None, config=RunConfig(seed=70), per_second=410.0, watchers=2, host="bench"
    ),
    entry("broken-reed", "damaged", 0, 0, None, problem="run.json is damaged"),
]
CALM, OAK, ASH, FERN, REED = (run.run for run in RUNS)


def found(text: str) -> list[str]:
    wanted = RunFilter.of(text)
    assert wanted.problem == ""
    return [run.run for run in RUNS if wanted.finds(run, searchable(run))]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        # words
        ("", [CALM, OAK, ASH, FERN, REED]),
        ("  ", [CALM, OAK, ASH, FERN, REED]),
        ("old", [CALM, OAK, ASH]),
        ("OLD branch", [ASH]),
        ("training", [FERN]),
        ("#old", [CALM, ASH]),
        ('"so old"', [ASH]),
        ('"so old', [ASH]),
        ('"seed 7"', [OAK, FERN]),
        ("lake fern", []),
        # without
        ("-old", [FERN, REED]),
        ("-old -fern", [REED]),
        ("old -oak", [CALM]),
        ('-"so old" old', [CALM, OAK]),
        # still being typed
        ("-", [CALM, OAK, ASH, FERN, REED]),
        ("old -", [CALM, OAK, ASH]),
        ('old "', [CALM, OAK, ASH]),
        # numbers
        ("loss<0.01", [OAK]),
        ("loss<=0.2 loss>0.01", [CALM]),
        ("loss>=.2", [CALM, ASH]),
        ("loss=0.0051", [OAK]),
        ("loss=0.00512345", [OAK]),
        ("loss=0.0052", []),
        ("loss!=0.2", [OAK, ASH]),
        ("-loss<0.01", [CALM, ASH, FERN, REED]),
        ("epoch>=2000", [OAK, ASH]),
        ("epoch<1.2e3", [FERN]),
        ("lr=0.1", [OAK]),
        ("LR:0.1", [OAK]),
        ("seed=7", [OAK]),
        ("seed!=7", [CALM, ASH, FERN]),
        ("-seed=7", [CALM, ASH, FERN, REED]),
        ("seed=42 old", [CALM, ASH]),
        ("speed>400 watchers>=2", [FERN]),
        # texts
        ("tag:old", [CALM]),
        ("tag:keep", [CALM]),
        ("tag!=old", [OAK, ASH, FERN, REED]),
        ("-tag:old", [OAK, ASH, FERN, REED]),
        ("note:old", [CALM, ASH]),
        ('note:"so old"', [ASH]),
        ("name:o", [OAK, ASH, REED]),
        ("name=old-oak", [OAK]),
        ("state:training", [FERN]),
        ("state:fin", [OAK, ASH]),
        ("state=fin", []),
        ("state!=finished", [CALM, FERN, REED]),
        ("branch:oak", [ASH]),
        ("host=bench", [FERN]),
    ],
)
def test_a_filter_finds_the_runs_of_which_all_holds(text: str, runs: list[str]) -> None:
    assert found(text) == runs


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("los<0.1", "“los<0.1” compares nothing: expected loss, epoch, lr, seed, tag or"),
        ("loss<", "“loss<” compares with no number: expected one, such as loss<0.01"),
        ("epoch>many", "“epoch>many” compares with no number: expected one, such as epoch>100"),
        ("seed=nan", "compares with no number"),
        ("seed=1_0", "compares with no number"),
        ("seed=٧", "compares with no number"),
        ("loss==1", "compares with no number"),
        ("-loss<x", "“loss<x” compares with no number"),
        ("state<3", "“state<3” orders texts: expected state: or state= or state!="),
        ("tag:", "“tag:” names no tag"),
        ("c:file.csv", "compares nothing"),
    ],
)
def test_a_comparison_that_is_none_is_told_and_the_rest_holds(text: str, told: str) -> None:
    wanted = RunFilter.of(f"old {text} -oak")
    assert told in wanted.problem
    assert [run.run for run in RUNS if wanted.finds(run, searchable(run))] == [CALM]


@pytest.mark.parametrize("text", ["<", ">5", "=", ":x", "a-b<3", "5<6", "https://x", "#x:y"])
def test_what_begins_with_no_name_is_a_word(text: str) -> None:
    assert RunFilter.of(text).problem == "" or text == "https://x"


@given(st.text())
def test_anything_can_be_typed(text: str) -> None:
    wanted = RunFilter.of(text)
    assert "\x1b" not in wanted.problem
    for run in RUNS:
        wanted.finds(run, searchable(run))


@given(st.integers(0, 2**63 - 1))
def test_seeds_are_compared_to_their_last_digit(seed: int) -> None:
    run = entry("calm-lake", config=RunConfig(seed=seed))
    assert RunFilter.of(f"seed={seed}").finds(run, "")
    assert not RunFilter.of(f"seed={seed + 1}").finds(run, "")


def test_a_command_line_is_told_all_names() -> None:
    with pytest.raises(UserError, match=r"expected loss, epoch, lr, seed, tag or one of .*hidden.*host") as error:
        filtered([], "mae<1")
    assert "?" not in str(error.value)
