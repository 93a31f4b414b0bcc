"""A real keeper with a real script: what they leave, whoever of them is killed, and whatever the disk does."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_engine.listing.entries import entry_of
from lstm_engine.script.launch import launch
from lstm_engine.script.output_tail import OUTPUT
from lstm_engine.script.script_run import KEEPER_LOG, new_script_run
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded, ScriptStarted
from lstm_engine.store.holding.owner import owner_of
from lstm_engine.store.holding.pulse import PULSE, read_pulse
from tests.support.disks import fill, mount
from tests.support.kept_scripts import (
    alive,
    events_of,
    fake_training,
    kept,
    kill,
    progress_of,
    record_of,
    wait_for,
    wait_until_over,
)

WAITS = (
    "import os, time\nprint('begun')\nwhile not os.path.exists(os.environ['LSTM_TUI_RUN'] + '/go'): time.sleep(.01)"
)


def test_a_script_runs_to_its_end_and_its_run_says_how(tmp_path: Path) -> None:
    with kept(tmp_path, fake_training("--epochs", "3", "--hold")) as (run, launched):
        wait_for(lambda: (pulse := read_pulse(run)) is not None and pulse.epoch == 1)  # a beat behind the summary
        owner, entry = owner_of(run), entry_of(run)
        assert owner is not None
        assert (owner.pid, owner.socket.endswith(f"/{launched.keeper}.sock")) == (launched.keeper, True)
        assert (entry.kind, entry.state, entry.epoch, entry.target) == ("lightning", "running", 1, 3)
        assert (entry.pid, entry.model, entry.title) == (launched.keeper, "Net", "train.py")
        assert os.getsid(launched.script) == launched.script
        assert os.getsid(launched.keeper) not in (os.getsid(0), launched.script)
        (run / "go").touch()
        wait_until_over(run)
    first, *_, last = events_of(run)
    assert isinstance(first, ScriptStarted)
    assert (first.pid, first.directory) == (launched.script, fake_training().directory)
    assert isinstance(last, ScriptEnded)
    assert (last.status, last.signal, last.last) == (0, "", "training\ndone")
    entry = entry_of(run)
    assert (entry.state, entry.epoch, entry.target, entry.train_loss) == ("finished", 3, 3, 1 / 6)
    assert (entry.pid, entry.host) == (None, None)
    assert not (run / PULSE).exists()
    assert not Path(owner.socket).exists()
    assert (run / KEEPER_LOG).read_text() == ""
    assert stat.S_IMODE(run.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) & 0o077 for path in run.iterdir() if path.name != "go"}
    assert modes == dict.fromkeys(modes, 0)


@pytest.mark.parametrize(
    ("code", "status", "signalled", "state"),
    [
        ("raise SystemExit(3)", 3, "", "failed"),
        ("1 / 0", 1, "", "failed"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", None, "SIGKILL", "interrupted"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", None, "SIGSEGV", "failed"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", None, "SIGTERM", "stopped"),
        ("pass", 0, "", "finished"),
    ],
)
def test_how_a_script_ended(tmp_path: Path, code: str, status: int | None, signalled: str, state: str) -> None:
    with kept(tmp_path, record_of(sys.executable, "-c", code)) as (run, _):
        wait_until_over(run)
    ended = progress_of(run).ended
    assert ended is not None
    assert (ended.status, ended.signal) == (status, signalled)
    assert ("ZeroDivisionError" in ended.last) == (code == "1 / 0")
    assert entry_of(run).state == state


def test_what_the_script_finds_in_its_process(tmp_path: Path) -> None:
    """The environment, an empty standard input, the umask and the signals as a shell would have given them."""
    code = (
        "import json, os, signal, sys\n"
        "umask = os.umask(0)\n"
        "names = ('LSTM_TUI_RUN', 'LSTM_TUI_SOCKET', 'PYTHONUNBUFFERED')\n"
        "ignored = [s.name for s in signal.Signals if signal.getsignal(s) == signal.SIG_IGN]\n"
        "print(json.dumps([[os.environ[n] for n in names], sys.stdin.read(), umask, ignored, os.getcwd()]))"
    )
    umask = os.umask(0o022)
    try:
        with kept(tmp_path, record_of(sys.executable, "-c", code, directory=tmp_path)) as (run, launched):
            wait_until_over(run)
    finally:
        os.umask(umask)
    found, stdin, mask, ignored, directory = json.loads((run / OUTPUT).read_text())
    assert found[0] == str(run)
    assert found[1].endswith(f"/{launched.keeper}.sock")
    assert (found[2], stdin, mask, directory) == ("1", "", 0o022, str(tmp_path))
    assert set(ignored) <= {"SIGPIPE", "SIGXFSZ"}  # which Python itself ignores


@pytest.mark.parametrize(("number", "name"), [(signal.SIGTERM, "SIGTERM"), (signal.SIGINT, "SIGINT")])
def test_a_signal_to_the_keeper_is_the_script_s(tmp_path: Path, number: int, name: str) -> None:
    plain = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_DFL)\n" + WAITS
    with kept(tmp_path, record_of(sys.executable, "-c", plain)) as (run, launched):
        wait_for(lambda: (run / OUTPUT).read_text() == "begun\n")
        os.kill(launched.keeper, signal.SIGHUP)  # its terminal is none
        os.kill(launched.keeper, number)
        wait_until_over(run)
    ended = progress_of(run).ended
    assert ended is not None
    assert ended.signal == name
    assert entry_of(run).state == "stopped"


def test_the_script_outlives_a_killed_keeper_and_is_found(tmp_path: Path) -> None:
    with kept(tmp_path, fake_training("--hold")) as (run, launched):
        wait_for(lambda: progress_of(run).epoch == 1)
        kill(launched.keeper)
        wait_for(lambda: entry_of(run).pid == launched.script)
        assert alive(run)
        entry = entry_of(run)
        assert (entry.state, entry.epoch, entry.train_loss, entry.model) == ("running", 1, 0.5, "Net")
        (run / "go").touch()
        wait_until_over(run)
        entry = entry_of(run)
        assert (entry.state, entry.epoch, entry.pid) == ("finished", 2, None)
        assert (run / OUTPUT).read_text() == "training\ndone\n"


def test_a_script_killed_after_its_keeper_was_is_interrupted(tmp_path: Path) -> None:
    with kept(tmp_path, fake_training("--hold")) as (run, launched):
        wait_for(lambda: progress_of(run).epoch == 1)
        kill(launched.keeper, launched.script)
        wait_for(lambda: entry_of(run).state == "interrupted")
        assert entry_of(run).epoch == 1


def test_the_folder_may_go_while_the_script_trains(tmp_path: Path) -> None:
    """Nobody looks on any more, and the training goes on: here it ends by a file elsewhere."""
    code = WAITS.replace("os.environ['LSTM_TUI_RUN']", repr(str(tmp_path))) + "\nopen('done', 'w')"
    with kept(tmp_path, record_of(sys.executable, "-c", code, directory=tmp_path)) as (run, launched):
        wait_for(lambda: read_pulse(run) is not None)
        run.rename(tmp_path / "away")
        subprocess.run(["rm", "-r", str(tmp_path / "away")], check=True)
        (tmp_path / "go").touch()
        wait_for(lambda: (tmp_path / "done").exists())
        wait_for(lambda: not Path(f"/proc/{launched.keeper}").exists() or _is_zombie(launched.keeper))


def _is_zombie(pid: int) -> bool:
    return ") Z " in Path(f"/proc/{pid}/stat").read_text()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk")
def test_a_full_disk_costs_nothing_but_the_view(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk))
    try:
        done = tmp_path / "done"
        code = f"{WAITS}\nopen({str(done)!r}, 'w').write('trained')"
        with kept(disk, record_of(sys.executable, "-c", code)) as (run, launched):
            wait_for(lambda: read_pulse(run) is not None and (run / OUTPUT).read_text() == "begun\n")
            filler = fill(disk)
            beats = (run / PULSE).stat().st_mtime_ns
            wait_for(lambda: (run / PULSE).stat().st_mtime_ns > beats)
            assert entry_of(run).state == "running"
            filler.unlink()
            (run / "go").touch()
            fill(disk)
            wait_for(done.exists)
            wait_for(lambda: not Path(f"/proc/{launched.keeper}").exists() or _is_zombie(launched.keeper))
            assert done.read_text() == "trained"
            assert entry_of(run).state in ("interrupted", "finished")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_second_keeper_is_refused(tmp_path: Path) -> None:
    with kept(tmp_path, fake_training("--hold")) as (run, launched):
        with pytest.raises(Exception, match=f"in use by process {launched.keeper}"):
            launch(run)
        assert len([event for event in events_of(run) if isinstance(event, ScriptStarted)]) == 1


def test_what_cannot_be_started_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(Exception, match=r"/no/python cannot be used \(No such file or directory\)"),
        new_script_run(tmp_path, record_of("/no/python", "train.py")) as run,
    ):
        launch(run)
    assert list(tmp_path.iterdir()) == []
