"""Saving a run that is trained: once for an epoch, and for the best reason there was."""

from pathlib import Path

from lstm_engine.protocol.messages import (
    CheckpointSaved,
    EngineReady,
    Epochs,
    NewRun,
    Pause,
    Paused,
    Quit,
    Save,
    Train,
)
from lstm_engine.run.config import RunConfig
from lstm_engine.store.contents import checkpoints_of
from tests.support.in_process import only, play


def test_a_checkpoint_that_is_there_is_kept_for_a_better_reason_and_not_written_again(tmp_path: Path) -> None:
    events = play(
        tmp_path,
        [
            (EngineReady, NewRun(config=RunConfig())),
            (Epochs, Train(epochs=1_000_000)),
            (lambda event: isinstance(event, Epochs) and event.first_epoch > 5, Pause()),
            (Paused, Save()),
            (lambda event: isinstance(event, CheckpointSaved) and event.reason == "user", Quit()),
        ],
        save_every=1e9,
    )
    (paused,) = only(events, Paused)
    assert [(event.epoch, event.reason) for event in only(events, CheckpointSaved)] == [
        (paused.epoch, "pause"),
        (paused.epoch, "user"),
    ]
    (run,) = tmp_path.iterdir()
    assert [(one.epoch, one.reason, one.whole) for one in checkpoints_of(run)] == [(paused.epoch, "user", True)]
