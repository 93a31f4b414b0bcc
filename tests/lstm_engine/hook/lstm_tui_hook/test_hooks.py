"""The hook in real trainings: what it tells, that it changes nothing, and that its own faults are nobody's loss."""

from __future__ import annotations

import errno
import math
import pickle
import shutil
from pathlib import Path
from typing import Any

import lightning.pytorch as pl
import pytest
import torch
from lightning.pytorch.tuner.tuning import Tuner

from lstm_engine.hook.lstm_tui_hook.hooks import Hooks
from lstm_engine.hook.lstm_tui_hook.lightning_hook import LightningHook
from lstm_engine.hook.lstm_tui_hook.session import Session
from lstm_engine.hook.lstm_tui_hook.steering.letterbox import Letterbox
from lstm_engine.hook.lstm_tui_hook.telling.post import Post
from lstm_engine.script.vocabulary.commands import Go, Pause
from lstm_engine.script.vocabulary.fit_events import (
    EpochEnded,
    EpochStarted,
    FitEnded,
    FitFailed,
    FitOpened,
    FitStarted,
    HookOff,
    PhaseEnded,
    PhaseStarted,
    Steps,
)
from tests.support.hooked import BATCHES, At, Net, bits, everything_told, hook, loader, send, told, trainer


def test_a_fit_is_told_from_its_opening_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = hook(monkeypatch, tmp_path)
    with everything_told(monkeypatch):
        trainer(one).fit(Net(), loader(), loader())
    events = told(tmp_path)
    opened, started = events[0], next(event for event in events if isinstance(event, FitStarted))
    assert isinstance(opened, FitOpened)
    assert (opened.stage, opened.trainer, opened.model, opened.world) == ("fit", "lightning", "Net", 1)
    assert [(one.name, one.shape) for one in opened.tensors][:2] == [("net.0.weight", (4, 3)), ("net.0.bias", (4,))]
    assert opened.hyperparameters == {"lr": 0.01}
    assert opened.exact is None
    assert (started.max_epochs, started.max_steps, started.batches) == (2, None, BATCHES)
    steps = [event for event in events if isinstance(event, Steps)]
    assert [event.first for event in steps] == list(range(1, 2 * BATCHES + 1))
    assert all(event.loss == (event.metrics["train_loss_step"],) for event in steps)
    assert steps[-1].lr == {"lr-Adam": 0.01}
    phases = [event.phase for event in events if isinstance(event, PhaseStarted)]
    assert phases == ["sanity", "validate", "validate"]
    assert all(event.metrics.keys() == {"val_loss"} for event in events if isinstance(event, PhaseEnded))
    assert [event.epoch for event in events if isinstance(event, EpochStarted)] == [0, 1]
    ended = [event for event in events if isinstance(event, EpochEnded)]
    assert [event.epoch for event in ended] == [0, 1]
    for event in ended:
        losses = [loss for one in steps if one.epoch == event.epoch for loss in one.loss if loss is not None]
        assert event.metrics["train_loss_epoch"] == pytest.approx(sum(losses) / len(losses))
    assert isinstance(events[-1], FitEnded)
    assert (events[-1].reason, events[-1].epoch, events[-1].step) == ("finished", 2, 2 * BATCHES)


def test_the_weights_are_the_same_with_and_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = []
    for callbacks in ((), (hook(monkeypatch, tmp_path),)):
        pl.seed_everything(3, verbose=False)
        module = Net()
        trainer(*callbacks).fit(module, loader(shuffle=True), loader())
        ends.append(bits(module))
    assert ends[0] == ends[1]
    assert told(tmp_path)


def test_without_a_run_it_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = hook(monkeypatch, tmp_path)
    monkeypatch.delenv("LSTM_TUI_RUN")
    trainer(one, max_epochs=1).fit(Net(), loader())
    assert list(tmp_path.iterdir()) == []


def test_only_the_first_of_two_in_one_trainer_speaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trainer(hook(monkeypatch, tmp_path), LightningHook(), max_epochs=1).fit(Net(), loader())
    assert len([event for event in told(tmp_path) if isinstance(event, FitOpened)]) == 1


def test_other_entry_points_and_short_runs_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = hook(monkeypatch, tmp_path)
    runner, module = trainer(one, max_epochs=1), Net()
    runner.fit(module, loader())
    runner.validate(module, loader(), verbose=False)
    runner.test(module, loader(), verbose=False)
    runner.predict(module, loader(), return_predictions=False)
    stages = [event.stage for event in told(tmp_path) if isinstance(event, FitOpened)]
    assert stages == ["fit", "validate", "test", "predict"]
    ends = [(event.phase, set(event.metrics)) for event in told(tmp_path) if isinstance(event, PhaseEnded)]
    assert ends == [("validate", {"val_loss"}), ("test", {"test_loss"}), ("predict", set())]
    trainer(hook(monkeypatch, tmp_path), fast_dev_run=True).fit(Net(), loader(), loader())
    trainer(hook(monkeypatch, tmp_path), barebones=True, max_epochs=1).fit(Net(), loader(), loader())
    assert [event.reason for event in told(tmp_path) if isinstance(event, FitEnded)] == ["finished"] * 3
    assert not [event for event in told(tmp_path) if isinstance(event, HookOff)]


def test_a_search_of_the_learning_rate_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = hook(monkeypatch, tmp_path)
    runner = trainer(one, max_epochs=1, default_root_dir=tmp_path)
    module = Net()
    Tuner(runner).lr_find(module, loader(), num_training=3, update_attr=False)
    runner.fit(module, loader())
    events = told(tmp_path)
    assert [event.stage for event in events if isinstance(event, FitOpened)] == ["tune", "fit"]
    assert [event.reason for event in events if isinstance(event, FitEnded)] == ["finished", "finished"]
    assert not [event for event in events if isinstance(event, HookOff)]


class _Fails(Net):
    def training_step(self, batch: Any, index: int) -> torch.Tensor:
        if self.trainer.global_step == 2:
            raise self.error
        return super().training_step(batch, index)

    error: BaseException = ValueError("the data\nare bad")


def test_what_the_script_raises_is_told_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="bad"):
        trainer(hook(monkeypatch, tmp_path)).fit(_Fails(), loader())
    failed, ended = told(tmp_path)[-2:]
    assert isinstance(failed, FitFailed)
    assert (failed.cause, failed.step) == ("ValueError: the data are bad", 2)
    assert isinstance(ended, FitEnded)
    assert ended.reason == "failed"
    monkeypatch.setattr(_Fails, "error", KeyboardInterrupt())
    with pytest.raises(SystemExit):
        trainer(hook(monkeypatch, tmp_path)).fit(_Fails(), loader())
    last = told(tmp_path)[-1]
    assert isinstance(last, FitEnded)
    assert last.reason == "interrupted"


class _Endless(Net):
    def training_step(self, batch: Any, index: int) -> torch.Tensor:
        return super().training_step(batch, index) * math.nan


def test_what_is_no_number_is_null(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trainer(hook(monkeypatch, tmp_path), max_epochs=1).fit(_Endless(), loader())
    losses = [loss for event in told(tmp_path) if isinstance(event, Steps) for loss in event.loss]
    assert losses == [None] * BATCHES


#: Everything that Lightning, or a wrapped method of a Trainer, calls.
POINTS = sorted(
    name
    for name, value in vars(Hooks).items()
    if callable(value) and (name.startswith(("on_", "checkpoint_")) or name in ("setup", "teardown"))
)
INNER = sorted(name for name, value in vars(Session).items() if callable(value) and not name.startswith("_"))


def _all_entry_points(runner: pl.Trainer, module: pl.LightningModule, folder: Path) -> None:
    runner.fit(module, loader(), loader())
    runner.save_checkpoint(folder / "kept.ckpt")
    runner.validate(module, loader(), verbose=False)
    runner.test(module, loader(), verbose=False)
    runner.predict(module, loader(), return_predictions=False)
    runner.fit_loop.max_epochs = 3
    runner.fit(module, loader(), loader(), ckpt_path=folder / "kept.ckpt")
    another = trainer(*runner.callbacks)
    with pytest.raises(ValueError, match="bad"):
        another.fit(_Fails(), loader())


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    pl.seed_everything(5, verbose=False)
    module = Net()
    _all_entry_points(trainer(), module, tmp_path_factory.mktemp("undisturbed"))
    return bits(module)


class _Broken:
    """Where a session was, of which nothing works."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("made by the test")


@pytest.mark.parametrize("point", POINTS)
def test_a_hook_that_raises_at_any_of_its_points_ends_no_training(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    point: str,
    undisturbed: bytes,
) -> None:
    whole, called = getattr(Hooks, point), []

    def break_and_call(self: Hooks, *arguments: Any, **named: Any) -> None:
        called.append(point)
        self._session = _Broken()  # type: ignore[assignment]
        whole(self, *arguments, **named)

    monkeypatch.setattr(Hooks, point, break_and_call)
    if point == "setup":
        monkeypatch.setattr("lstm_engine.hook.lstm_tui_hook.hooks.Session", lambda *_: _Broken().made)
    pl.seed_everything(5, verbose=False)
    module, one = Net(), hook(monkeypatch, tmp_path)
    _all_entry_points(trainer(one), module, tmp_path)
    assert called
    assert one.off
    assert "lstm-tui: watching this training failed, which goes on (RuntimeError: made by the test" in (
        capsys.readouterr().err
    )
    assert bits(module) == undisturbed
    assert (tmp_path / "kept.ckpt").is_file()


@pytest.mark.parametrize("point", INNER)
def test_a_fault_at_any_point_costs_the_view_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str, undisturbed: bytes
) -> None:
    called = []

    def fail(*_: Any, **__: Any) -> None:
        called.append(point)
        raise RuntimeError("made by the test")

    monkeypatch.setattr(Session, point, fail)
    pl.seed_everything(5, verbose=False)
    module, one = Net(), hook(monkeypatch, tmp_path)
    _all_entry_points(trainer(one), module, tmp_path)
    assert bits(module) == undisturbed
    assert (tmp_path / "kept.ckpt").is_file()
    if called and point != "give_up":
        assert one.off
        assert [event.cause for event in told(tmp_path) if isinstance(event, HookOff)] == [
            "RuntimeError: made by the test"
        ]
    else:
        assert point in ("give_up", "leave", "steer_nothing", "fail", "load")


@pytest.mark.parametrize("fault", ["folder", "socket", "disk", "full", "file"])
def test_a_missing_folder_or_a_full_disk_costs_the_view_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: str, undisturbed: bytes
) -> None:
    run, environment = tmp_path / "run", {}
    if fault != "folder":
        run.mkdir()
    if fault == "socket":
        environment["LSTM_TUI_SOCKET"] = str(tmp_path / "nowhere" / "socket")
    if fault == "file":
        (run / "events.jsonl").symlink_to(tmp_path / "elsewhere")
    if fault == "full":
        monkeypatch.setattr("lstm_engine.hook.lstm_tui_hook.telling.post._EVENTS", "/dev/full")
        monkeypatch.setattr("lstm_engine.hook.lstm_tui_hook.telling.post._posts", {})
    pl.seed_everything(5, verbose=False)
    module, one = Net(), hook(monkeypatch, run, **environment)
    if fault == "disk":
        tell, left = Post.tell, iter(range(5))

        def until_full(self: Post, kind: str, **fields: Any) -> None:
            if next(left, None) is None:
                raise OSError(errno.ENOSPC, "No space left on device")
            tell(self, kind, **fields)

        monkeypatch.setattr(Post, "tell", until_full)
    _all_entry_points(trainer(one), module, tmp_path)
    assert bits(module) == undisturbed
    assert one.off
    assert "lstm-tui: watching this training failed, which goes on" in capsys.readouterr().err
    if fault == "socket":
        assert isinstance(told(run)[-1], HookOff)


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("gone", ["folder", "socket"])
def test_a_folder_or_socket_that_goes_away_in_mid_training_costs_the_view_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str, paused: bool
) -> None:
    run = tmp_path / "run"
    run.mkdir()
    ends, path = [], run / "socket"
    monkeypatch.setattr("lstm_engine.hook.lstm_tui_hook.steering.meeting._NOTICE", 0.01)

    def take_away() -> None:
        if paused:
            send(path, Pause(id="1"))
        if gone == "folder":
            shutil.rmtree(run)
        else:
            path.unlink()
            monkeypatch.setenv("LSTM_TUI_SOCKET", "")

    for watched in (False, True):
        callbacks = [At({3: take_away}), hook(monkeypatch, run, LSTM_TUI_SOCKET=str(path))] if watched else []
        for name in ("_CHECK", "_PATIENCE"):
            monkeypatch.setattr(f"lstm_engine.hook.lstm_tui_hook.steering.letterbox.{name}", 0.0)
        if paused and gone == "socket":
            monkeypatch.setattr(
                "lstm_engine.hook.lstm_tui_hook.steering.letterbox.Letterbox.wait",
                _going_on(path, Letterbox.wait),
            )
        pl.seed_everything(6, verbose=False)
        module = Net()
        trainer(*callbacks).fit(module, loader(shuffle=True), loader())
        ends.append(bits(module))
    assert ends[0] == ends[1]
    assert run.exists() == (gone == "socket")


def _going_on(path: Path, wait: Any) -> Any:
    """A dashboard that comes to the pause by the socket that was made anew."""

    def send_and_wait(self: Letterbox, seconds: float) -> Any:
        assert path.is_socket() or not wait(self, 0.0)
        send(path, Go(id="2"))
        return wait(self, seconds)

    return send_and_wait


class _NoNumbers(Net):
    """Its GPU is lost: nothing can be fetched from it any more."""

    def training_step(self, batch: Any, index: int) -> torch.Tensor:
        loss = super().training_step(batch, index)
        if self.trainer.global_step == 2:
            raise RuntimeError("device-side assert triggered")
        return loss


def test_what_the_script_raised_is_told_where_no_value_can_be_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: Any) -> None:
        raise RuntimeError("nothing can be fetched")

    one = hook(monkeypatch, tmp_path)
    monkeypatch.setattr("lstm_engine.hook.lstm_tui_hook.telling.steps.INTERVAL", math.inf)
    monkeypatch.setattr("lstm_engine.hook.lstm_tui_hook.telling.steps.numbers", lost)
    monkeypatch.setattr(
        "lstm_engine.hook.lstm_tui_hook.telling.steps.Steps.add", lambda self, *_: self._losses.append(0)
    )
    with pytest.raises(RuntimeError, match="assert"):
        trainer(one).fit(_NoNumbers(), loader())
    failed, ended = told(tmp_path)[-2:]
    assert isinstance(failed, FitFailed)
    assert failed.cause == "RuntimeError: device-side assert triggered"
    assert isinstance(ended, FitEnded)


def test_it_can_be_sent_to_another_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = hook(monkeypatch, tmp_path)
    trainer(one, max_epochs=1).fit(Net(), loader())
    assert isinstance(pickle.loads(pickle.dumps(one)), LightningHook)  # noqa: S301  as Lightning itself sends it
