"""Epochs go out before the checkpoint that holds them, and checkpoints are as far apart as was asked for."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from lstm_engine.protocol.client_queue import ClientQueue
from lstm_engine.protocol.epochs import rows_of
from lstm_engine.protocol.messages import CheckpointSaved, Epochs, Event, RunFinished, decode_event
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.training.callback import FLUSH_EVERY, EpochStream
from tests.support.in_process import only, train

COLUMNS = Columns.of(RunConfig())


def test_a_checkpoint_is_announced_after_its_epochs(tmp_path: Path) -> None:
    told, saved = -1, []
    for event in train(tmp_path, RunConfig(), 300, save_every=1e-9):
        if isinstance(event, Epochs):
            told = event.first_epoch + len(event.train_loss) - 1
        elif isinstance(event, CheckpointSaved):
            saved.append(event.epoch)
            assert event.epoch <= told
    assert saved == sorted(saved)
    assert saved[-1] == 300


def test_a_checkpoint_is_saved_as_often_as_was_asked_for(tmp_path: Path) -> None:
    often = only(train(tmp_path / "often", RunConfig(), 50, save_every=1e-9), CheckpointSaved)
    never = only(train(tmp_path / "never", RunConfig(), 50, save_every=1e9), CheckpointSaved)
    assert [(event.epoch, event.reason) for event in often] == [
        *((epoch, "timed") for epoch in range(1, 51)),
        (50, "stage"),
    ]
    assert [(event.epoch, event.reason) for event in never] == [(50, "stage")]


@pytest.mark.parametrize("save_every", [0.05])
def test_between_two_timed_checkpoints_there_is_at_least_that_much_time(tmp_path: Path, save_every: float) -> None:
    begun = time.monotonic()
    events = train(tmp_path, RunConfig(), 600, save_every=save_every)
    seconds = time.monotonic() - begun
    timed = [event for event in only(events, CheckpointSaved) if event.reason == "timed"]
    assert len(only(events, RunFinished)) == 1
    assert len(timed) <= seconds / save_every


def test_rows_gather_until_they_are_old_enough() -> None:
    written: list[Event] = []
    outbox = ClientQueue(lambda line: written.append(decode_event(line)), on_broken=lambda: None)
    stream = EpochStream(outbox, COLUMNS)
    stream.start()
    now = time.monotonic()
    rows = np.arange(4 * COLUMNS.width, dtype=np.float32).reshape(4, -1)
    for epoch, (row, at) in enumerate(
        zip(rows.tolist(), (0.0, 0.01, 10 * FLUSH_EVERY, 10 * FLUSH_EVERY), strict=True), start=7
    ):
        stream.add(epoch, row, now + at)
    stream.flush(now + 11 * FLUSH_EVERY)
    stream.flush(now + 12 * FLUSH_EVERY)
    outbox.close(timeout=60)
    batches = only(written, Epochs)
    assert [(batch.first_epoch, len(batch.train_loss)) for batch in batches] == [(7, 3), (10, 1)]
    assert np.concatenate([rows_of(batch, COLUMNS) for batch in batches]).tobytes() == rows.tobytes()
