"""An engine without PyTorch: speaks the protocol, "trains" in no time, and misbehaves where told to.

Run as `python tests/support/fake_engine.py BEHAVIOUR --checkpoints DIR …`; `options(BEHAVIOUR, DIR)` makes the
EngineOptions for it.
Its numbers are made up: the loss halves with every epoch, each company's prediction nears its target.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.protocol.attendance import Join
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import (
    AddEpochs,
    Branch,
    CheckpointSaved,
    Command,
    EngineReady,
    Epochs,
    Failed,
    NewRun,
    Notice,
    OpenRun,
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
    decode_command,
    encode,
)
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import SaveReason
from tui.options import EngineOptions

Behaviour = Literal[
    "good",  # as the real one
    "hold",  # the first time, trains half of what is asked, then waits for the next command
    "die",  # kills itself with SIGKILL in mid-training
    "crash",  # exits with status 3 and a traceback in mid-training
    "fail",  # training fails
    "pause",  # training pauses by itself with a cause
    "refuse",  # refuses to open runs
    "garbage",  # a line that is no event
    "huge",  # a notice of 5 MB
    "noisy",  # 2,000 lines on standard error
    "stubborn",  # neither Quit nor the end of its input ends it
]

RUN = "calm-lake"


def options(behaviour: Behaviour, checkpoints: Path) -> EngineOptions:
    """EngineOptions that start this engine."""
    return EngineOptions(checkpoints=checkpoints, command=(sys.executable, __file__, behaviour))


@dataclass
class FakeEngine:
    """The state of the bench."""

    behaviour: Behaviour
    checkpoints: Path
    config: RunConfig = field(default_factory=RunConfig)
    epoch: int = 0
    target: int = 0

    def run(self) -> None:
        say(EngineReady(pid=os.getpid(), host="here", torch="2.13.0", lightning="2.6.6"))
        self.misbehave_at_once()
        for command in commands():
            if isinstance(command, Quit):
                break
            self.obey(command)
        if self.behaviour == "stubborn":
            signal.pause()
        checkpoint = self.checkpoint_name if self.epoch else None
        say(Stopped(run=self.run_name, directory=self.directory, epoch=self.epoch, checkpoint=checkpoint))

    def misbehave_at_once(self) -> None:
        if self.behaviour == "huge":
            say(Notice(text="x" * 5_000_000))
        elif self.behaviour == "noisy":
            sys.stderr.writelines(f"line {number}\n" for number in range(2000))
        elif self.behaviour == "garbage":
            os.write(1, b"Epoch 3: 100%|####| 2/2\n")

    def obey(self, command: Command) -> None:
        match command:
            case NewRun(config=config):
                self.config, self.epoch = config, 0
                self.opened()
            case OpenRun(source=source) if self.behaviour == "refuse":
                say(Refused(command="open_run", reason=f"there is no run {source!r} in {self.checkpoints}"))
            case OpenRun():
                self.epoch = 2000
                self.opened()
            case Train(epochs=None):
                self.train(self.target)
            case Train(epochs=int(epochs)) | AddEpochs(epochs=epochs):
                self.train(max(self.epoch, self.target if isinstance(command, AddEpochs) else 0) + epochs)
            case Reseed(seed=seed):
                self.config, self.epoch = RunConfig(seed=7 if seed is None else seed), 0
                self.opened()
            case Save() | Branch():
                say(CheckpointSaved(checkpoint=self.checkpoint_name, epoch=self.epoch, reason="user"))
            case Pause() if self.epoch < self.target:
                self.saved("pause")
                say(Paused(epoch=self.epoch, target=self.target))
            case _:
                say(Refused(command="pause", reason="nothing is being trained"))

    def opened(self) -> None:
        self.target = self.epoch
        specs = PARAMETERS[self.config.model]
        initial: dict[str, float | None] = {spec.name: 0.5 for spec in specs}
        on_disk = self.epoch > 0
        say(
            RunOpened(
                run=self.run_name,
                directory=self.directory,
                config=self.config,
                parameters=specs,
                initial=initial,
                epoch=self.epoch,
                target=self.target,
                checkpoint=self.checkpoint_name if on_disk else None,
            )
        )
        if not on_disk:
            say(self.epochs_from(0, 1))

    def train(self, target: int) -> None:
        self.target = target
        resumed = self.checkpoint_name if self.epoch else None
        directory = str(self.checkpoints / RUN)
        say(TrainingStarted(run=RUN, directory=directory, epoch=self.epoch, target=target, resumed_from=resumed))
        middle = self.epoch + max(1, (target - self.epoch) // 2)
        self.advance(middle)
        if self.misbehave_in_training():
            return
        self.advance(target)
        self.saved("stage")
        say(self.finished())

    def misbehave_in_training(self) -> bool:
        """Whether training has ended with that."""
        if self.behaviour == "die":
            print("about to die", file=sys.stderr, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.behaviour == "crash":
            print("Traceback (most recent call last):\nMemoryError", file=sys.stderr, flush=True)
            os._exit(3)
        elif self.behaviour == "fail":
            say(Failed(epoch=self.epoch, cause="the loss is not a number in epoch 3", detail="Traceback …"))
        elif self.behaviour == "pause":
            say(Paused(epoch=self.epoch, target=self.target, cause="the disk is full"))
        elif self.behaviour == "hold":
            self.behaviour = "good"
            self.saved("timed")
            return True
        return self.behaviour in ("fail", "pause")

    def advance(self, target: int) -> None:
        if target > self.epoch:
            say(self.epochs_from(self.epoch + 1, target - self.epoch))
            self.epoch = target

    def epochs_from(self, first: int, count: int) -> Epochs:
        span = range(first, first + count)
        data = self.config.data
        return Epochs(
            first_epoch=first,
            seconds=count / 400,
            train_loss=[loss_at(epoch) for epoch in span],
            predictions={
                name: [prediction_at(epoch, target) for epoch in span]
                for name, target in zip(data.names, data.targets, strict=True)
            },
            parameters={spec.name: [0.5 + epoch / 1000 for epoch in span] for spec in PARAMETERS[self.config.model]},
        )

    def saved(self, reason: SaveReason) -> None:
        say(CheckpointSaved(checkpoint=self.checkpoint_name, epoch=self.epoch, reason=reason))

    def finished(self) -> RunFinished:
        last = self.epochs_from(self.epoch, 1)
        (self.checkpoints / RUN).mkdir(parents=True, exist_ok=True)
        (self.checkpoints / RUN / self.checkpoint_name).touch()  # what is said to be saved is looked for
        return RunFinished(
            run=RUN,
            epoch=self.epoch,
            seconds=self.epoch / 400,
            train_loss=last.train_loss[0],
            predictions={name: values[0] for name, values in last.predictions.items()},
            parameters={name: values[0] for name, values in last.parameters.items()},
            checkpoint=str(self.checkpoints / RUN / self.checkpoint_name),
        )

    @property
    def run_name(self) -> str | None:
        return RUN if self.epoch else None

    @property
    def directory(self) -> str | None:
        return str(self.checkpoints / RUN) if self.epoch else None

    @property
    def checkpoint_name(self) -> str:
        return f"epoch={self.epoch - 1}-step={self.epoch * 2}.ckpt"


def loss_at(epoch: int) -> float | None:
    return 0.5 ** min(epoch, 30) if epoch else None


def prediction_at(epoch: int, target: float) -> float:
    return target * (1 - 0.5 ** min(epoch, 30))


def say(message: Message) -> None:
    rest = encode(message)
    with suppress(BrokenPipeError):  # goes on, as the real one has to, where nobody listens any more
        while rest:
            rest = rest[os.write(1, rest) :]


def commands() -> Iterator[Command]:
    commands = map(decode_command, iter(sys.stdin.buffer.readline, b""))
    return (command for command in commands if not isinstance(command, Join))


if __name__ == "__main__":
    wanted = next(behaviour for behaviour in get_args(Behaviour) if behaviour == sys.argv[1])
    FakeEngine(wanted, Path(sys.argv[sys.argv.index("--checkpoints") + 1])).run()
