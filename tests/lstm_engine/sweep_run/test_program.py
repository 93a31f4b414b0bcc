"""Each member ends in the bits of the single run; a sweep that was interrupted or killed goes on in them."""

from __future__ import annotations

import functools
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from lstm_engine.data.companies import Companies
from lstm_engine.errors import UserError
from lstm_engine.models.base import tensors
from lstm_engine.models.by_hand import LSTMByHand
from lstm_engine.models.flat_adam import FlatAdam
from lstm_engine.protocol.messages import RunFinished
from lstm_engine.run.config import RunConfig
from lstm_engine.sweep.block import Block, Training
from lstm_engine.sweep.results import read_results
from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.sweep.sweep_folder import blocks_of, read_block, write_settings
from lstm_engine.sweep_run import program
from lstm_engine.sweep_run.initial_weights import initial_weights
from tests.support.in_process import only, train

CROWD = Companies("crowd", ("A", "B", "C"), ((0.0, 1.0), (1.0, 0.5), (0.25, -1.0)), (0.5, -0.5, 0.0))


def side_by_side(settings: SweepSettings) -> Block:
    members = settings.members
    weights = initial_weights([settings.config(member) for member in members])
    block = Block.of(weights, np.array([member.lr for member in members]))
    Training(settings.data, settings.count).train(block, settings.epochs, settings.epochs)
    return block


def single(config: RunConfig, epochs: int) -> tuple[list[float], float]:
    """As the engine trains it, without a Trainer's loop: the model's own step and optimiser, a company at a time."""
    model = LSTMByHand(config)
    optimizer = model.configure_optimizers()
    # Torch wraps each optimiser's step for its profiler, which takes longer than the step.
    step = functools.partial(FlatAdam.step.__wrapped__, optimizer)  # type: ignore[attr-defined]
    object.__setattr__(model, "optimizer", lambda: SimpleNamespace(step=step))
    days, targets = tensors(config.data)
    batches = list(zip(days.split(1), targets.split(1), strict=True))
    loss = 0.0
    for _ in range(epochs):
        for batch in batches:
            model.training_step(batch, 0)
        loss = model.take_loss()
    return model.values(), loss


def check(settings: SweepSettings) -> None:
    block = side_by_side(settings)
    for number, member in enumerate(settings.members):
        values, loss = single(settings.config(member), settings.epochs)
        assert block.weights[:, number].tolist() == values, member
        assert block.loss[number] == np.float32(loss), member


def test_members_are_single_runs_bit_for_bit() -> None:
    check(SweepSettings(seeds=tuple(range(64)), lr=(0.001, 0.1), init=("normal", "uniform"), epochs=500))
    check(SweepSettings(seeds=(0, 1), lr=(0.003,), init=("normal", "uniform"), epochs=200, data=CROWD))


@pytest.mark.soak
def test_a_thousand_members_are_single_runs_after_5000_epochs() -> None:
    check(SweepSettings(seeds=tuple(range(1000)), epochs=5000))


def test_a_member_is_the_engine_s_run(tmp_path: Path) -> None:
    """With all of Lightning, the history and its 32 bits."""
    config = RunConfig(seed=7, lr=0.1, init="uniform")
    settings = SweepSettings(seeds=(7,), lr=(0.1,), init=("uniform",), epochs=500)
    [finished] = only(train(tmp_path, config, 500), RunFinished)
    block = side_by_side(settings)
    assert [*finished.parameters.values()] == block.weights[:, 0].tolist()
    assert [*finished.predictions.values()] == Training(settings.data, 1).predictions(block.weights)[:, 0].tolist()
    assert finished.train_loss == block.loss[0]


# --- the process -----------------------------------------------------------------------------------------------------

SETTINGS = SweepSettings(seeds=tuple(range(6)), lr=(0.001, 0.1), epochs=4000)


def begun(folder: Path, settings: SweepSettings = SETTINGS) -> subprocess.Popen[str]:
    folder.mkdir(exist_ok=True)
    if not (folder / "sweep.json").exists():
        write_settings(folder, settings)
    return subprocess.Popen(
        [sys.executable, "-m", "lstm_engine.sweep_run.program", str(folder), "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def check_whole(folder: Path) -> None:
    found = read_results(folder)
    assert found.epoch == SETTINGS.epochs
    straight = side_by_side(SETTINGS)
    assert found.weights.tobytes() == straight.weights.tobytes()
    assert found.losses.shape == (101, 12)


def test_a_sweep_that_is_interrupted_and_killed_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    with begun(folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline()  # a second of one block
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 130
    assert 0 < max(read_block(folder, *place).epoch for place in blocks_of(folder)) <= 4000
    with begun(folder) as process:
        assert process.stdout is not None
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGKILL)
    with begun(folder) as process:
        assert process.wait(120) == 0
    check_whole(folder)


def test_one_that_has_lost_a_block_is_said(tmp_path: Path) -> None:
    write_settings(tmp_path, SweepSettings(seeds=(1, 2), epochs=2))
    program.train(tmp_path, 2, threading.Event())
    assert len(blocks_of(tmp_path)) == 2
    (tmp_path / "block-0-1.npz").unlink()
    with pytest.raises(UserError, match="has lost a block"):
        program.train(tmp_path, 2, threading.Event())


def test_one_that_was_killed_while_it_began_begins_anew(tmp_path: Path) -> None:
    settings = SweepSettings(seeds=(1, 2), epochs=2)
    write_settings(tmp_path, settings)
    program._begun(tmp_path, settings, 2)
    (tmp_path / "block-1-2.npz").unlink()
    program.train(tmp_path, 1, threading.Event())
    assert read_results(tmp_path).epoch == 2
    assert blocks_of(tmp_path) == [(0, 2)]


def test_what_is_no_sweep_is_said(tmp_path: Path) -> None:
    (tmp_path / "sweep.json").write_text("{")
    with begun(tmp_path) as process:
        assert process.wait(60) == 1
        assert process.stderr is not None
        assert "sweep.json is damaged" in process.stderr.read()
