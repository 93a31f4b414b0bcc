"""No sequence of commands, kills and damage breaks a run: whatever is done to it, it goes on in the same bits."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sequences import Action, Damage, Harm, Kind, Session, carry_out, check, check_that_all_go_on, play

LEARNING_RATES = (None, 0.001, 0.05)


@st.composite
def actions(draw: st.DrawFn) -> Action:
    kind = draw(st.sampled_from(get_args(Kind)))
    after = draw(st.integers(0, 9))
    number = draw(st.integers(1, 12) if kind in ("train", "add") else st.integers(0, 30))
    return Action(kind, number, draw(st.sampled_from(LEARNING_RATES)) if kind == "branch" else None, after)


#: An engine is mostly asked to train something, or else there would be little to break.
BEGINNINGS = (
    (Action("new", 0), Action("train", 9)),
    (Action("new", 1), Action("train", 12)),
    (Action("new", 2), Action("train", 5)),
    (Action("open", 0), Action("go on")),
    (Action("open", 1), Action("train", 6)),
    (),
)

sessions = st.builds(
    Session,
    st.tuples(st.sampled_from(BEGINNINGS), st.lists(actions(), max_size=6).map(tuple)).map(
        lambda two: two[0] + two[1]
    ),
    save_every=st.sampled_from((2, 7, 1000)),
    keep=st.integers(1, 3),
    killed_at=st.none() | st.integers(1, 200),
    then=st.lists(st.builds(Damage, st.sampled_from(get_args(Harm)), st.integers(0, 3)), max_size=2).map(tuple),
)
sequences = st.lists(sessions, min_size=1, max_size=4)


def check_sequence(sequence: list[Session]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        play(sequence, Path(folder).resolve() / "runs")


#: An engine that sets a run up, trains and saves; and one that goes on with it and branches off, from where no
#: checkpoint is.
FIRST = (Action("new", 1), Action("train", 4), Action("save", after=1))
THEN = (Action("open", 0), Action("branch", 3, lr=0.05))


@pytest.mark.parametrize(("begun", "killed"), [((), FIRST), (FIRST, THEN)], ids=["new", "branch"])
def test_killed_before_any_step_towards_the_disk(begun: tuple[Action, ...], killed: tuple[Action, ...]) -> None:
    """As many engines as there are steps, each killed before another one."""
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder).resolve() / "before"
        before.mkdir()
        carry_out(Session(begun), before)
        steps, ended = 0, False
        while not ended:
            steps += 1
            root = Path(folder).resolve() / f"killed at {steps}"
            shutil.copytree(before, root)
            outcome = carry_out(Session(killed, killed_at=steps), root)
            check(root, outcome.saved)
            if steps % 10 == 0 or outcome.ended:
                check_that_all_go_on(root)
            ended = outcome.ended
            shutil.rmtree(root)
    assert steps > 40


@settings(max_examples=60, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(sequences)
def test_no_sequence_of_commands_breaks_a_run(sequence: list[Session]) -> None:
    check_sequence(sequence)


@pytest.mark.soak
@settings(max_examples=3000, suppress_health_check=list(HealthCheck))
@given(sequences)
def test_no_sequence_of_many_breaks_a_run(sequence: list[Session]) -> None:
    check_sequence(sequence)
