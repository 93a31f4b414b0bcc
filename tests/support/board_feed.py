"""What boards are told in tests, and by hand: a training from its first event to its end, without a clock.

`python -m tests.support.board_feed` shows a board on it, live, to look at; with `--runs 3` on so many logs.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from lstm_engine.script.vocabulary.answers import Going, LrScaled, Paused, Stopping, TargetChanged
from lstm_engine.script.vocabulary.commands import (
    Command,
    Go,
    Pause,
    SaveCheckpoint,
    ScaleLr,
    SetTarget,
    StopFit,
    WatchLayers,
)
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.fit_events import (
    EpochEnded,
    EpochStarted,
    FitEnded,
    FitFailed,
    FitOpened,
    FitStarted,
    PhaseEnded,
    PhaseProgress,
    PhaseStarted,
    Steps,
)
from lstm_engine.script.vocabulary.keeper_events import Gpu, Machine, ScriptEnded, ScriptStarted
from lstm_engine.script.vocabulary.log_events import Described, Logged
from lstm_engine.script.vocabulary.module_events import CheckpointWritten, Gates, Layers, Tensor
from tui.state.told import PriceFiles, Restart, Restarted, Told

RUN = "calm-lake"
BATCHES, EPOCHS = 40, 10
TENSORS = (
    Tensor(name="conv1.weight", shape=(32, 3, 3, 3), count=864),
    Tensor(name="conv1.bias", shape=(32,), count=32),
    Tensor(name="norm.weight", shape=(32,), count=32, trainable=False),
    Tensor(name="encoder.lstm.weight_hh_l0", shape=(512, 128), count=65536),
    Tensor(name="head.weight", shape=(10, 128), count=1280),
    Tensor(name="head.bias", shape=(10,), count=10),
)


def loss(step: int) -> float:
    """What a training step returns: falls, and jitters."""
    return 2.3 * math.exp(-step / 150) + 0.1 + 0.08 * math.sin(step * 12.9898)


def val_loss(step: int) -> float:
    """Falls, and rises again: the best is in the middle."""
    return 2.2 * math.exp(-step / 120) + 0.2 + (max(step - 200, 0) / 400) ** 2


def opening() -> list[Event]:
    """From the start of the script to the first step."""
    return [
        Described(texts={"title": "train.py", "commit": "4f2a9c1 (files differ)"}, at=1000.0),
        ScriptStarted(
            pid=4242,
            host="bench",
            argv=("python", "train.py", "--lr", "0.01"),
            directory="/home/me/project",
            at=1000.0,
        ),
        FitOpened(
            fit=0,
            stage="fit",
            trainer="lightning",
            version="2.6.6",
            torch="2.13.0",
            model="LitClassifier",
            pid=4243,
            tensors=TENSORS,
            hyperparameters={"lr": 0.01, "hidden": 128, "dropout": 0.2, "optimizer": "Adam"},
            loggers=("TensorBoardLogger",),
            device="cuda:0",
            precision="32-true",
            gates=True,
            at=1001.0,
        ),
        FitStarted(epoch=0, step=0, max_epochs=EPOCHS, batches=BATCHES, at=1002.0),
    ]


def steps(first: int, last: int, rate: float = 0.01) -> Steps:
    """Some steps of one epoch."""
    epoch, batch = divmod(last - 1, BATCHES)
    return Steps(
        first=first,
        step=last,
        epoch=epoch,
        batch=batch,
        loss=tuple(loss(step) for step in range(first, last + 1)),
        metrics={"train_loss": loss(last), "train/acc": 1 - loss(last) / 2.5, "grad_norm": 3 * loss(last) ** 2},
        lr={"lr-Adam": rate},
        seconds=(last - first + 1) * 0.02,
        at=1002.0 + last * 0.02,
    )


def epoch(number: int, until: int = BATCHES) -> list[Event]:
    """An epoch of training with its validation, or its beginning."""
    begin = number * BATCHES
    events: list[Event] = [EpochStarted(epoch=number, step=begin, batches=BATCHES)]
    events += [steps(begin + at + 1, begin + at + 5) for at in range(0, until - 4, 5)]
    return events if until < BATCHES else [*events, *validated(number), ended(number)]


def ended(number: int) -> EpochEnded:
    step = (number + 1) * BATCHES
    return EpochEnded(epoch=number, step=step, metrics={"train_loss": loss(step), "val_loss": val_loss(step)})


def validated(number: int) -> list[Event]:
    step = (number + 1) * BATCHES
    values = {"val_loss": val_loss(step), "val/acc": 1 - val_loss(step) / 2.6}
    begin = 1002.0 + step * 0.02
    return [
        PhaseStarted(phase="validate", batches=8, at=begin),
        PhaseProgress(phase="validate", batch=5, at=begin + 0.2),
        PhaseEnded(phase="validate", step=step, epoch=number, metrics=values, at=begin + 0.4),
    ]


def saved(step: int, *, exact: bool = True, by: str = "ModelCheckpoint", id: str | None = None) -> CheckpointWritten:
    return CheckpointWritten(
        path=f"/project/checkpoints/step={step}.ckpt",
        epoch=step // BATCHES,
        step=step,
        by=by,
        batch=step % BATCHES or None,
        exact=exact,
        why_not="" if exact else "the dataset is iterable",
        id=id,
    )


def layers(step: int) -> Layers:
    """One tensor that vanishes, one that is dead, one that explodes."""
    fall = math.exp(-step / 200)
    return Layers(
        step=step,
        norm=(4.0, 0.3, 5.6, 11.0, 2.0, 0.01),
        gradient=(0.4 * fall, 0.02 * fall, None, 1e-9, 0.0, 12.5),
        mean=(0.001, 0.0, 1.0, -0.002, 0.01, 0.0),
        deviation=(0.19, 0.05, 0.0, 0.04, 0.2, 0.003),
    )


def gates(step: int, units: int = 8, times: int = 12, sample: int = 0, samples: int = 16, of: str = "") -> Gates:
    """Those of an LSTM: some units keep, one flickers."""

    def value(gate: int, time: int, unit: int) -> float:
        wave = math.sin((time + sample) * (unit + 1) / 5 + gate)
        return round(wave if gate == 2 else 1 / (1 + math.exp(-3 * wave - gate)), 6)

    names = ("input", "forget", "candidate", "output")
    values = tuple([[value(gate, time, unit) for unit in range(units)] for time in range(times)] for gate in range(4))
    return Gates(
        step=step,
        module="encoder.lstm",
        kind="LSTM",
        names=names,
        values=values,
        of=of,
        sample=sample,
        samples=samples,
    )


def machine(number: int) -> Machine:
    gpu = Gpu(
        name="NVIDIA H100",
        utilisation=0.8 + 0.1 * math.sin(number),
        memory=21 << 30,
        memory_total=80 << 30,
        temperature=54.0,
        power=310.0,
    )
    return Machine(processor=3.2 + math.sin(number), memory=5 << 30, free=48 << 30, gpus=(gpu,))


def training(until: int = 220) -> list[Event]:
    """From the start to the middle of a training, so many steps on."""
    whole, rest = divmod(until, BATCHES)
    events = opening()
    for number in range(whole):
        events += [*epoch(number), saved((number + 1) * BATCHES), layers(number * BATCHES), machine(number)]
    return [*events, *epoch(whole, rest)] if rest else events


def paused(step: int = 220) -> list[Event]:
    """From the start to a pause."""
    return [*training(step), Paused(step=step, epoch=step // BATCHES, batch=step % BATCHES)]


def finished() -> list[Event]:
    """From the start to the script's end."""
    end = BATCHES * EPOCHS
    return [
        *training(end),
        FitEnded(fit=0, reason="finished", epoch=EPOCHS, step=end),
        ScriptEnded(status=0),
    ]


def failed() -> list[Event]:
    """From the start to an error of the script."""
    cause = "RuntimeError: mat1 and mat2 shapes cannot be multiplied (32x64 and 128x10)"
    return [*training(), FitFailed(cause=cause, epoch=5, step=220), ScriptEnded(status=1, last=cause)]


OUTPUT = "Epoch 4: 50%\rEpoch 4: 100%\nval_loss improved to 0.41\nsaving the model\n"


def log_of(number: int, length: int = 400) -> list[Event]:
    """A run as logs tell it: other hyperparameters, another curve."""
    rate = 0.1 / (number + 1)
    at = list(range(1, length + 1))
    return [
        Described(hyperparameters={"lr": rate, "hidden": 64 * (number % 2 + 1), "optimizer": "Adam"}),
        Logged(name="epoch", step=at, value=[float((step - 1) // 50) for step in at]),
        Logged(name="train_loss", step=at, value=[(1 + number) * math.exp(-step / 100) + 0.1 * number for step in at]),
        Logged(name="val_loss", step=at[::25], value=[math.exp(-step / 90) + 0.1 * (3 - number) for step in at[::25]]),
    ]


@dataclass
class FedSource:
    """Tells what it is fed, and remembers what it was told to do."""

    steers: bool = True
    sent: list[Command] = field(default_factory=list)
    restarts: list[Restart] = field(default_factory=list)
    sentence: str = "brave-fox trains from there: lstm-tui attach brave-fox"
    branch: str = "brave-fox"
    refusal: Exception | None = None
    _tell: Callable[[Sequence[Told]], None] | None = None
    _untold: list[Told] = field(default_factory=list)

    async def follow(self, tell: Callable[[Sequence[Told]], None]) -> None:
        self._tell = tell
        if self._untold:
            tell(self._untold)
            self._untold = []
        await asyncio.Event().wait()

    def feed(
        self,
        events: Iterable[Event] = (),
        *,
        run: str = RUN,
        output: str = "",
        problem: str = "",
        prices: PriceFiles | None = None,
    ) -> None:
        """Tell it at once, or as soon as somebody follows."""
        news = Told(run, list(events), output, problem, prices=prices)
        if self._tell is None:
            self._untold.append(news)
        else:
            self._tell([news])

    def send(self, _: str, command: Command) -> None:
        self.sent.append(command)

    async def restart(self, _: str, restart: Restart) -> Restarted:
        self.restarts.append(restart)
        if self.refusal is not None:
            raise self.refusal
        return Restarted(self.sentence, self.branch if restart.branch else "")


class LiveSource(FedSource):
    """Trains as time goes by, and does what it is told: to look at."""

    per_second = 25.0
    watched: WatchLayers | None = None

    async def follow(self, tell: Callable[[Sequence[Told]], None]) -> None:
        self._tell = tell
        self.feed([*opening(), machine(0)], output="loading the data\n")
        self.rate, self.is_paused, self.end, step = 0.01, False, BATCHES * EPOCHS, 0
        while step < self.end:
            await asyncio.sleep(5 / self.per_second)
            if self.is_paused:
                continue
            number, batch = divmod(step, BATCHES)
            if not batch:
                self.feed([EpochStarted(epoch=number, step=step, batches=BATCHES)])
            step += 5
            output = f"Epoch {number}: {batch * 100 // BATCHES}%\r"
            self.feed([steps(step - 4, step, self.rate), machine(step), layers(step)], output=output)
            self.step = step
            if not step % BATCHES:
                begun, going, done = validated(number)
                self.feed([begun, going])
                await asyncio.sleep(0.5)
                if self.watched is not None and self.watched.gates:
                    self.feed([gates(step, sample=self.watched.sample)])
                self.feed([done, ended(number), saved(step)], output=f"\nepoch {number} done\n")
        self.feed([FitEnded(fit=0, reason="finished", epoch=step // BATCHES, step=step), ScriptEnded(status=0)])
        await asyncio.Event().wait()

    def send(self, _: str, command: Command) -> None:
        step = self.step
        if isinstance(command, Pause):
            self.is_paused = True
            self.feed([Paused(step=step, epoch=step // BATCHES, id=command.id)])
        elif isinstance(command, Go):
            self.is_paused = False
            self.feed([Going(step=step, id=command.id)])
        elif isinstance(command, SaveCheckpoint):
            self.feed([saved(step, by="lstm-tui", id=command.id)])
        elif isinstance(command, SetTarget):
            self.end = (command.max_epochs or EPOCHS) * BATCHES
            self.feed([TargetChanged(max_epochs=command.max_epochs, id=command.id)])
        elif isinstance(command, ScaleLr):
            self.rate *= command.factor
            self.feed([LrScaled(step=step, factor=command.factor, lr={"lr-Adam": self.rate}, id=command.id)])
        elif isinstance(command, WatchLayers):
            self.watched = command
        elif isinstance(command, StopFit):
            self.end = step
            self.feed([saved(step, by="lstm-tui"), Stopping(step=step, id=command.id)])


def main() -> int:
    from tui.board.app.start import BoardOptions, run_board

    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=0)
    parser.add_argument("--points", type=int, default=400)
    parser.add_argument("--marker", default="braille")
    asked = parser.parse_args()
    source: FedSource = LiveSource() if not asked.runs else FedSource(steers=False)
    for number in range(asked.runs):
        source.feed(log_of(number, asked.points), run=f"version_{number}")
    return run_board(source, BoardOptions(marker=asked.marker)).status


if __name__ == "__main__":
    sys.exit(main())
