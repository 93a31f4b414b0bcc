"""Several processes of one training: a fault of the hook in one of them leaves no other waiting for it."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from lstm_engine.hook.lstm_tui_hook.hooks import Hooks
from lstm_engine.hook.lstm_tui_hook.session import Session
from lstm_engine.hook.lstm_tui_hook.steering.command import Command
from lstm_engine.hook.lstm_tui_hook.steering.letterbox import Letterbox
from lstm_engine.hook.lstm_tui_hook.steering.steering import Steering
from lstm_engine.hook.lstm_tui_hook.telling.post import Post
from lstm_engine.script.vocabulary.answers import Refused
from tests.support.hooked import told
from tests.support.ranks import Ranks

MODULE = torch.nn.Linear(1, 1)
#: Batches of an epoch, epochs, and every how many batches the processes meet.
BATCHES, EPOCHS, APART = 6, 3, 4


class _Training:
    """The hook in every process of a training of two, whose steps are nothing but where they meet."""

    def __init__(self, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run = run
        monkeypatch.setenv("LSTM_TUI_RUN", str(run))
        monkeypatch.setenv("LSTM_TUI_SOCKET", str(run / "socket"))
        for name in ("CKPT", "FIT", "EPOCHS"):
            monkeypatch.delenv(f"LSTM_TUI_{name}", raising=False)
        steering = "lstm_engine.hook.lstm_tui_hook.steering"
        monkeypatch.setattr(f"{steering}.meeting._MOST_BATCHES", APART)
        monkeypatch.setattr(f"{steering}.meeting._HEARTBEAT", 0.01)
        monkeypatch.setattr(f"{steering}.steering._something_in_the_way", lambda trainer: trainer.batch % 4 != 2)
        self.ranks = Ranks(2)
        self.hooks = [Hooks(), Hooks()]
        self.trainers = [self._trainer(rank) for rank in range(2)]
        self.saved: list[int] = []
        self.steps = [0, 0]

    def _trainer(self, rank: int) -> Any:
        batches = SimpleNamespace(is_last_batch=False, current=SimpleNamespace(ready=0))
        loop = SimpleNamespace(epoch_loop=SimpleNamespace(batch_progress=batches, min_steps=None), min_epochs=None)
        trainer = SimpleNamespace(
            global_rank=rank,
            world_size=2,
            strategy=self.ranks.strategy(rank),
            callbacks=[self.hooks[rank]],
            state=SimpleNamespace(fn=SimpleNamespace(value="fit")),
            optimizers=[],
            lr_scheduler_configs=[],
            callback_metrics={},
            global_step=0,
            current_epoch=0,
            batch=0,
            num_training_batches=BATCHES,
            should_stop=False,
            received_sigterm=False,
            fit_loop=loop,
        )

        def save_checkpoint(path: Path) -> None:
            if rank == 0:
                path.write_bytes(b"")
                self.saved.append(trainer.global_step)
            trainer.strategy.barrier("Trainer.save_checkpoint")

        trainer.save_checkpoint = save_checkpoint
        return trainer

    def fit(self) -> None:
        self.ranks.run(self._fit)

    def _fit(self, rank: int) -> None:
        hook, trainer = self.hooks[rank], self.trainers[rank]
        hook.setup(trainer, MODULE, "fit")
        for trainer.current_epoch in range(EPOCHS):
            for trainer.batch in range(BATCHES):
                self.ranks.meet(rank, "gradients")
                trainer.global_step += 1
                hook.on_train_batch_end(trainer, MODULE, None, None, trainer.batch)
                if trainer.should_stop:
                    break
            hook.on_train_epoch_end(trainer, MODULE)
            if trainer.should_stop:
                break
        self.steps[rank] = trainer.global_step


@pytest.fixture
def training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Training:
    return _Training(tmp_path, monkeypatch)


def _say(monkeypatch: pytest.MonkeyPatch, *commands: list[Command], in_pause: list[Command] | None = None) -> None:
    """What the letterbox has at each look; in_pause: at the first one in a pause, which goes on at the second."""
    left, pause = iter(commands), iter([in_pause or []])
    monkeypatch.setattr(Letterbox, "commands", lambda _: next(left, []))
    monkeypatch.setattr(Letterbox, "wait", lambda *_: next(pause, [GO]))


def _fail(*_: Any, **__: Any) -> None:
    raise RuntimeError("made by the test")


def _in_rank(rank: int, whole: Any) -> Any:
    """The method, which fails in the process of this rank alone."""

    def run(*arguments: Any, **named: Any) -> Any:
        return _fail() if threading.current_thread().name == f"rank {rank}" else whole(*arguments, **named)

    return run


SAVE, STOP = Command("save_checkpoint", "a"), Command("stop_fit", "b")
PAUSE, AT_EPOCH = Command("pause", "c", {"at_epoch": False}), Command("pause", "d", {"at_epoch": True})
GO, RATE = Command("go", "e"), Command("scale_lr", "f", {"factor": 2.0})


def test_both_do_what_the_first_is_told(training: _Training, monkeypatch: pytest.MonkeyPatch) -> None:
    _say(monkeypatch, [SAVE], [PAUSE], [STOP])
    training.fit()
    assert len(training.saved) == 2
    assert training.steps[0] == training.steps[1] == training.saved[-1] < BATCHES * EPOCHS
    assert [hook.off for hook in training.hooks] == [False, False]


@pytest.mark.parametrize("rank", [0, 1])
@pytest.mark.parametrize("method", ["__init__", "set_up"])
def test_where_one_cannot_be_set_up_none_waits_for_it(
    training: _Training, monkeypatch: pytest.MonkeyPatch, rank: int, method: str
) -> None:
    monkeypatch.setattr(Session, method, _in_rank(rank, getattr(Session, method)))
    _say(monkeypatch, [SAVE], [STOP])
    training.fit()
    assert training.steps == [BATCHES * EPOCHS] * 2
    assert training.hooks[rank].off
    assert not training.hooks[1 - rank].off
    assert training.saved == []
    assert not (training.run / "socket").exists()


def test_a_fit_behind_one_in_which_it_was_switched_off_waits_for_nobody(
    training: _Training, monkeypatch: pytest.MonkeyPatch
) -> None:
    training.hooks[0].off = True
    training.fit()
    training.fit()
    assert not training.hooks[1].off


@pytest.mark.parametrize("rank", [0, 1])
@pytest.mark.parametrize("said", [[], [SAVE], [STOP], [AT_EPOCH], [PAUSE]], ids=str)
@pytest.mark.parametrize("step", range(1, APART + 3))
def test_a_fault_between_two_meetings_leaves_none_waiting(
    training: _Training, monkeypatch: pytest.MonkeyPatch, rank: int, said: list[Command], step: int
) -> None:
    """What both were told already, both still do."""
    whole = Session.end_of_batch

    def fails_from(self: Session, trainer: Any, *others: Any) -> None:
        if trainer.global_rank == rank and trainer.global_step == step:
            _fail()
        whole(self, trainer, *others)

    monkeypatch.setattr(Session, "end_of_batch", fails_from)
    _say(monkeypatch, said)
    training.fit()
    assert training.hooks[rank].off == (step <= training.steps[rank])
    assert training.steps[0] == training.steps[1]
    stopped = said == [STOP] and (rank == 1 or step > 1)
    assert (training.steps[0] < BATCHES * EPOCHS) == stopped


@pytest.mark.parametrize("rank", [0, 1])
@pytest.mark.parametrize("at", ["_do", "_tell_paused", "_save_and_stop"])
@pytest.mark.parametrize("said", [PAUSE, AT_EPOCH], ids=str)
def test_a_fault_in_a_pause_leaves_none_waiting(
    training: _Training, monkeypatch: pytest.MonkeyPatch, rank: int, at: str, said: Command
) -> None:
    whole = getattr(Steering, at)

    def fails_in_pause(self: Steering, trainer: Any, *others: Any) -> None:
        if trainer.global_rank == rank and self._paused and GO not in others:
            _fail()
        whole(self, trainer, *others)

    monkeypatch.setattr(Steering, at, fails_in_pause)
    _say(monkeypatch, [said], in_pause=[RATE, GO])
    training.fit()
    assert training.hooks[rank].off
    assert training.steps == [BATCHES * EPOCHS] * 2


def test_a_command_that_fails_in_all_of_them_ends_the_pause_of_all(
    training: _Training, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lstm_engine.hook.lstm_tui_hook.steering.steering.scale_learning_rates", _fail)
    _say(monkeypatch, [PAUSE], in_pause=[RATE])
    training.fit()
    assert [hook.off for hook in training.hooks] == [True, True]
    assert training.steps == [BATCHES * EPOCHS] * 2


@pytest.mark.parametrize("method", ["commands", "wait"])
def test_a_letterbox_that_fails_leaves_none_waiting(
    training: _Training, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    _say(monkeypatch, [PAUSE])
    monkeypatch.setattr(Letterbox, method, _fail)
    training.fit()
    assert (training.hooks[0].off, training.hooks[1].off) == (True, False)
    assert training.steps == [BATCHES * EPOCHS] * 2


@pytest.mark.parametrize("written", range(1, 12, 2))
@pytest.mark.parametrize("said", [[SAVE, AT_EPOCH], [PAUSE]], ids=["save and pause", "pause"])
def test_a_full_disk_leaves_none_waiting(
    training: _Training, monkeypatch: pytest.MonkeyPatch, written: int, said: list[Command]
) -> None:
    tell, left = Post.tell, iter(range(written))

    def until_full(self: Post, kind: str, /, **fields: Any) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")
        tell(self, kind, **fields)

    monkeypatch.setattr("lstm_engine.hook.lstm_tui_hook.telling.steps.INTERVAL", 0.0)
    monkeypatch.setattr(Post, "tell", until_full)
    _say(monkeypatch, [], said)
    training.fit()
    assert training.hooks[0].off
    assert training.steps == [BATCHES * EPOCHS] * 2


@pytest.mark.parametrize("said", [[SAVE, SAVE, STOP], [STOP, PAUSE]], ids=["saves", "pause"])
@pytest.mark.parametrize("told_of", [True, False])
def test_what_the_first_cannot_write_stops_neither(
    training: _Training, monkeypatch: pytest.MonkeyPatch, said: list[Command], told_of: bool
) -> None:
    (training.run / "checkpoints").write_text("no folder")
    if not told_of:
        tell = Post.tell

        def full(self: Post, kind: str, /, **fields: Any) -> None:
            if kind == "refused":
                raise OSError(28, "No space left on device")
            tell(self, kind, **fields)

        monkeypatch.setattr(Post, "tell", full)
    _say(monkeypatch, said)
    training.fit()
    assert training.steps == [BATCHES * EPOCHS] * 2
    assert (training.hooks[0].off, training.hooks[1].off) == (not told_of, False)
    refused = {event.id for event in told(training.run) if isinstance(event, Refused)}
    assert refused == ({command.id for command in said if command is not PAUSE} if told_of else set())


def test_a_refusal_that_cannot_be_told_does_not_keep_one_in_the_pause(
    training: _Training, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Steering, "_refuse", lambda self, *_: _fail() if self._folder else None)
    _say(monkeypatch, [PAUSE], in_pause=[RATE, GO])
    training.fit()
    assert training.steps == [BATCHES * EPOCHS] * 2


def test_who_is_switched_off_tells_it_and_then_nothing(training: _Training, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Steering, "behind_epoch", _fail)
    training.fit()
    assert type(told(training.run)[-1]).__name__ == "HookOff"
    assert not (training.run / "socket").exists()
