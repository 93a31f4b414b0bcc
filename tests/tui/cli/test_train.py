"""`lstm-tui train`: what it prints and how it exits, against an engine without PyTorch and, once, the real one."""

from __future__ import annotations

import io
import json
import os
import pty
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyte
import pytest

from lstm_engine.protocol.messages import CheckpointSaved, EngineReady, Epochs, Paused, RunOpened, decode_event
from lstm_engine.run.config import RunConfig
from tests.support.fake_engine import RUN, Behaviour, options
from tests.support.training_options import train_options
from tui.cli.train import _run, train
from tui.cli.train_output import BarOutput, LineOutput, Received
from tui.cli.train_progress import TrainProgress
from tui.client.engine_process import EngineProcess
from tui.options import TrainOptions


async def trained(options: TrainOptions) -> tuple[int, str]:
    """Exit status and standard output."""
    stream = io.StringIO()
    status = await _run(options, stream)
    return status, stream.getvalue()


async def test_the_summary_tells_what_came_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output = await trained(train_options("good", tmp_path))
    assert status == 0
    assert capsys.readouterr().err == ""
    assert (
        output
        == f"""\
by-hand, seed 42, lr 0.001, init normal, walk-through: 2 companies, 4 days
run {RUN}: training from epoch 0 to 2000
run         {RUN}, trained to epoch 2000 (5.0 s)
train loss  9.3e-10
checkpoint  {tmp_path}/{RUN}/epoch=1999-step=4000.ckpt

company  observed  predicted    off by
A          0.0000     0.0000    0.0000
B          1.0000     1.0000  -9.3e-10

train on    lstm-tui train --resume {RUN} --epochs 1000 --checkpoints {tmp_path}
"""
    )


async def test_json_is_the_stream_of_events_up_to_run_finished(tmp_path: Path) -> None:
    status, output = await trained(replace(train_options("good", tmp_path), json=True))
    assert status == 0
    events = [decode_event(line.encode()) for line in output.splitlines()]
    assert [type(event) for event in events[:3]] == [EngineReady, RunOpened, Epochs]
    assert sum(len(event.train_loss) for event in events if isinstance(event, Epochs)) == 2001
    last = json.loads(output.splitlines()[-1])
    assert last["type"] == "run_finished"
    assert {"run", "epoch", "seconds", "train_loss", "predictions", "parameters", "checkpoint"} <= set(last)


async def test_resuming_says_from_where(tmp_path: Path) -> None:
    status, output = await trained(replace(train_options("good", tmp_path, epochs=1000), source=RUN))
    assert status == 0
    assert f"run {RUN}: training from epoch 2000 to 3000, resumed from epoch=1999-step=4000.ckpt\n" in output
    assert f"run         {RUN}, trained to epoch 3000" in output


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize(
    ("behaviour", "status", "told"),
    [
        ("fail", 1, "training failed in epoch 1000: the loss is not a number in epoch 3"),
        ("die", 1, "the engine was killed by signal 9 (SIGKILL) near epoch 1000; continue with: lstm-tui train {}"),
        ("crash", 1, "the engine exited with status 3 near epoch 1000; continue with: lstm-tui train {}"),
        ("garbage", 1, "the engine sent a line that is no event: 'Epoch 3: 100%|####| 2/2'"),
    ],
)
async def test_a_failure_is_told_with_the_command_that_continues(
    behaviour: Behaviour, status: int, told: str, as_json: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exit_status, _ = await trained(replace(train_options(behaviour, tmp_path), json=as_json))
    assert exit_status == status
    last_line = capsys.readouterr().err.splitlines()[-1]
    assert last_line.startswith("lstm-tui: " + told.format(f"--resume {RUN} --checkpoints {tmp_path}"))


async def test_a_dead_engine_s_last_words_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await trained(train_options("crash", tmp_path))
    assert capsys.readouterr().err.splitlines()[:2] == [
        "  engine: Traceback (most recent call last):",
        "  engine: MemoryError",
    ]


async def test_an_engine_that_refuses_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output = await trained(replace(train_options("refuse", tmp_path), source="no-such-run"))
    assert (status, output) == (2, "")
    assert capsys.readouterr().err == f"lstm-tui: there is no run 'no-such-run' in {tmp_path}\n"


async def test_an_engine_that_cannot_be_started(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    engine = replace(options("good", tmp_path), command=(str(tmp_path / "no-such-program"),))
    status, _ = await trained(TrainOptions(RunConfig(), 1, engine))
    assert status == 1
    assert "the engine cannot be started: " in capsys.readouterr().err


class Tripwire(LineOutput):
    """Lines, and an action at the first event of a kind."""

    def __init__(self, kind: type, act: Callable[[], None]) -> None:
        self.text = io.StringIO()
        super().__init__(self.text)
        self._kind = kind
        self._act = act

    def show(self, step: Received) -> None:
        super().show(step)
        if isinstance(step.event, self._kind):
            self._act()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_saves_and_exits_with_130(
    number: signal.Signals, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = train_options("hold", tmp_path)
    engine = await EngineProcess.start(asked.engine)
    output = Tripwire(CheckpointSaved, lambda: os.kill(os.getpid(), number))
    assert await train(engine, asked, output) == 130
    assert capsys.readouterr().err.splitlines() == [
        "lstm-tui: interrupted: saving",
        f"lstm-tui: interrupted: run {RUN} is saved at epoch 1000 of 2000; continue with: "
        f"lstm-tui train --resume {RUN} --checkpoints {tmp_path}",
    ]


async def test_an_impatient_ctrl_c_still_waits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = train_options("hold", tmp_path)
    engine = await EngineProcess.start(asked.engine)

    class Impatient(Tripwire):
        def remark(self, text: str) -> None:
            super().remark(text)
            if text == "interrupted: saving":
                os.kill(os.getpid(), signal.SIGINT)

    assert await train(engine, asked, Impatient(CheckpointSaved, lambda: os.kill(os.getpid(), signal.SIGINT))) == 130
    assert "still saving: the engine finishes its epoch first" in capsys.readouterr().err


async def test_ignored_signals_stay_ignored(tmp_path: Path) -> None:
    """As under nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        asked = train_options("good", tmp_path)
        engine = await EngineProcess.start(asked.engine)
        output = Tripwire(RunOpened, lambda: os.kill(os.getpid(), signal.SIGHUP))
        assert await train(engine, asked, output) == 0
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


async def test_a_pause_by_the_engine_is_told_and_waited_out(tmp_path: Path) -> None:
    asked = train_options("pause", tmp_path)
    engine = await EngineProcess.start(asked.engine)
    output = Tripwire(Paused, lambda: os.kill(os.getpid(), signal.SIGTERM))
    assert await train(engine, asked, output) == 130
    assert "paused at epoch 1000: the disk is full\n" in output.text.getvalue()


@pytest.mark.parametrize("as_json", [False, True])
async def test_a_reader_that_has_had_enough_ends_it_quietly(
    as_json: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    stream = os.fdopen(writer, "w")
    status = await _run(replace(train_options("good", tmp_path), json=as_json), stream)
    with pytest.raises(BrokenPipeError):
        stream.close()
    assert status == 130
    assert capsys.readouterr().err == ""


async def test_a_full_disk_under_the_output_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stream = os.fdopen(os.open("/dev/full", os.O_WRONLY), "w")
    assert await _run(train_options("good", tmp_path), stream) == 130
    with pytest.raises(OSError, match="No space left"):
        stream.close()
    assert "the output cannot be written (No space left on device)" in capsys.readouterr().err


@pytest.fixture
def terminal() -> Iterator[tuple[int, pyte.Screen, Callable[[], None]]]:
    """A pseudo-terminal of 80 × 24: the program's end, what is on its screen, and how to wait for all of it."""
    ours, theirs = pty.openpty()
    screen = pyte.Screen(80, 24)
    stream = pyte.ByteStream(screen)

    def pump() -> None:
        try:
            while data := os.read(ours, 65536):
                stream.feed(data)
        except OSError:  # the program's end is closed
            return

    thread = threading.Thread(target=pump)
    thread.start()
    yield theirs, screen, thread.join
    thread.join()
    os.close(ours)


async def test_on_a_terminal_a_bar_moves_and_leaves_the_summary(
    terminal: tuple[int, pyte.Screen, Callable[[], None]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    descriptor, screen, drained = terminal
    with os.fdopen(descriptor, "w") as stream:
        status = await _run(train_options("good", tmp_path), stream)
    drained()
    assert status == 0
    lines = [line.rstrip() for line in screen.display]
    assert lines[1] == f"run {RUN}: training from epoch 0 to 2000"
    assert lines[2] == f"run         {RUN}, trained to epoch 2000 (5.0 s)"
    assert "company  observed  predicted    off by" in lines
    assert not screen.cursor.hidden


def lstm_tui(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """The real program with the real engine."""
    command = [sys.executable, "-m", "tui.cli.main", *arguments]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_real_engine_is_interrupted_saves_and_goes_on(tmp_path: Path) -> None:
    program = lstm_tui(tmp_path, "train", "--json", "--epochs", "1000000")
    assert program.stdout is not None
    while '"type":"checkpoint_saved"' not in program.stdout.readline():
        assert program.poll() is None
    program.send_signal(signal.SIGINT)
    output, errors = program.communicate()
    assert program.returncode == 130
    stopped = json.loads(output.splitlines()[-1])
    assert stopped["type"] == "stopped"
    assert f"is saved at epoch {stopped['epoch']} of 1000000; continue with: lstm-tui train --resume" in errors
    command = errors.rstrip().rpartition("lstm-tui ")[2].split()
    again = lstm_tui(tmp_path, *command, "--epochs", "3", "--json")
    output, errors = again.communicate()
    assert (again.returncode, errors) == (0, "")
    finished = json.loads(output.splitlines()[-1])
    assert (finished["type"], finished["epoch"]) == ("run_finished", stopped["epoch"] + 3)
    assert Path(finished["checkpoint"]).parent == Path(stopped["directory"])
    assert Path(finished["checkpoint"]).is_absolute()
    assert Path(finished["checkpoint"]).is_file()


async def test_the_bar_says_how_far_it_is(
    terminal: tuple[int, pyte.Screen, Callable[[], None]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    descriptor, screen, drained = terminal
    with os.fdopen(descriptor, "w") as stream:
        bar = BarOutput(stream)
        progress = TrainProgress(
            run=RUN, epoch=1200, target=2000, train_loss=0.25, predictions={"A": 0.4342, "B": 0.6171}
        )
        bar.show(
            Received(b"", Epochs(first_epoch=1200, seconds=1, train_loss=[], predictions={}, parameters={}), progress)
        )
        stream.write("|end")
    drained()
    assert screen.display[0].rstrip() == "━━━━━━━━━╸━━━━━━ 1200/2000  loss 0.2500  A 0.4342  B 0.6171|end"
