"""Branches: a new run from any epoch, trained to the parent's end, ends in the parent's bits."""

import shutil
from pathlib import Path

import pytest
import torch

from lstm_engine.config import RunConfig
from lstm_engine.events import (
    Branch,
    EngineReady,
    Epochs,
    NewRun,
    Notice,
    OpenRun,
    Quit,
    Refused,
    RunFinished,
    RunOpened,
    Train,
    TrainingStarted,
)
from lstm_engine.history import Columns
from lstm_engine.models import build
from lstm_engine.runs import read_history, read_record
from tests.engines import only, play, streamed, train


@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
@pytest.mark.parametrize("epoch", [0, 1, 40, 57, 80])
def test_a_branch_trained_to_the_parents_end_ends_in_its_bits(tmp_path: Path, model: str, epoch: int) -> None:
    config = RunConfig(model=model)
    train(tmp_path, config, 40, 40)
    (parent,) = tmp_path.iterdir()
    before = {path: path.read_bytes() for path in parent.iterdir()}
    is_branch = [False]

    def branched(event: object) -> bool:
        is_branch[0] = is_branch[0] or (isinstance(event, RunOpened) and event.parent is not None)
        return is_branch[0] and isinstance(event, Epochs)

    events = play(
        tmp_path,
        [
            (EngineReady, OpenRun(source=parent.name)),
            (Epochs, Branch(epoch=epoch)),
            (branched, Train(epochs=max(1, 80 - epoch))),
            (RunFinished, Quit()),
        ],
    )
    opened = only(events, RunOpened)[-1]
    assert (opened.parent.run, opened.parent.epoch, opened.epoch) == (parent.name, epoch, epoch)
    columns = Columns.of(config)
    ours, theirs = read_history(tmp_path / opened.run, columns), read_history(parent, columns)
    assert ours.truncated(80).rows.tobytes() == theirs.rows.tobytes()
    untouched = {path: data for path, data in before.items() if path.name not in ("owner.json", "engine.log")}
    assert {path: path.read_bytes() for path in untouched} == untouched


def test_a_branch_goes_on_with_the_learning_rate_asked_for(tmp_path: Path) -> None:
    config = RunConfig()
    train(tmp_path, config, 100)
    (parent,) = tmp_path.iterdir()
    opened_twice = []

    def twice(event: object) -> bool:
        opened_twice.extend([event] if isinstance(event, Epochs) else [])
        return len(opened_twice) == 2

    events = play(
        tmp_path,
        [
            (EngineReady, OpenRun(source=parent.name)),
            (lambda event: isinstance(event, RunOpened), Branch(epoch=60, lr=0.1)),
            (twice, Train(epochs=1)),
            (RunFinished, Quit()),
        ],
    )
    opened = only(events, RunOpened)[-1]
    assert read_record(tmp_path / opened.run).config.lr == 0.1
    columns = Columns.of(config)
    ours, theirs = read_history(tmp_path / opened.run, columns), read_history(parent, columns)
    assert ours.truncated(60).rows.tobytes() == theirs.truncated(60).rows.tobytes()
    expected = plainly_trained(config, (60, 0.001), (1, 0.1))
    assert ours.parameters_at(61).tolist() == pytest.approx(expected, abs=1e-4)


def plainly_trained(config: RunConfig, *stretches: tuple[int, float]) -> list[float]:
    """The parameters after so many epochs at such a learning rate, and so many more: autograd and plain Adam."""
    model = build(config)
    adam = torch.optim.Adam(model.parameters())
    for epochs, lr in stretches:
        adam.param_groups[0]["lr"] = lr
        for _ in range(epochs):
            for days, target in zip(config.data.days, config.data.targets, strict=True):
                adam.zero_grad()
                (model(torch.tensor([days])) - target).square().sum().backward()
                adam.step()
    return model.values()


def test_branches_that_cannot_be_are_refused(tmp_path: Path) -> None:
    steps = [
        (EngineReady, NewRun(config=RunConfig())),
        (Epochs, Branch(epoch=0)),
        (Refused, Train(epochs=10)),
        (RunFinished, Branch(epoch=11)),
        (Refused, Branch(epoch=-1)),
        (Refused, Branch(epoch=5, lr=0.0)),
        (Refused, Quit()),
    ]
    events = play(tmp_path, steps)
    reasons = [event.reason for event in only(events, Refused)]
    assert [reason.split(":")[0] for reason in reasons] == [
        "there is nothing to branch from yet",
        "epoch is 11",
        "epoch is -1",
        "learning rate is 0.0",
    ]
    assert not only(events, Notice)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_branch_refused_in_mid_run_changes_nothing(tmp_path: Path) -> None:
    def under_way(event: object) -> bool:
        return isinstance(event, Epochs) and event.first_epoch > 20

    steps = [
        (EngineReady, NewRun(config=RunConfig())),
        (Epochs, Train(epochs=400)),
        (under_way, Branch(epoch=1_000_000)),
        (RunFinished, Quit()),
    ]
    events = play(tmp_path / "refused", steps)
    refused = events.index(only(events, Refused)[0])
    assert isinstance(events[refused + 1], TrainingStarted)
    straight = train(tmp_path / "straight", RunConfig(), 400)
    assert streamed(events, RunConfig()).rows.tobytes() == streamed(straight, RunConfig()).rows.tobytes()


@pytest.mark.parametrize(("epoch", "target"), [(0, 0), (20, 40), (40, 40), (60, 80), (80, 80)])
def test_a_branch_has_its_parents_target_where_that_is_still_ahead(tmp_path: Path, epoch: int, target: int) -> None:
    train(tmp_path, RunConfig(), 40, 40)
    (parent,) = tmp_path.iterdir()
    branched = play(
        tmp_path,
        [
            (EngineReady, OpenRun(source=parent.name)),
            (Epochs, Branch(epoch=epoch)),
            (lambda event: isinstance(event, RunOpened) and event.parent is not None, Quit()),
        ],
    )
    opened = only(branched, RunOpened)[-1]
    assert opened.target == target
    again = play(tmp_path, [(EngineReady, OpenRun(source=opened.run)), (Epochs, Quit())])
    assert only(again, RunOpened)[0].target == target


def branched(root: Path, run: str, *commands: Branch | Train) -> list:
    """The events of an engine that opens a run and carries out commands one after the other."""
    answers = {Branch: lambda event: isinstance(event, Epochs | Refused), Train: RunFinished}
    cues = [Epochs, *(answers[type(command)] for command in commands)]
    after_each = [*commands, Quit()]
    return play(root, [(EngineReady, OpenRun(source=run)), *zip(cues, after_each, strict=True)])


@pytest.fixture
def branch_at_forty(tmp_path: Path) -> tuple[Path, Path]:
    """A run of 60 epochs, and its branch at epoch 40 with another learning rate, 20 epochs further."""
    train(tmp_path, RunConfig(), 60)
    (origin,) = tmp_path.iterdir()
    events = branched(tmp_path, origin.name, Branch(epoch=40, lr=0.1), Train(epochs=20))
    return origin, tmp_path / only(events, RunOpened)[-1].run


def test_a_branch_of_a_branch_from_before_it_branched_off(branch_at_forty: tuple[Path, Path]) -> None:
    origin, branch = branch_at_forty
    events = branched(origin.parent, branch.name, Branch(epoch=20, lr=0.001), Train(epochs=40))
    opened = only(events, RunOpened)[-1]
    assert (opened.epoch, opened.parent.run, opened.config.lr) == (20, branch.name, 0.001)
    columns = Columns.of(RunConfig())
    ours = read_history(origin.parent / opened.run, columns)
    assert ours.rows.tobytes() == read_history(origin, columns).rows.tobytes()


@pytest.mark.parametrize("lost", ["gone", "another run"])
def test_what_only_a_lost_run_went_through_is_not_made_up(branch_at_forty: tuple[Path, Path], lost: str) -> None:
    origin, branch = branch_at_forty
    shutil.rmtree(origin)
    if lost == "another run":
        train(branch.parent / "new", RunConfig(seed=7), 60)
        (other,) = (branch.parent / "new").iterdir()
        other.rename(origin)
        (branch.parent / "new").rmdir()
    before = set(branch.parent.iterdir())
    events = branched(branch.parent, branch.name, Branch(epoch=20))
    (refused,) = only(events, Refused)
    assert f"{origin.name}, which it is a branch of, is not there" in refused.reason
    assert set(branch.parent.iterdir()) == before
