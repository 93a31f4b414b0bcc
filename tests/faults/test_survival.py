"""Kills at random instants: whatever dies, the run goes on from its last checkpoint and ends in the same bits.

The short form runs with all tests; `make soak` runs the long one: 100 kills of the engine.
"""

import os
import random
import shutil
import signal
import sqlite3
import threading
from pathlib import Path

import pytest

from lstm_engine.listing.entries import entry_of
from lstm_engine.protocol.messages import EngineReady, Epochs, NewRun, OpenRun, RunFinished, RunOpened, Stopped, Train
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.store.directory import read_history
from tests.support.in_process import only, train
from tests.support.processes import EngineUnderTest, seeded
from tests.support.resuming import check_resumes_to_the_same_bits

SHORT = [("by-hand", 2), ("nn-lstm", 1)]
LONG = [("by-hand", 70), ("nn-lstm", 30)]
#: More than any machine trains before the last kill.
FAR = 10_000_000


def kill_and_resume(root: Path, config: RunConfig, kills: int, chance: random.Random) -> Path:
    """Trains one run in an engine that is killed `kills` times at random instants; returns its directory."""
    run: Path | None = None
    for _ in range(kills):
        run = kill_once(root, config, run, chance) or run
    while run is None:  # on a busy machine an engine may be killed before it has set a run up
        run = kill_once(root, config, run, chance)
    return run


def kill_once(root: Path, config: RunConfig, run: Path | None, chance: random.Random) -> Path | None:
    """Trains on, or begins, in an engine that is killed; the run that is there then, if any."""
    with EngineUnderTest(root, "--save-every", chance.choice(["0.005", "0.05", "0.3"])) as engine:
        engine.must_hear(EngineReady)
        engine.send(OpenRun(source=run.name) if run else NewRun(config=config))
        opened = engine.must_hear(RunOpened)
        assert run is None or 0 <= opened.epoch <= opened.target
        engine.send(Train(epochs=FAR))
        timer = threading.Timer(chance.uniform(0.0, 1.2), engine.process.send_signal, [signal.SIGKILL])
        timer.start()
        assert engine.hear(RunFinished) is None
        timer.join()
        assert engine.process.wait() == -signal.SIGKILL
    left = list(root.iterdir()) if root.exists() else []
    for directory in left:
        if not (directory / "run.json").exists():
            shutil.rmtree(directory)  # killed while it was set up: no run yet, and none in any list
    runs = [directory for directory in left if directory.exists()]
    for directory in runs:
        check_invariants(directory, config)
    assert len(runs) <= 1
    return runs[0] if runs else None


def check_invariants(directory: Path, config: RunConfig) -> None:
    """Without any repair, a killed run's history has no gap, no repetition and no half row."""
    history = read_history(directory, Columns.of(config))
    entry = entry_of(directory)
    assert entry.state in ("interrupted", "stopped"), entry
    assert entry.epoch <= max(history.last_epoch, 0)
    with sqlite3.connect(directory / "history.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def check_kills(root: Path, model: str, kills: int, chance: random.Random) -> None:
    config = RunConfig(model=model, lr=0.0001)
    directory = kill_and_resume(root / "killed", config, kills, chance)
    listed = entry_of(directory)
    with EngineUnderTest(root / "killed") as engine:
        engine.must_hear(EngineReady)
        engine.send(OpenRun(source=directory.name))
        opened = engine.must_hear(RunOpened)
        assert opened.epoch == listed.epoch
        end = opened.epoch + 500
        engine.send(Train(epochs=500))
        engine.must_hear(RunFinished)
    train(root / "straight", config, end)
    (straight,) = (root / "straight").iterdir()
    columns = Columns.of(config)
    assert read_history(directory, columns).rows.tobytes() == read_history(straight, columns).rows.tobytes()


@pytest.mark.timeout(900)  # the sum of many
@pytest.mark.parametrize(("model", "kills"), SHORT)
def test_a_killed_engine_loses_no_bit(tmp_path: Path, model: str, kills: int) -> None:
    with seeded(os.getpid()) as chance:
        check_kills(tmp_path, model, kills, chance)


@pytest.mark.soak
@pytest.mark.parametrize(("model", "kills"), LONG)
def test_a_hundred_kills_of_the_engine(tmp_path: Path, model: str, kills: int) -> None:
    with seeded(kills) as chance:
        check_kills(tmp_path, model, kills, chance)


@pytest.mark.parametrize(
    "how",
    [
        "end of input",
        signal.SIGTERM,
        *(pytest.param(number, marks=pytest.mark.soak) for number in (signal.SIGHUP, signal.SIGINT)),
    ],
)
def test_the_engine_saves_and_exits_when_it_is_to_end(tmp_path: Path, how: str | signal.Signals) -> None:
    with EngineUnderTest(tmp_path, "--save-every", "1000", "--on-hangup", "stop") as engine:
        engine.must_hear(EngineReady)
        engine.send(NewRun(config=RunConfig()))
        engine.send(Train(epochs=1_000_000))
        engine.must_hear(lambda event: isinstance(event, Epochs) and event.first_epoch > 50)
        if isinstance(how, signal.Signals):
            os.kill(engine.process.pid, how)
        else:
            engine.process.stdin.close()
        stopped = engine.must_hear(Stopped)
        assert stopped.signal == (how.name if isinstance(how, signal.Signals) else "")
        assert engine.process.wait() == 0
        last = only(engine.heard, Epochs)[-1]
        assert stopped.epoch == last.first_epoch + len(last.train_loss) - 1
    (directory,) = tmp_path.iterdir()
    assert (entry_of(directory).state, entry_of(directory).epoch) == ("stopped", stopped.epoch)


@pytest.mark.parametrize("how", ["nobody reads", pytest.param("end of input", marks=pytest.mark.soak)])
def test_an_engine_whose_dashboard_is_gone_trains_to_its_target(tmp_path: Path, how: str) -> None:
    with EngineUnderTest(tmp_path / "runs") as engine:
        engine.must_hear(EngineReady)
        engine.send(NewRun(config=RunConfig()))
        engine.send(Train(epochs=2000))
        engine.must_hear(lambda event: isinstance(event, Epochs) and event.first_epoch > 50)
        if how == "end of input":
            engine.process.stdin.close()
            engine.must_hear(RunFinished)
            assert engine.must_hear(Stopped).epoch == 2000
        else:
            engine.process.stdout.close()
        assert engine.process.wait() == 0
    (directory,) = (tmp_path / "runs").iterdir()
    assert (entry_of(directory).state, entry_of(directory).epoch) == ("finished", 2000)
    check_resumes_to_the_same_bits(tmp_path / "runs")
