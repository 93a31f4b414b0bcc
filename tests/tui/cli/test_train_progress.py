"""Two readers of one stream, the dashboard's session and the progress of a training without a screen, agree."""

from __future__ import annotations

from itertools import accumulate

import pytest

from lstm_engine.protocol.messages import Event
from lstm_engine.run.config import RunConfig
from tests.support.script import done, epochs, finished, paused, ready, resumed, started, training
from tui.cli.train_progress import TrainProgress, advanced
from tui.state.reducer import reduce
from tui.state.session import Session

SCRIPTS = {
    "ready": ready(),
    "training": training(),
    "paused": paused(),
    "resumed": resumed(),
    "done": done(),
    "another stage": [*done(), started(2000, 3000), epochs(2001, 2500), epochs(2501, 3000), finished(3000)],
    "of another model": training(config=RunConfig(model="nn-lstm")),
}


def stands(reader: Session | TrainProgress) -> dict[str, object]:
    """Where training stands, as one of the two has it."""
    is_session = isinstance(reader, Session)
    return {
        "run": reader.run,
        "directory": reader.directory,
        "config": reader.config,
        "epoch": reader.epoch,
        "target": reader.target,
        "checkpoint": (reader.saved and reader.saved.checkpoint) if is_session else reader.checkpoint,
        "epochs per second": reader.pace.per_second,
    }


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_both_say_the_same_of_where_training_stands(script: list[Event]) -> None:
    sessions = accumulate(script, reduce, initial=Session.loading(RunConfig(), 2000))
    progresses = accumulate(script, advanced, initial=TrainProgress())
    for event, session, progress in zip([None, *script], sessions, progresses, strict=True):
        assert stands(session) == stands(progress), event
