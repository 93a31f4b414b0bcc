"""Engines to test: the real command loop in this process, driven by what it says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from lstm_engine.protocol.channel import Inbox
from lstm_engine.protocol.client_queue import ClientQueue
from lstm_engine.protocol.epochs import rows_of
from lstm_engine.protocol.messages import (
    Command,
    EngineReady,
    Epochs,
    Event,
    Failed,
    NewRun,
    OpenRun,
    Quit,
    Refused,
    RunFinished,
    Train,
    decode_event,
)
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from lstm_engine.service.engine import Engine
from lstm_engine.service.saving_options import SavingOptions
from tests.support.folder_contents import contents

#: When to send the next command: on an event of this type, or one that the function accepts.
Cue = type | Callable[[Event], bool]
Step = tuple[Cue, Command]
#: Seconds that an engine may take for all of its steps; only a defect takes that long.
LIMIT = 180.0


def play(
    root: Path, steps: Sequence[Step], save_every: float = 1.0, keep: int = 5, limit: float = LIMIT
) -> list[Event]:
    """Every event of an engine that gets each command of `steps` when its cue comes, one after the other, and a Quit
    on the cue of the last one; fails where the cues did not all come within `limit` seconds.
    """
    inbox, heard, waiting = Inbox(), list[Event](), list(steps)

    def write(line: bytes) -> None:
        event = decode_event(line)
        heard.append(event)
        if waiting and _is_cue(waiting[0][0], event):
            inbox.put(waiting.pop(0)[1])
        elif isinstance(event, Failed):
            inbox.put(Quit())  # nothing that is waited for will come

    outbox = ClientQueue(write, on_broken=lambda: None)
    given_up = threading.Timer(limit, inbox.put, [Quit()])
    given_up.start()
    try:
        Engine(SavingOptions(root, save_every, keep), inbox, outbox).serve()
    finally:
        given_up.cancel()
    outbox.close(timeout=60)
    assert not waiting, f"no cue came for {waiting}; heard {heard[-3:]}"
    return heard


def _is_cue(cue: Cue, event: Event) -> bool:
    return isinstance(event, cue) if isinstance(cue, type) else cue(event)


def train(root: Path, config: RunConfig, *stages: int, save_every: float = 1.0) -> list[Event]:
    """The events of a new run, trained for so many epochs, and so many more, each time by a new Trainer."""
    first, *more = stages
    steps: list[Step] = [(EngineReady, NewRun(config=config)), (Epochs, Train(epochs=first))]
    steps += [(RunFinished, Train(epochs=epochs)) for epochs in more]
    # A busy machine trains some hundreds of epochs a second.
    return play(root, [*steps, (RunFinished, Quit())], save_every, limit=max(LIMIT, sum(stages) / 100))


def only(events: Sequence[Event], kind: type) -> list:
    """The events of one type."""
    return [event for event in events if isinstance(event, kind)]


def streamed(events: Sequence[Event], config: RunConfig) -> History:
    """The history that the Epochs events tell, checked for gaps and repetitions."""
    history = History(Columns.of(config))
    for event in only(events, Epochs):
        assert event.first_epoch in (history.last_epoch + 1, 0)
        if event.first_epoch == history.last_epoch + 1:
            history = history.extended(rows_of(event, history.columns))
    return history


def refusal(root: Path, source: str | Path) -> str:
    """The sentence that opening `source` is refused with; nothing may be written."""
    before = contents(root)
    events = play(root, [(EngineReady, OpenRun(source=str(source))), (Refused, Quit())])
    assert contents(root) == before
    (refused,) = only(events, Refused)
    assert "\n" not in refused.reason
    return refused.reason
