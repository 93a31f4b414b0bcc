"""Scripts as people write them, none of which knows of us: run, told, steered, killed, gone on with."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from lstm_engine.script.going_on import branch_script, checkpoint_of, checkpoints_told, resume_script
from lstm_engine.script.letterbox import put_in_letterbox
from lstm_engine.script.vocabulary.answers import Paused, Refused
from lstm_engine.script.vocabulary.commands import Command, Go, Pause, SaveCheckpoint, StopFit
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.fit_events import EpochEnded, FitEnded, FitOpened, HookOff, PhaseEnded, Steps
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded
from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from tests.support.kept_scripts import events_of, kept, kill, progress_of, record_of, wait_for, wait_until_over
from tests.support.soak import first
from tests.support.terminal import Terminal

SCRIPTS = Path(__file__).parents[1] / "support" / "scripts"
#: What each writes its last weights to.
FINAL = "out/final.pt"

Told = TypeVar("Told", bound=Event)
_ids = itertools.count()


def argv(script: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, str(SCRIPTS / f"{script}.py"), *arguments)


def alone(folder: Path, script: str, *arguments: str) -> bytes:
    """The weights that the script ends with by itself."""
    (folder / FINAL).parent.mkdir(parents=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LSTM_TUI")}
    subprocess.run(argv(script, *arguments), cwd=folder, env=environment, check=True, capture_output=True)
    return (folder / FINAL).read_bytes()


@contextmanager
def ours(folder: Path, script: str, *arguments: str) -> Iterator[Path]:
    """The folder of its run; what is left of it at the end is killed."""
    folder.mkdir(exist_ok=True)
    root = folder / "runs"
    root.mkdir()
    with kept(root, record_of(*argv(script, *arguments), directory=folder)) as (run, _):
        try:
            yield run
        finally:
            for one in root.iterdir():
                kill(*filter(None, [progress_of(one).pid if progress_of(one).ended is None else 0]))


def of(run: Path, kind: type[Told]) -> list[Told]:
    return [event for event in events_of(run) if isinstance(event, kind)]


def ask(run: Path, command: Command) -> None:
    """Hands it over as soon as somebody listens."""

    def is_taken() -> bool:
        try:
            put_in_letterbox(run, command)
        except Exception:
            return False
        return True

    wait_for(is_taken)


def answered(run: Path, kind: type[Told], name: str) -> Told:
    """Asked `name`, the script answered that."""
    wait_for(lambda: any(getattr(event, "id", None) == name for event in events_of(run)))
    (answer,) = [event for event in events_of(run) if getattr(event, "id", None) == name]
    assert isinstance(answer, kind), answer
    return answer


def new_id() -> str:
    return f"test-{next(_ids)}"


def end(run: Path) -> ScriptEnded:
    wait_until_over(run)
    return of(run, ScriptEnded)[-1]


# --- each of them ----------------------------------------------------------------------------------------------------

#: Script, its arguments, then for each Trainer's entry point its stage, package and model; and metrics told of.
CASES: list[tuple[str, Sequence[str], list[tuple[str, str, str]], set[str]]] = [
    ("gan", (), [("fit", "pytorch_lightning", "Gan")], {"g_loss", "d_loss"}),
    (
        "two_fits",
        ("out", "2"),
        [(stage, "lightning", "Tuned") for stage in ("fit", "fit", "validate", "test")],
        {"train_loss_step", "train_loss_epoch", "val_loss", "test_loss"},
    ),
    (
        "command_line",
        ("fit", "--trainer.max_epochs=2", "--trainer.logger=false", "--model.lr=0.05"),
        [("fit", "lightning", "Module")],
        {"train_loss"},
    ),
    ("lstm_forecaster", (), [("fit", "lightning", "Forecaster")], {"train_loss", "val_loss"}),
]


@pytest.mark.parametrize(
    ("script", "arguments", "stages", "metrics"), CASES, ids=lambda case: case if isinstance(case, str) else ""
)
def test_all_that_a_script_does_is_told(
    tmp_path: Path,
    script: str,
    arguments: Sequence[str],
    stages: list[tuple[str, str, str]],
    metrics: set[str],
) -> None:
    (tmp_path / "out").mkdir()
    with ours(tmp_path, script, *arguments) as run:
        ended = end(run)
    assert (ended.status, of(run, HookOff)) == (0, []), ended.last
    assert [(event.stage, event.trainer, event.model) for event in of(run, FitOpened)] == stages
    assert [event.reason for event in of(run, FitEnded)] == ["finished"] * [stage for stage, *_ in stages].count("fit")
    logged = {
        name
        for event in events_of(run)
        if isinstance(event, Steps | EpochEnded | PhaseEnded)
        for name in event.metrics
    }
    assert metrics <= logged
    if script == "gan":
        reasons = {event.why_not for event in of(run, CheckpointWritten) if not event.exact}
        assert reasons, "nobody knows what a training by hand carries from step to step"


# --- the same bits ---------------------------------------------------------------------------------------------------

EPOCHS = "8"


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What the classifier ends with when nobody is there."""
    return alone(tmp_path_factory.mktemp("alone") / "here", "image_classifier", "--epochs", EPOCHS)


@pytest.mark.soak
def test_paused_saved_stopped_gone_on_with_and_branched_off_it_ends_in_the_same_bits(
    tmp_path: Path, uninterrupted: bytes
) -> None:
    with ours(tmp_path, "image_classifier", "--epochs", EPOCHS) as run:
        pause, save, stop = Pause(id=new_id()), SaveCheckpoint(id=new_id()), StopFit(id=new_id())
        ask(run, pause)
        place = answered(run, Paused, pause.id).step
        ask(run, save)
        ask(run, Go(id=new_id()))
        saved = answered(run, CheckpointWritten, save.id)
        ask(run, stop)
        end(run)
        assert of(run, FitEnded)[-1].reason == "stopped"
        assert saved.exact
        assert saved.step >= place
        newest = checkpoint_of(run)
        final = tmp_path / FINAL
        final.unlink()
        resume_script(run, newest)
        assert end(run).status == 0
        assert final.read_bytes() == uninterrupted
        final.unlink()
        branch, _ = branch_script(run, saved, name="branch")
        assert end(branch).status == 0
        assert final.read_bytes() == uninterrupted
        start = branch / "checkpoints" / f"start-{Path(saved.path).name}"
        assert of(branch, FitOpened)[0].resumed_from == str(start)


@pytest.mark.parametrize("kills", first(1, [1, 50]))
@pytest.mark.timeout(3600)
def test_killed_and_gone_on_with_it_ends_in_the_same_bits(tmp_path: Path, uninterrupted: bytes, kills: int) -> None:
    """At any moment from its first checkpoint on: what it goes on from is whole."""
    chance = random.Random(kills)
    final = tmp_path / FINAL
    with ours(tmp_path, "image_classifier", "--epochs", EPOCHS) as run:
        for number in range(kills):
            wait_for(lambda: of(run, CheckpointWritten) or of(run, ScriptEnded))
            time.sleep(chance.random() * 0.3)
            kill(progress_of(run).pid)
            wait_until_over(run)
            if final.exists():  # it was faster: from the beginning of the end, then
                final.unlink()
            newest = checkpoint_of(run)
            assert newest.exact, newest
            resume_script(run, newest)
            if number % 5 == 4 or number == kills - 1:
                assert end(run).status == 0
                assert final.read_bytes() == uninterrupted
                final.unlink()
                resume_script(run, checkpoints_told(run)[-1]) if number < kills - 1 else None


# --- on screen -------------------------------------------------------------------------------------------------------


#: Script, and arguments with which it trains long enough to be steered.
LONG = [
    ("image_classifier", ("--epochs", "80")),
    ("lstm_forecaster", ("--epochs", "300")),
    ("gan", ("--epochs", "500")),
    ("two_fits", ("out", "300")),
    ("command_line", ("fit", "--trainer.max_epochs=300")),
]


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("script", "arguments"), first(1, LONG, several=True))
def test_on_the_board_it_is_steered_by_keys_and_gone_on_with(
    tmp_path: Path, script: str, arguments: tuple[str, ...]
) -> None:
    """To the bits of the script alone."""
    straight = alone(tmp_path / "alone", script, *arguments)
    root, here = tmp_path / "runs", tmp_path / "here"
    run, final = root / "mine", here / FINAL
    final.parent.mkdir(parents=True)
    words = ("--checkpoints", str(root))
    with Terminal("run", *words, "--name", "mine", "--", *argv(script, *arguments), cwd=here) as terminal:
        terminal.wait_for("● training", "mine")
        terminal.press(" ")
        terminal.wait_for("‖ paused", "paused behind step")
        paused_at = of(run, Paused)[-1].step
        terminal.press("s")
        terminal.read_for(1.0)
        if not ours_of(run):  # it stands where going on would not be exact: a better place comes within the epoch
            terminal.press(" ")
            terminal.wait_until(lambda: bool(ours_of(run)), "a checkpoint")
            terminal.press(" ")
            terminal.wait_for("‖ paused")
        (saved,) = ours_of(run)
        assert saved.step >= paused_at
        terminal.press("c")
        terminal.wait_for("checkpoints", "exact")
        terminal.press("c")
        terminal.press("S")
        if script != "two_fits":  # whose second fit goes on to its end
            terminal.wait_for("■ stopped")
        wait_for(lambda: of(run, ScriptEnded))
        assert of(run, FitEnded)[0].reason == "stopped"
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
    assert saved.exact  # also of the GAN: what is saved for a command has the gradients, too
    ways: list[tuple[str, ...]] = [("--from", saved.path, "--name", "branch")]
    if script not in ("two_fits", "gan"):  # whose last checkpoint is of the second fit, or may not be ours
        ways.append(())
    for way in ways:
        final.unlink()
        command = [sys.executable, "-m", "tui", "resume", "mine", *words, *way, "--no-screen"]
        ran = subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        assert final.read_bytes() == straight


def ours_of(run: Path) -> list[CheckpointWritten]:
    return [one for one in of(run, CheckpointWritten) if one.by == "lstm-tui"]


# --- several processes -----------------------------------------------------------------------------------------------


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_two_processes_pause_for_longer_than_their_group_waits_and_stop_at_one_step(tmp_path: Path) -> None:
    with ours(tmp_path, "two_processes", "--epochs", "100000", "--timeout", "10") as run:
        pause, go, stop = Pause(id=new_id()), Go(id=new_id()), StopFit(id=new_id())
        ask(run, pause)
        place = answered(run, Paused, pause.id).step
        paused = time.monotonic()
        wait_for(lambda: time.monotonic() > paused + 25)
        assert not of(run, ScriptEnded)
        ask(run, go)
        wait_for(lambda: of(run, Steps)[-1].step > place)
        ask(run, stop)
        ended = end(run)
    assert (ended.status, of(run, HookOff), of(run, Refused)) == (0, [], []), ended.last
    (opened,) = of(run, FitOpened)
    assert opened.world == 2
    (saved,) = of(run, CheckpointWritten)
    assert (saved.exact, saved.why_not.split(",")[0]) == (False, "several processes train")
