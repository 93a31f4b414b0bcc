"""Branches: a new run from any epoch, trained to the parent's end, ends in the parent's bits."""

import shutil
import tempfile
from pathlib import Path
from typing import get_args

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_engine.errors import UserError
from lstm_engine.listing.entries import entry_of
from lstm_engine.lstm.parameters import ModelName
from lstm_engine.models.build import build
from lstm_engine.protocol.channel import Inbox
from lstm_engine.protocol.messages import (
    Branch,
    CheckpointSaved,
    EngineReady,
    Epochs,
    NewRun,
    Notice,
    OpenRun,
    Quit,
    Refused,
    RunFinished,
    RunOpened,
    Save,
    Stopped,
    Train,
    TrainingStarted,
)
from lstm_engine.run.config import LARGEST_SEED, Initialisation, RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.service.starts.branching import branch_at
from lstm_engine.store.contents import checkpoints_of
from lstm_engine.store.directory import read_history, read_record
from lstm_engine.training import checkpoint as checkpoints
from tests.support.in_process import only, play, streamed, train

configs = st.builds(
    RunConfig,
    model=st.sampled_from(get_args(ModelName)),
    init=st.sampled_from(get_args(Initialisation)),
    seed=st.integers(0, LARGEST_SEED),
    lr=st.sampled_from((0.001, 0.03)),
    batch_size=st.integers(1, 2),
)
#: More epochs than any machine trains before the last command of a test.
FAR = 1_000_000
#: The epochs of each stage, and the epoch of the branch, also the first and the last one.
histories = st.lists(st.integers(1, 20), min_size=1, max_size=3).flatmap(
    lambda stages: st.tuples(st.just(stages), st.integers(0, sum(stages)) | st.sampled_from((0, 1, sum(stages))))
)


@pytest.mark.timeout(900)  # the sum of many
@settings(max_examples=30, derandomize=True, database=None)
@given(configs, histories)
def test_a_branch_trained_to_the_parents_end_ends_in_its_bits(
    config: RunConfig, history: tuple[list[int], int]
) -> None:
    stages, epoch = history
    with tempfile.TemporaryDirectory() as folder:
        check_branch(Path(folder), config, stages, epoch)


def check_branch(root: Path, config: RunConfig, stages: list[int], epoch: int) -> None:
    end = sum(stages)
    train(root, config, *stages)
    (parent,) = root.iterdir()
    before = {path: path.read_bytes() for path in parent.iterdir()}
    events = branched(root, parent.name, Branch(epoch=epoch), Train(epochs=max(1, end - epoch)))
    opened = only(events, RunOpened)[-1]
    assert (opened.parent.run, opened.parent.epoch, opened.epoch) == (parent.name, epoch, epoch)
    columns = Columns.of(config)
    ours, theirs = read_history(root / opened.run, columns), read_history(parent, columns)
    assert ours.truncated(end).rows.tobytes() == theirs.rows.tobytes()
    if epoch < end:
        assert last_state(root / opened.run) == last_state(parent)
    untouched = {path: data for path, data in before.items() if path.name not in ("owner.json", "engine.log")}
    assert {path: path.read_bytes() for path in untouched} == untouched


def last_state(run: Path) -> bytes:
    """Parameters and optimiser state in the newest checkpoint, as bytes."""
    checkpoint = checkpoints.load(Path(checkpoints_of(run)[0].path))
    moments = [moment[key] for moment in checkpoint["optimizer_states"][0]["state"].values() for key in sorted(moment)]
    tensors = [*checkpoint["state_dict"].values(), *moments]
    return torch.cat([tensor.flatten() for tensor in tensors]).numpy().tobytes()


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
        (Epochs, Train(epochs=FAR)),
        (under_way, Branch(epoch=2 * FAR)),
        (TrainingStarted, Save()),
        (CheckpointSaved, Quit()),
    ]
    events = play(tmp_path / "refused", steps)
    refused = events.index(only(events, Refused)[0])
    assert isinstance(events[refused + 1], TrainingStarted)
    (stopped,) = only(events, Stopped)
    straight = train(tmp_path / "straight", RunConfig(), stopped.epoch)
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


def test_a_branch_without_a_whole_checkpoint_is_told_in_the_list_and_refused(
    branch_at_forty: tuple[Path, Path],
) -> None:
    _, branch = branch_at_forty
    for path in branch.glob("*.ckpt"):
        path.write_bytes(b"")
    listed = entry_of(branch)
    assert (listed.state, listed.epoch) == ("damaged", 0)
    events = play(branch.parent, [(EngineReady, OpenRun(source=branch.name)), (Refused, Quit())])
    assert only(events, Refused)[0].reason == listed.problem
    assert "none of its checkpoints is left whole" in listed.problem


def test_quit_ends_the_forward_training_also_behind_other_commands(tmp_path: Path) -> None:
    train(tmp_path, RunConfig(), 60)
    (parent,) = tmp_path.iterdir()
    inbox = Inbox()
    for command in (Train(), Quit()):
        inbox.put(command)
    with pytest.raises(UserError, match="given up"):
        branch_at(parent, RunConfig(), Branch(epoch=50), 5, inbox, lambda _: None)
    assert list(tmp_path.iterdir()) == [parent]
