"""Training speed: against the plain script, and against the floor."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from lstm_engine.lstm.parameters import BY_HAND
from lstm_engine.protocol.messages import NewRun, RunFinished, RunOpened, Train, TrainingStarted
from lstm_engine.run.config import RunConfig
from tests.benchmarks.effort import Effort
from tests.benchmarks.engine import Engine
from tests.benchmarks.programs import Program
from tests.benchmarks.samples import spread
from tests.benchmarks.table import Result, result
from tests.support.published import PARAMETERS, PREDICTIONS


@dataclass
class _Speeds:
    """Epochs per second of every stage, in turn: the plain script's, ours, and the floor's."""

    plain: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    exact: int = 0
    compared: int = 0
    verified: bool = True


def training(effort: Effort, folder: Path) -> list[Result]:
    """The engine against the plain script and against an empty training step."""
    speeds = _Speeds()
    begun = time.monotonic()
    round_number = 0
    while round_number == 0 or time.monotonic() - begun < effort.training_seconds:
        place = folder / f"training-{round_number}"
        place.mkdir()
        _one_round(effort.stages, place, speeds)
        round_number += 1
    return [_against_the_plain_script(speeds, effort.stages), _exactness(speeds), _against_the_floor(speeds)]


def _against_the_plain_script(speeds: _Speeds, stages: Sequence[int]) -> Result:
    ratios = [ours / plain for ours, plain in zip(speeds.ours, speeds.plain, strict=True)]
    return result(
        "training, headless",
        f"{' + '.join(map(str, stages))} epochs, each stage a new Trainer from the checkpoint, in turn with the plain "
        f"Lightning script (its logger, checkpoints, tqdm bar); seconds in fit; median of {len(ratios)} stages: "
        f"{median(speeds.ours):.0f} against {median(speeds.plain):.0f} epochs/s",
        f"{spread(ratios, '.1f')}× the plain script",
        "≥ 8×, no less than 5×",
        met=median(ratios) >= 8,
        ratios=ratios,
        plain=speeds.plain,
        ours=speeds.ours,
    )


def _exactness(speeds: _Speeds) -> Result:
    figures = f"{speeds.exact} of {speeds.compared} published figures exact" if speeds.compared else "too short"
    resumed = "resumed bit for bit" if speeds.verified else "NOT resumed bit for bit"
    return result(
        "published figures",
        "predictions after every stage, parameters at the end, to 4 decimals; every resumed Trainer's parameters and "
        "optimiser state compared with its checkpoint",
        f"{figures}; {resumed}",
        "all exact, resumed bit for bit",
        met=speeds.exact == speeds.compared and speeds.verified,
        exact=speeds.exact,
        compared=speeds.compared,
    )


def _against_the_floor(speeds: _Speeds) -> Result:
    shares = [ours / floor for ours, floor in zip(speeds.ours, speeds.floor, strict=True)]
    return result(
        "the floor",
        f"the same stages in turn with an empty training step in the same Trainer: {median(speeds.floor):.0f} "
        "epochs/s; how much of that speed training reaches",
        spread(shares, ".2f"),
        shares=shares,
        floor=speeds.floor,
    )


def _one_round(stages: Sequence[int], place: Path, speeds: _Speeds) -> None:
    """All stages once; at every stage each of the three trains in turn while the others stand by."""
    with (
        Engine(place / "checkpoints") as engine,
        Program("tests.benchmarks.plain_script", str(place), log=place / "plain.log") as plain,
        Program("tests.benchmarks.floor", log=place / "floor.log") as floor,
    ):
        engine.send(NewRun(config=RunConfig()))
        engine.must_hear(RunOpened)
        for program in (plain, floor):
            program.wait_until_ready()  # none of them may be loading while another one is timed
        epoch, seconds = 0, 0.0
        for epochs in stages:
            epoch += epochs
            speeds.plain.append(epochs / plain.does(epoch))
            finished, heard = engine.trained(Train(epochs=epochs))
            speeds.ours.append(epochs / (finished.seconds - seconds))
            seconds = finished.seconds
            speeds.floor.append(epochs / floor.does(epochs))
            started = next(event for event in heard if isinstance(event, TrainingStarted))
            speeds.verified &= started.verified == (epoch > epochs)
            _compare(finished, speeds)


def _compare(finished: RunFinished, speeds: _Speeds) -> None:
    """Counts the published figures at this epoch, and those that came out."""
    pairs = list(zip(finished.predictions.values(), PREDICTIONS.get(finished.epoch, ()), strict=False))
    figures = [float(figure) for figure in PARAMETERS.get(finished.epoch, "").split()]
    pairs += zip((finished.parameters[spec.name] for spec in BY_HAND), figures, strict=False)
    speeds.compared += len(pairs)
    speeds.exact += sum(value is not None and round(value, 4) == figure for value, figure in pairs)
