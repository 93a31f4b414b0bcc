"""No sequence of commands, kills and damage breaks a run: whatever is done to it, it goes on in the same bits.

Most of it in engines without time, many and quick, whose kills fall on chosen steps; a few real engine processes are
killed wherever they happen to be. `make soak` does more of both.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import tempfile
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import (
    AddEpochs,
    Branch,
    CheckpointSaved,
    EngineReady,
    NewRun,
    OpenRun,
    Pause,
    Paused,
    Quit,
    Refused,
    Reseed,
    RunFinished,
    RunOpened,
    Save,
    Stopped,
    Train,
    TrainingStarted,
)
from tests.support.processes import EngineUnderTest
from tests.support.sequences import (
    Action,
    Damage,
    Harm,
    Kind,
    Session,
    all_runs,
    carry_out,
    check,
    check_that_all_go_on,
    play,
    saved_in,
)

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


@pytest.mark.timeout(900)  # the sum of many
@pytest.mark.parametrize(
    ("begun", "killed"), [((), FIRST), pytest.param(FIRST, THEN, marks=pytest.mark.soak)], ids=["new", "branch"]
)
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
            check(root, outcome.saved, harmed=False)
            if steps % 10 == 0 or outcome.ended:
                check_that_all_go_on(root)
            ended = outcome.ended
            shutil.rmtree(root)
    assert steps > 40


@pytest.mark.timeout(900)  # the sum of many
@settings(max_examples=30, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(sequences)
def test_no_sequence_of_commands_breaks_a_run(sequence: list[Session]) -> None:
    check_sequence(sequence)


@pytest.mark.soak
@settings(max_examples=1500, suppress_health_check=list(HealthCheck))
@given(sequences)
def test_no_sequence_of_many_breaks_a_run(sequence: list[Session]) -> None:
    check_sequence(sequence)


# --- real engine processes -------------------------------------------------------------------------------------------

SHORT, LONG = range(1), range(1, 41)
ENGINES = 3

ANSWERS: dict[type[Message], tuple[type[Message], ...]] = {
    NewRun: (RunOpened,),
    OpenRun: (RunOpened,),
    Reseed: (RunOpened,),
    Branch: (RunOpened,),
    Train: (TrainingStarted,),
    AddEpochs: (TrainingStarted,),
    Save: (CheckpointSaved,),
    Pause: (Paused, RunFinished),
}


class Killed(Exception):  # noqa: N818 - nothing is wrong
    """The engine is gone, as it was meant to be."""


def drawn(chance: random.Random) -> Action:
    """What may come next, with more epochs than an engine without time is asked for."""
    kind = chance.choice([kind for kind in get_args(Kind) if kind not in ("go on", "pause")])
    return Action(kind, chance.randint(1, 60), chance.choice(LEARNING_RATES) if kind == "branch" else None)


def use_and_kill(root: Path, chance: random.Random, *, harmed: bool) -> None:
    """A real engine with a few commands; killed after a number of events, or while it saves, or told to quit."""
    options = ("--save-every", chance.choice(("0.002", "0.02", "1")), "--keep", chance.choice("13"))
    dies_after, told_to_quit = chance.choice((3, 8, 20, 40, None)), chance.random() < 0.5
    with EngineUnderTest(root, *options) as engine:
        with contextlib.suppress(Killed):
            follow(engine, root, chance, dies_after)
            if told_to_quit:
                engine.send(Quit())
            if dies_after is not None:
                raise Killed
        if told_to_quit and dies_after is None:
            engine.must_hear(Stopped)
        engine.process.kill()
        engine.hear(Stopped)
        engine.process.wait()
    check(root, saved_in(engine.heard), harmed=harmed)


def follow(engine: EngineUnderTest, root: Path, chance: random.Random, dies_after: int | None) -> None:
    """Commands one after the other, each when the one before was answered; raises Killed after so many events."""
    held: Path | None = None

    def hear(*kinds: type[Message]) -> None:
        nonlocal held
        event = engine.must_hear(lambda event: isinstance(event, kinds) or len(engine.heard) == dies_after)
        if not isinstance(event, kinds):
            raise Killed
        if isinstance(event, RunOpened | TrainingStarted):
            held = Path(event.directory) if event.directory else None

    hear(EngineReady)
    first = Action("open" if all_runs(root) and chance.random() < 0.7 else "new", chance.randint(0, 9))
    for action in (first, Action("train", chance.randint(5, 60)), *(drawn(chance) for _ in range(5))):
        command = action.command(root, held)
        engine.send(command)
        hear(Refused, *ANSWERS[type(command)])


def check_real_kills(root: Path, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(ENGINES):
        use_and_kill(root, chance, harmed=number > 0)
        Damage(chance.choice(get_args(Harm)), chance.randint(0, 3)).do(root)
        check(root, {}, harmed=True)
    check_that_all_go_on(root)


@pytest.mark.parametrize("seed", SHORT)
def test_no_sequence_with_real_kills_breaks_a_run(tmp_path: Path, seed: int) -> None:
    check_real_kills(tmp_path / "runs", seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", LONG)
def test_no_sequence_with_many_real_kills_breaks_a_run(tmp_path: Path, seed: int) -> None:
    check_real_kills(tmp_path / "runs", seed)
