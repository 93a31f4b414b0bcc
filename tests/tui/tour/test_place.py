"""What a step of the tour needs of the run, what was asked for it, and which runs are remembered."""

from __future__ import annotations

import msgspec
import pytest

from lstm_engine.protocol.messages import Event, Failed, Refused
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from tests.support.script import (
    READY,
    done,
    epochs,
    opened,
    paused,
    ready,
    resumed,
    session_after,
    started,
    training,
)
from tests.support.tour import TRAINED, at_epoch
from tui.state.reducer import reduce
from tui.state.updates import Said
from tui.tour.facts import KnownRun
from tui.tour.place import Asked, Need, Place, followed, need, needed_at
from tui.tour.steps import BY_HAND, STEPS


def branch() -> list[Event]:
    return [READY, msgspec.structs.replace(opened(), parent=Parent("calm-lake", 0)), epochs(0, 2000)]


@pytest.mark.parametrize(
    ("script", "needed"),
    [
        ([], Need.WAIT),
        (ready(), Need.MORE),
        (training(1200), Need.WAIT),
        (training(2100, target=5000), Need.NOTHING),
        (training(1200, target=1500), Need.MORE),
        (training(1500, target=1500), Need.MORE),
        (paused(1200), Need.MORE),
        (done(), Need.NOTHING),
        (resumed(), Need.NOTHING),
        ([*training(1200), Failed(epoch=1200, cause="it diverged")], Need.RETRY),
        (done(RunConfig(seed=7)), Need.RUN),
        (done(RunConfig(lr=0.1)), Need.RUN),
        ([READY, opened(epoch=2000)], Need.WAIT),
        (branch(), Need.RUN),
    ],
    ids=[
        *(
            "loading",
            "untrained",
            "training",
            "training beyond",
            "training less",
            "training less, at its end",
            "paused",
            "there",
            "further",
            "failed",
        ),
        *("another seed", "another learning rate", "history not read yet", "branch"),
    ],
)
def test_what_a_step_about_epoch_2000_needs(script: list[Event], needed: Need) -> None:
    assert need(STEPS[TRAINED], session_after(script)) is needed


def test_a_run_whose_history_cannot_be_read_is_replaced() -> None:
    unread = session_after([READY, opened(epoch=2000)])
    assert need(STEPS[TRAINED], reduce(unread, Said("it cannot be read", alert=True))) is Need.RUN
    with_a_gap = session_after([READY, opened(epoch=2000), epochs(2001, 2100)])
    assert need(STEPS[TRAINED], with_a_gap) is Need.WAIT


def test_what_was_asked_for_is_waited_for_until_it_begins_or_fails() -> None:
    session = session_after(ready())
    place = Place(STEPS, TRAINED, asked=Asked(session.rewrites, opens=False, target=2000))
    assert needed_at(followed(place, session), session) is Need.WAIT
    refused = reduce(session, Refused(command="train", reason="no"))
    assert needed_at(followed(place, refused), refused) is Need.MORE
    begun = reduce(session, started(0, 2000))
    assert followed(place, begun).asked is None


def test_epochs_added_in_mid_run_are_waited_for_until_the_target_has_moved() -> None:
    session = session_after(training(1500, target=1500))
    place = Place(STEPS, TRAINED, asked=Asked(session.rewrites, opens=False, target=2000))
    assert needed_at(followed(place, session), session) is Need.WAIT
    moved = reduce(session, started(1500, 2000))
    assert followed(place, moved).asked is None
    assert need(place.step, moved) is Need.WAIT


def test_runs_are_remembered_by_their_settings_once_their_history_is_read() -> None:
    place = Place(STEPS)
    unread = session_after([READY, opened(epoch=2000)])
    assert not followed(place, unread).runs
    place = followed(place, at_epoch(5000))
    assert place.runs == {BY_HAND: KnownRun("/runs/calm-lake", 5000, place.runs[BY_HAND].low_at)}
    assert place.runs[BY_HAND].low_at == pytest.approx(3589, abs=60), "the scripted curve is one of straight lines"
    assert followed(place, at_epoch(300, RunConfig(seed=7))).runs == place.runs


def test_the_last_step_has_none_to_follow() -> None:
    assert Place(STEPS).following is STEPS[1]
    assert Place(STEPS, len(STEPS) - 1).following is None
