"""A training that goes on without its dashboard, and those who look in: real processes, real terminals, the same bits.

Whatever is left running here is ended by the test that left it.
"""

from __future__ import annotations

import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from lstm_engine.listing.entries import entries
from lstm_engine.listing.run_entry import RunEntry
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.store.directory import read_history
from lstm_engine.store.holding.lock import in_use
from lstm_engine.store.on_hangup import recalled_on_hangup, remember_on_hangup
from tests.support.attendants import IMPATIENT
from tests.support.in_process import train
from tests.support.left_running import FAR, attached, command, end_all, farewell, left_running
from tests.support.resuming import check_resumes_to_the_same_bits
from tests.support.terminal import PATIENCE, Terminal, wait_until_gone
from tui.text.numbers import figure


@contextmanager
def begun(root: Path, *arguments: str, command: tuple[str, ...] = (sys.executable, "-m", "tui")) -> Iterator[Terminal]:
    """A dashboard whose own engine trains; whatever is left of that is ended."""
    options = ("--checkpoints", str(root), "--start", "--epochs", str(FAR), *arguments)
    try:
        with Terminal(*options, command=command) as terminal:
            terminal.wait_for("● training", "saved at")
            yield terminal
    finally:
        end_all(root)


def the_run(root: Path) -> RunEntry:
    (run,) = entries(root)
    return run


def epoch_on(terminal: Terminal) -> int:
    """The epoch on the status line; -1 where it is not whole yet."""
    found = re.search(r"epoch +(\d+) / \d+", terminal.text)
    return int(found[1]) if found else -1


# --- left running ----------------------------------------------------------------------------------------------------


def test_left_by_d_it_is_found_from_two_terminals_which_both_steer_it_and_die(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    with begun(root, "--save-every", "0.2") as first:
        engine = first.engine_pid()
        first.press("D")
        assert first.wait_for_the_end() == 0
        run = the_run(root)
        assert f"run {run.run} trains on to epoch {FAR}; look in with: lstm-tui attach {run.run}" in farewell(first)
        first.hang_up()
        with attached(root) as one, attached(root, run.run) as other:
            one.wait_for("● training", run.run)
            other.wait_for("● training", run.run, "2 dashboards look on")
            one.press(" ")
            other.wait_for("‖ paused", "paused from another terminal")
            other.press(" ")
            one.wait_for("● training", "training began from another terminal")
            one.press("a")
            one.wait_for("How many")
            one.press("100\r")
            other.wait_for(f"/ {FAR + 100}", "● training", "epochs were added from another terminal")
            other.kill(signal.SIGKILL)
            one.wait_for("another dashboard left: this one alone is left")
            seen = epoch_on(one)
            one.kill(signal.SIGKILL)
            one.wait_for_the_end()
        with attached(root) as last:
            last.wait_until(lambda: epoch_on(last) > seen, f"an epoch after {seen}")
            last.press("q")
            last.wait_for("it trains for others, too: D leaves it running, q again saves and ends it")
            last.press("q")
            assert last.wait_for_the_end() == 0
            assert f"continue with: lstm-tui resume {run.run}" in farewell(last)
        wait_until_gone(engine)
    assert the_run(root).state == "stopped"
    check_resumes_to_the_same_bits(root)


@pytest.mark.parametrize("keys", ["Dq", pytest.param("D ", marks=pytest.mark.soak)])
def test_no_key_behind_d_in_the_same_packet_ends_what_is_left_running(tmp_path: Path, keys: str) -> None:
    root = tmp_path / "runs"
    with begun(root) as terminal:
        terminal.press(keys)
        assert terminal.wait_for_the_end() == 0
        assert "trains on to epoch" in farewell(terminal)
        with attached(root) as another:
            another.wait_for("● training", the_run(root).run)


def test_what_was_asked_before_d_comes_first(tmp_path: Path) -> None:
    with begun(tmp_path / "runs") as terminal:
        terminal.press(" D")
        terminal.wait_for("‖ paused", "nothing is trained now")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
        assert "continue with: lstm-tui resume" in farewell(terminal)


@pytest.mark.parametrize("state", ["paused", "finished"])
def test_a_hang_up_while_nothing_trains_ends_the_engine(tmp_path: Path, state: str) -> None:
    root = tmp_path / "runs"
    with Terminal("--checkpoints", str(root), "--start", "--epochs", "50" if state == "finished" else str(FAR)) as one:
        engine = one.wait_for_engine()
        if state == "paused":
            one.wait_for("● training", "saved at")
            one.press(" ")
        one.wait_for(state)
        one.hang_up()
        wait_until_gone(engine)
    assert the_run(root).state == ("finished" if state == "finished" else "stopped")


def test_a_run_remembers_that_a_hang_up_is_to_stop_it(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    with begun(root, "--on-hangup", "stop") as terminal:
        engine = terminal.engine_pid()
        terminal.hang_up()
        wait_until_gone(engine)
    run = the_run(root)
    assert run.state == "stopped"
    with Terminal("resume", "--checkpoints", str(root), "--start") as terminal:  # the last run, without a name
        terminal.wait_for("● training", run.run)
        engine = terminal.engine_pid()
        terminal.kill(signal.SIGKILL)
        wait_until_gone(engine)
    assert the_run(root).state == "stopped"
    check_resumes_to_the_same_bits(root)


def test_what_is_wanted_of_a_hang_up_this_time_goes_before_what_the_run_remembers(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    train(root, RunConfig(), 20)
    run = the_run(root)
    remember_on_hangup(Path(run.directory), "stop")
    options = ("--checkpoints", str(root), "--start", "--epochs", str(FAR), "--on-hangup", "continue")
    try:
        with Terminal("resume", run.run, *options) as terminal:
            terminal.wait_for("● training", run.run)
            terminal.hang_up()
            wait_until_gone(terminal.process.pid)
        wait_for_epoch(root, the_run(root).epoch + _MANY // 4)
        with attached(root) as another:
            another.wait_for("● training", run.run)
            another.hang_up()
            wait_until_gone(another.process.pid)
        wait_for_epoch(root, the_run(root).epoch + _MANY // 4)
    finally:
        end_all(root)
    assert recalled_on_hangup(Path(run.directory)) == "continue"
    check_resumes_to_the_same_bits(root)


# --- a dashboard that does not read ----------------------------------------------------------------------------------

#: A dashboard whose engine cuts a client off much earlier than usual.
_IMPATIENT = f"""
import sys
import tui.options
from tui.cli.main import main
usual = tui.options.EngineOptions.argv.fget
def unusual(options):
    words = usual(options)
    return [sys.executable, "-c", {IMPATIENT!r}, *words[words.index("--checkpoints"):]]
tui.options.EngineOptions.argv = property(unusual)
main()
"""
#: Epochs whose events are more than that, and the buffers on the way on top.
_MANY = 4000


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("whose", "seconds"),
    [
        ("an engine that it found", 0.0),
        pytest.param("its own engine", 0.0, marks=pytest.mark.soak),
        pytest.param("an engine that it found", 60.0, marks=pytest.mark.soak),
    ],
)
def test_a_dashboard_that_stands_still_is_cut_off_and_finds_its_way_back(
    tmp_path: Path, whose: str, seconds: float
) -> None:
    """For a minute, where the engine is as patient as usual."""
    root = tmp_path / "runs"
    program = (sys.executable, *(("-m", "tui") if seconds else ("-c", _IMPATIENT)))
    with begun(root, command=program) as first, ExitStack() as stack:
        engine = first.engine_pid()
        terminal = first if whose == "its own engine" else stack.enter_context(attached(root))
        terminal.wait_for("● training", f"/ {FAR}")
        terminal.kill(signal.SIGSTOP)
        seen = epoch_on(terminal)
        wait_for_epoch(root, seen + _MANY, seconds)
        terminal.kill(signal.SIGCONT)
        terminal.wait_until(lambda: epoch_on(terminal) > seen + _MANY, f"an epoch after {seen + _MANY}")
        terminal.press("l")
        terminal.wait_until(lambda: terminal.text.count(f"process {engine} on") > 1, "the engine's second greeting")
        terminal.press("\x1b")
        missed = seen + _MANY // 2
        history = read_history(Path(the_run(root).directory), Columns.of(RunConfig()))
        terminal.press(f":{missed}\r")
        terminal.wait_for(f" epoch {missed} ", "End returns")
        of_then = re.compile(rf"train loss ─+ +{re.escape(figure(float(history.loss[missed])))} ─")
        terminal.wait_until(lambda: bool(of_then.search(terminal.text)), f"the loss of epoch {missed}")
        terminal.press(" ")
        terminal.wait_for("‖ paused")
    wait_until_gone(engine)
    check_resumes_to_the_same_bits(root)


def wait_for_epoch(root: Path, epoch: int, seconds: float = 0.0) -> None:
    """Waits until that epoch is saved, and so long at least."""
    begin = time.monotonic()
    while the_run(root).epoch < epoch or time.monotonic() < begin + seconds:
        assert time.monotonic() < begin + seconds + PATIENCE, f"epoch {epoch} is not trained"
        select.select([], [], [], 0.05)


# --- without a screen ------------------------------------------------------------------------------------------------


def test_train_in_the_background_is_told_in_a_line_and_ends_at_its_target(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    with left_running(root, epochs=1500) as left:
        run = the_run(root)
        assert (left.run, left.directory) == (run.run, run.directory)
        wait_until_gone(left.pid)
    assert (the_run(root).state, the_run(root).epoch) == ("finished", 1500)
    check_resumes_to_the_same_bits(root)
    told = command("train", "--detach", "--resume", left.run, "--epochs", str(FAR), "--checkpoints", str(root))
    try:
        assert told.returncode == 0
        assert told.stdout.startswith(f"run {left.run} trains on to epoch ")
        assert f"look in with: lstm-tui attach {left.run}" in told.stdout
        held = command("train", "--detach", "--resume", left.run, "--checkpoints", str(root))
        assert (held.returncode, held.stdout) == (2, "")
        assert held.stderr.startswith(f"lstm-tui: run {left.run} trains elsewhere, in process ")
    finally:
        end_all(root)


def test_train_in_the_background_says_what_keeps_it_from_beginning(tmp_path: Path) -> None:
    train(tmp_path / "runs", RunConfig(), 20)
    run = the_run(tmp_path / "runs")
    done = command("train", "--detach", "--resume", run.run, "--checkpoints", str(tmp_path / "runs"))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"lstm-tui: run {run.run} is at its target, epoch 20: add epochs with --epochs N\n"
    (tmp_path / "file").write_text("")
    nowhere = command("train", "--detach", "--checkpoints", str(tmp_path / "file" / "runs"))
    assert (nowhere.returncode, nowhere.stdout) == (2, "")
    assert nowhere.stderr.startswith("lstm-tui: ")
    assert nowhere.stderr.count("\n") == 1


def test_stop_saves_and_ends_a_run_and_says_where_there_is_none_to_end(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    with left_running(root) as left:
        done = command("stop", left.run, "--checkpoints", str(root))
        assert (done.returncode, done.stderr) == (0, "")
        run = the_run(root)
        assert done.stdout.startswith(f"run {run.run} is saved at epoch {run.epoch}\n")
        assert f"continue with: lstm-tui resume {run.run}" in done.stdout
        wait_until_gone(left.pid)
    assert run.state == "stopped"
    again = command("stop", run.run, "--checkpoints", str(root))
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == f"lstm-tui: run {run.run} is not open anywhere: there is nothing to stop\n"
    none = command("attach", "--checkpoints", str(root))
    assert none.returncode == 2
    assert none.stderr.startswith(f"lstm-tui: no run trains in {root}")
    named = command("attach", run.run, "--checkpoints", str(root))
    assert named.returncode == 2
    assert named.stderr.startswith(f"lstm-tui: run {run.run} is not open anywhere: `lstm-tui resume {run.run}")
    check_resumes_to_the_same_bits(root)


def test_attach_without_a_name_lists_the_runs_where_several_train(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    with left_running(root) as one, left_running(root, "--seed", "7") as other, attached(root) as terminal:
        terminal.wait_for("2 runs", one.run, other.run)
        terminal.press(f"/{one.run}\r\r")
        terminal.wait_for("● training", one.run, "attached: D leaves it running")
        stopped = command("stop", one.run, "--checkpoints", str(root))
        assert stopped.returncode == 0
        terminal.wait_for("■ stopped", "the engine was ended from another terminal after saving epoch")
        assert in_use(Path(other.directory))


def test_a_training_in_the_foreground_can_be_attended_paused_and_stopped(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    arguments = [sys.executable, "-m", "tui", "train", "--checkpoints", str(root), "--epochs", str(FAR)]
    program = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert program.stdout is not None
    while "training from epoch 0" not in program.stdout.readline():
        assert program.poll() is None
    with attached(root) as terminal:
        terminal.wait_for("● training")
        terminal.press(" ")
        terminal.wait_for("‖ paused")
        terminal.press(" ")
        terminal.wait_for("● training")
        terminal.press("q")
        terminal.wait_for("q again")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
    said, errors = program.communicate(timeout=PATIENCE)
    run = the_run(root)
    assert program.returncode == 1
    assert re.search(r"^paused at epoch \d+ from another terminal", said, re.MULTILINE)
    ended = f"lstm-tui: the engine was ended from another terminal after saving epoch {run.epoch}; continue with: "
    assert errors.startswith(ended)
    assert run.state == "stopped"
    check_resumes_to_the_same_bits(root)


@pytest.mark.soak
def test_whoever_looks_on_keeps_what_a_training_in_the_foreground_has_come_to(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    arguments = ["train", "--checkpoints", str(root), "--epochs", "6000"]
    program = subprocess.Popen([sys.executable, "-m", "tui", *arguments], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    while "training from epoch 0" not in program.stdout.readline():
        assert program.poll() is None
    with attached(root) as terminal:
        terminal.wait_for("● training")
        terminal.wait_for("finished", "6000 / 6000")
        said, _ = program.communicate(timeout=PATIENCE)
        assert (program.returncode, "trained to epoch 6000" in said) == (0, True)
        terminal.press("a")
        terminal.wait_for("How many")
        terminal.press("100\r")
        terminal.wait_for("finished", "6100 / 6100")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
    check_resumes_to_the_same_bits(root)
