"""The command loop: commands in mid-run, failures, refusals."""

import threading
from pathlib import Path
from typing import Any

import pytest

from lstm_engine.listing.entries import entries
from lstm_engine.models.by_hand import LSTMByHand
from lstm_engine.protocol.channel import Asker, Inbox, Outbox
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import (
    AddEpochs,
    CheckpointSaved,
    EngineReady,
    Epochs,
    Failed,
    NewRun,
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
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.service.engine import Engine
from lstm_engine.service.saving_options import SavingOptions
from lstm_engine.store.directory import read_history
from tests.support.in_process import only, play, streamed, train
from tests.support.socket_clients import wait_until

#: More epochs than any machine trains before the last command of a test.
FAR = 1_000_000


def test_pausing_and_adding_in_mid_run_changes_no_bit(tmp_path: Path) -> None:
    config = RunConfig()

    def reached(epoch: int):
        return lambda event: isinstance(event, Epochs) and event.first_epoch + len(event.train_loss) > epoch

    steered = play(
        tmp_path / "steered",
        [
            (EngineReady, NewRun(config=config)),
            (Epochs, Train(epochs=FAR)),
            (reached(100), Pause()),
            (Paused, Train()),
            (reached(300), Save()),
            (reached(400), AddEpochs(epochs=500)),
            (lambda event: isinstance(event, TrainingStarted) and event.target > FAR, Save()),
            (CheckpointSaved, Quit()),
        ],
    )
    (paused,) = only(steered, Paused)
    assert paused.epoch > 100
    assert paused.cause is None
    assert [event.target for event in only(steered, TrainingStarted)] == [FAR, FAR, FAR + 500]
    assert "user" in [event.reason for event in only(steered, CheckpointSaved)]
    (stopped,) = only(steered, Stopped)
    straight = streamed(train(tmp_path / "straight", config, stopped.epoch), config)
    assert streamed(steered, config).rows.tobytes() == straight.rows.tobytes()


def test_reseeding_keeps_the_old_run_and_starts_an_untrained_one(tmp_path: Path) -> None:
    events = play(
        tmp_path,
        [
            (EngineReady, NewRun(config=RunConfig())),
            (Epochs, Train(epochs=5)),
            (RunFinished, Reseed(seed=7)),
            (lambda event: isinstance(event, RunOpened) and event.config.seed == 7, Reseed()),
            (lambda event: isinstance(event, RunOpened) and event.config.seed != 7, Quit()),
        ],
    )
    opened = only(events, RunOpened)
    assert [event.run for event in opened[1:]] == [None, None]
    assert opened[0].initial != opened[1].initial != opened[2].initial
    (directory,) = tmp_path.iterdir()
    assert read_history(directory, Columns.of(RunConfig())).last_epoch == 5


def test_a_loss_that_is_no_number_fails_with_a_sentence_and_falls_back(tmp_path: Path) -> None:
    run = [(EngineReady, NewRun(config=RunConfig(lr=1e38))), (Epochs, Train(epochs=50)), (Failed, Train(epochs=50))]
    events = play(tmp_path, [*run, (TrainingStarted, Pause()), (Failed, Quit())])
    failed = only(events, Failed)
    assert len(failed) == 2
    assert "learning rate" in failed[0].cause
    assert failed[0].checkpoint is None
    assert only(events, Stopped)[0].checkpoint is None


def test_an_exception_of_the_trainer_fails_with_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the device is on fire")

    monkeypatch.setattr("lstm_engine.models.by_hand.LSTMByHand.training_step", broken)
    config = RunConfig()
    events = play(tmp_path, [(EngineReady, NewRun(config=config)), (Epochs, Train(epochs=5)), (Failed, Quit())])
    (failed,) = only(events, Failed)
    assert "the device is on fire" in failed.cause
    assert "Traceback" in failed.detail


def test_commands_that_make_no_sense_are_refused_with_a_sentence(tmp_path: Path) -> None:
    events = play(
        tmp_path,
        [
            (EngineReady, Train(epochs=5)),
            (Refused, NewRun(config=RunConfig(lr=-1.0))),
            (Refused, NewRun(config=RunConfig())),
            (Epochs, Save()),
            (Refused, Train(epochs=0)),
            (Refused, Train()),
            (Refused, Quit()),
        ],
    )
    reasons = [event.reason for event in only(events, Refused)]
    assert [reason.split(":")[0] for reason in reasons] == [
        "there is no run yet",
        "learning rate is -1.0",
        "there is nothing to save yet",
        "epochs is 0",
        "epoch 0 of 0 is reached already",
    ]
    assert not list(tmp_path.iterdir())


def test_after_a_failure_the_run_is_listed_with_what_its_checkpoint_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = LSTMByHand.training_step

    def breaks_down(model: LSTMByHand, batch: Any, index: int) -> None:
        step(model, batch, index)
        if model.trainer.current_epoch >= 7:
            model._squared_residuals = float("nan")

    monkeypatch.setattr(LSTMByHand, "training_step", breaks_down)
    config = RunConfig()
    steps = [(EngineReady, NewRun(config=config)), (Epochs, Train(epochs=5)), (RunFinished, Train(epochs=5))]
    play(tmp_path, [*steps, (Failed, Quit())], save_every=1e9)
    (run,) = entries(tmp_path)
    history = read_history(Path(run.directory), Columns.of(config))
    assert (run.state, run.epoch, run.train_loss) == ("failed", 5, float(history.loss[5]))
    assert run.predictions["A"] == float(history.predictions_at(5)[0])


class Attended(Outbox):
    """Who sends commands hears what the others do not; they may all have left."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.deserted = False

    def put(self, event: Message) -> None:
        self.heard.append(event)

    @property
    def is_deserted(self) -> bool:
        return self.deserted


class Sender(Asker):
    def __init__(self) -> None:
        self.answered: list[Message] = []

    def answer(self, event: Message) -> None:
        self.answered.append(event)


def test_what_is_refused_is_told_to_who_asked_for_it_alone(tmp_path: Path) -> None:
    inbox, outbox, one, other = Inbox(), Attended(), Sender(), Sender()
    inbox.put(Train(), one)
    inbox.put(NewRun(config=RunConfig(lr=-1.0)), other)
    inbox.put(Save())
    inbox.put(Quit())
    Engine(SavingOptions(tmp_path), inbox, outbox).serve()
    assert [(event.command, event.reason[:8]) for event in only(one.answered, Refused)] == [("train", "there is")]
    assert [event.command for event in only(other.answered, Refused)] == ["new_run"]
    assert [event.command for event in only(outbox.heard, Refused)] == ["save"], "nobody is known to have asked"


def test_an_engine_that_nobody_attends_ends_once_nothing_is_left_to_do(tmp_path: Path) -> None:
    inbox, outbox = Inbox(), Attended()
    inbox.put(NewRun(config=RunConfig()))
    inbox.put(Train(epochs=5))
    outbox.deserted = True
    Engine(SavingOptions(tmp_path), inbox, outbox).serve()
    (finished,) = only(outbox.heard, RunFinished)
    (stopped,) = only(outbox.heard, Stopped)
    assert (finished.epoch, stopped.epoch, stopped.signal, stopped.problem) == (5, 5, "", "")
    assert (tmp_path / finished.run / stopped.checkpoint).is_file()


def test_one_that_waits_is_woken_to_see_that_all_have_left(tmp_path: Path) -> None:
    inbox, outbox = Inbox(), Attended()
    inbox.put(NewRun(config=RunConfig()))
    serving = threading.Thread(target=Engine(SavingOptions(tmp_path), inbox, outbox).serve, daemon=True)
    serving.start()
    wait_until(lambda: only(outbox.heard, Epochs))
    outbox.deserted = True
    inbox.wake()
    serving.join(60)
    assert not serving.is_alive()
    assert only(outbox.heard, Stopped)
    assert list(tmp_path.iterdir()) == []
