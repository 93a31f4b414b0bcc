"""A run that nothing is on disk of: what can be asked of it, and when it gets a directory."""

from pathlib import Path

import pytest

from lstm_engine.lstm.parameters import PARAMETERS, ModelName
from lstm_engine.models.build import build
from lstm_engine.protocol.channel import Inbox
from lstm_engine.protocol.client_queue import ClientQueue
from lstm_engine.protocol.messages import (
    Branch,
    Command,
    EngineReady,
    Epochs,
    Event,
    NewRun,
    OpenRun,
    Pause,
    Quit,
    Refused,
    Reseed,
    RunFinished,
    RunOpened,
    Save,
    Stopped,
    Train,
    TrainingStarted,
    decode_event,
)
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.service.engine import Engine
from lstm_engine.service.saving_options import SavingOptions
from tests.support.in_process import only, play


@pytest.mark.parametrize("model", PARAMETERS)
def test_it_is_what_its_seed_draws(model: ModelName, tmp_path: Path) -> None:
    config = RunConfig(model=model, seed=7)
    events = play(tmp_path / "checkpoints", [(EngineReady, NewRun(config=config)), (Epochs, Quit())])
    (opened,), (epochs,), model_ = only(events, RunOpened), only(events, Epochs), build(config)
    assert (opened.run, opened.directory, opened.checkpoint, opened.parent) == (None, None, None, None)
    assert (opened.epoch, opened.target, opened.resumes, opened.config) == (0, 0, (), config)
    assert opened.initial == dict(zip(Columns.of(config).parameters, model_.values(), strict=True))
    assert (epochs.first_epoch, epochs.train_loss) == (0, [None])
    assert {name: value for name, (value,) in epochs.parameters.items()} == opened.initial
    assert not (tmp_path / "checkpoints").exists()


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (Save(), "there is nothing to save yet: train first"),
        (Branch(epoch=0), "there is nothing to branch from yet: train first"),
        (Train(), "epoch 0 of 0 is reached already: add epochs to go on"),
    ],
)
def test_what_needs_a_trained_run_is_refused_and_leaves_nothing(command: Command, reason: str, tmp_path: Path) -> None:
    events = play(
        tmp_path / "checkpoints", [(EngineReady, NewRun(config=RunConfig())), (Epochs, command), (Refused, Quit())]
    )
    assert [event.reason for event in only(events, Refused)] == [reason]
    assert only(events, Stopped) == [Stopped(run=None, directory=None, epoch=0, checkpoint=None)]
    assert not (tmp_path / "checkpoints").exists()


def test_another_takes_its_place_without_a_trace(tmp_path: Path) -> None:
    def with_another_seed(event: object) -> bool:
        return isinstance(event, RunOpened) and event.config.seed == 3

    events = play(
        tmp_path / "checkpoints",
        [(EngineReady, NewRun(config=RunConfig())), (Epochs, Reseed(seed=3)), (with_another_seed, Quit())],
    )
    assert [event.config.seed for event in only(events, RunOpened)] == [42, 3]
    assert not (tmp_path / "checkpoints").exists()


def test_pause_says_nothing_where_nothing_is_to_be_trained(tmp_path: Path) -> None:
    inbox, heard = Inbox(), list[Event]()
    for command in (NewRun(config=RunConfig()), Pause(), Quit()):
        inbox.put(command)
    outbox = ClientQueue(lambda line: heard.append(decode_event(line)), on_broken=lambda: None)
    Engine(SavingOptions(tmp_path), inbox, outbox).serve()
    outbox.close(timeout=60)
    assert [type(event) for event in heard] == [EngineReady, RunOpened, Epochs, Stopped]


def test_it_gets_its_directory_when_it_is_trained_and_is_then_the_run_that_is_open(tmp_path: Path) -> None:
    root = tmp_path / "checkpoints"
    started: list[TrainingStarted] = []

    def finished(event: object) -> bool:
        started.extend(only([event], TrainingStarted))
        return isinstance(event, RunFinished)

    events = play(
        root,
        [
            (EngineReady, NewRun(config=RunConfig())),
            (Epochs, Train(epochs=5)),
            (finished, Save()),
            (lambda event: getattr(event, "reason", None) == "user", Quit()),
        ],
    )
    (run,) = root.iterdir()
    assert [event.run for event in started] == [run.name]
    (stopped,) = only(events, Stopped)
    assert (stopped.run, stopped.epoch) == (run.name, 5)
    again = play(root, [(EngineReady, OpenRun(source=run.name)), (Epochs, OpenRun(source=run.name)), (Epochs, Quit())])
    assert [(event.run, event.epoch) for event in only(again, RunOpened)] == [(run.name, 5)] * 2


def test_it_gets_the_name_that_it_was_told(tmp_path: Path) -> None:
    root = tmp_path / "checkpoints"
    named = NewRun(config=RunConfig(), name="luck-seed7")
    steps = [(EngineReady, named), (Epochs, Train(epochs=2)), (RunFinished, named), (Refused, Quit())]
    events = play(root, steps)
    assert [event.run for event in only(events, TrainingStarted)] == ["luck-seed7"]
    assert [path.name for path in root.iterdir()] == ["luck-seed7"]
    assert "luck-seed7 is taken" in only(events, Refused)[0].reason
    bad = NewRun(config=RunConfig(), name="../luck")
    (refused,) = only(play(root, [(EngineReady, bad), (Refused, Quit())]), Refused)
    assert refused.reason == "'../luck' is no name for a run: expected letters, digits, '-', '_' and '.'"
