"""Where a run stands by the end of its events, however many there are."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import msgspec
import pytest

from lstm_engine.script import last_progress as reading
from lstm_engine.script.last_progress import last_progress
from lstm_engine.script.progress import Progress, advanced
from lstm_engine.script.vocabulary.events import EVENTS, Event
from lstm_engine.script.vocabulary.fit_events import EpochEnded, FitEnded, FitOpened, FitStarted, Steps
from lstm_engine.script.vocabulary.keeper_events import ScriptStarted

TOLD: list[Event] = [
    ScriptStarted(pid=7, host="vm", argv=("python", "steps"), directory="/", at=5.0),
    FitOpened(fit=0, stage="fit", trainer="lightning", version="2", torch="2", model='a "steps" b', pid=7),
    FitStarted(epoch=0, step=0, max_epochs=9),
    *(
        event
        for epoch in range(40)
        for event in (
            Steps(first=epoch + 1, step=epoch + 1, epoch=epoch, batch=0, loss=(epoch / 2,)),
            EpochEnded(epoch=epoch, step=epoch + 1, metrics={"steps": 1.0, "paused": 2.0}),
        )
    ),
    FitEnded(fit=0, reason="stopped", epoch=40, step=40),
]


@pytest.mark.parametrize("block", [16, 300, 1 << 20])
def test_the_end_tells_what_all_of_it_tells(tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_BLOCK", block)
    lines = [msgspec.json.encode(event) for event in TOLD]
    for count in (1, 3, 30, len(lines)):
        torn = b'\n{"type":"steps","first":9,"st'
        (tmp_path / EVENTS).write_bytes(b"\n" + b"\n\n".join(lines[:count]) + b'\n{"type":"steps"}\n"steps"' + torn)
        assert last_progress(tmp_path) == functools.reduce(advanced, TOLD[:count], Progress())


def test_what_is_no_file_of_events_tells_nothing(tmp_path: Path) -> None:
    assert last_progress(tmp_path) == Progress()
    os.mkfifo(tmp_path / EVENTS)
    assert last_progress(tmp_path) == Progress()
