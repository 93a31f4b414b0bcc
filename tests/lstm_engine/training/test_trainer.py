"""Training through the real engine: the published figures, and resuming to the same bits."""

from pathlib import Path

import lightning
import pytest
import torch

from lstm_engine.data.companies import WALK_THROUGH, Companies
from lstm_engine.models.build import build
from lstm_engine.protocol.messages import RunFinished, TrainingStarted
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.store.directory import read_history
from tests.support.in_process import only, streamed, train
from tests.support.published import PARAMETERS, PREDICTIONS
from tests.support.soak import first


def test_the_walk_through_ends_in_the_published_figures(tmp_path: Path) -> None:
    history = streamed(train(tmp_path, RunConfig(), 2000, 1000, 2000), RunConfig())
    for epoch, published in PREDICTIONS.items():
        assert [round(value, 4) for value in history.predictions_at(epoch).tolist()] == list(published)
    for epoch, figures in PARAMETERS.items():
        assert [round(value, 4) for value in history.parameters_at(epoch).tolist()] == [
            float(figure) for figure in figures.split()
        ]
    (directory,) = tmp_path.iterdir()
    stages = {"epoch=1999-step=4000.ckpt", "epoch=2999-step=6000.ckpt", "epoch=4999-step=10000.ckpt"}
    assert stages <= {path.name for path in directory.glob("*.ckpt")}


@pytest.mark.parametrize(
    ("model", "init", "batch_size"),
    first(
        3,
        [
            *(("by-hand", "normal", 1), ("by-hand", "normal", 2), ("nn-lstm", "uniform", 1)),
            *(("by-hand", "uniform", 1), ("nn-lstm", "normal", 1), ("nn-lstm", "normal", 2)),
        ],
        several=True,
    ),
)
def test_training_in_stages_ends_in_the_bits_of_training_straight_through(
    tmp_path: Path, model: str, init: str, batch_size: int
) -> None:
    config = RunConfig(model=model, init=init, batch_size=batch_size, lr=0.01)
    straight = train(tmp_path / "straight", config, 600)
    staged = train(tmp_path / "staged", config, 200, 150, 250, save_every=0.02)
    assert [event.epoch for event in only(staged, TrainingStarted)] == [0, 200, 350]
    assert all(event.verified for event in only(staged, TrainingStarted)[1:])
    one, other = streamed(straight, config), streamed(staged, config)
    assert one.rows.tobytes() == other.rows.tobytes()
    assert len(one.rows) == 601
    (directory,) = (tmp_path / "staged").iterdir()
    assert read_history(directory, Columns.of(config)).rows.tobytes() == one.rows.tobytes()


def test_the_second_walk_through_learns_with_nn_lstm(tmp_path: Path) -> None:
    (finished,) = only(train(tmp_path, RunConfig(model="nn-lstm", init="uniform", lr=0.1), 300), RunFinished)
    assert finished.predictions["A"] == pytest.approx(0, abs=0.05)
    assert finished.predictions["B"] == pytest.approx(1, abs=0.05)


MANY = Companies(
    source="many.csv",
    names=tuple(f"c{n}" for n in range(30)),
    days=tuple(tuple((n * 7 + day * 3) % 10 / 10 for day in range(6)) for n in range(30)),
    targets=tuple(n % 3 / 2 for n in range(30)),
)


@pytest.mark.parametrize("batch_size", [1, 7, 30])
@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
def test_batches_train_as_autograd_would(tmp_path: Path, model: str, batch_size: int) -> None:
    config = RunConfig(model=model, data=MANY, batch_size=batch_size, lr=0.05)
    (finished,) = only(train(tmp_path, config, 12), RunFinished)
    reference = plainly_trained(config, epochs=12)
    assert list(finished.predictions.values()) == pytest.approx(reference, abs=2e-4)


def plainly_trained(config: RunConfig, epochs: int) -> list[float]:
    """The same in plain PyTorch: autograd through `forward`, plain Adam."""
    model = build(config)
    days, targets = torch.tensor(config.data.days), torch.tensor(config.data.targets)
    adam = torch.optim.Adam(model.parameters(), lr=config.lr)
    for _ in range(epochs):
        for inputs, wanted in zip(days.split(config.batch_size), targets.split(config.batch_size), strict=True):
            adam.zero_grad()
            (model(inputs) - wanted).square().mean().backward()
            adam.step()
    return model(days).tolist()


def test_a_plain_lightning_script_goes_on_from_our_checkpoints(tmp_path: Path) -> None:
    """The walk-through's own script: automatic optimisation, DataLoader, `fit(ckpt_path=…)`."""
    events = train(tmp_path, RunConfig(), 2000)
    (finished,) = only(events, RunFinished)
    from tests.support.walk_through import WalkThrough, loader

    model = WalkThrough()
    trainer = lightning.Trainer(
        max_epochs=2100,
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    trainer.fit(model, loader(), ckpt_path=finished.checkpoint, weights_only=True)
    assert (trainer.current_epoch, trainer.global_step) == (2100, 4200)
    ours = only(train(tmp_path, RunConfig(), 2100), RunFinished)[0].parameters
    theirs = {name: tensor.item() for name, tensor in model.named_parameters()}
    assert theirs == pytest.approx(ours, abs=1e-4)
    assert WALK_THROUGH.day_count == 4
