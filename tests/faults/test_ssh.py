"""The dashboard over a real SSH connection on loopback, and what is left when the connection drops."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from lstm_engine.listing.entries import entries
from tests.support.left_running import FAR, end_all
from tests.support.resuming import check_resumes_to_the_same_bits
from tests.support.terminal import Terminal, command_of, free_port, wait_until_gone

SSHD = "/usr/sbin/sshd"

pytestmark = pytest.mark.skipif(
    not Path(SSHD).exists() or os.getuid() != 0, reason="needs openssh-server, and root to start it"
)


def listening(config: Path) -> tuple[int, subprocess.Popen[bytes]]:
    """A server with that configuration, and its port; another one where somebody was quicker to take the first."""
    while True:
        port = free_port()
        command = [SSHD, "-D", "-e", "-f", str(config), "-p", str(port)]
        server = subprocess.Popen(command, stderr=subprocess.PIPE)
        said = server.stderr.readline()
        if b"listening" in said:
            return port, server
        server.kill()
        server.communicate()
        assert b"Address already in use" in said, said.decode()


@contextmanager
def sshd(folder: Path) -> Iterator[list[str]]:
    """A server of our own on a free port of 127.0.0.1; yields the `ssh` command that reaches it."""
    Path("/run/sshd").mkdir(exist_ok=True)  # where sshd drops its privileges
    for name in ("host_key", "user_key"):
        keygen = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(keygen, check=True)
    (folder / "authorized_keys").write_bytes((folder / "user_key.pub").read_bytes())
    options = {
        "ListenAddress": "127.0.0.1",
        "HostKey": folder / "host_key",
        "AuthorizedKeysFile": folder / "authorized_keys",
        "PidFile": folder / "pid",
        "StrictModes": "no",
        "UsePAM": "no",
        "PermitRootLogin": "yes",
    }
    (folder / "config").write_text("".join(f"{name} {value}\n" for name, value in options.items()))
    port, server = listening(folder / "config")
    try:
        client = {"StrictHostKeyChecking": "no", "UserKnownHostsFile": folder / "known_hosts", "LogLevel": "ERROR"}
        command = ["ssh", "-tt", "-F", "none", "-i", str(folder / "user_key"), "-p", str(port)]
        yield [*command, *(f"-o{name}={value}" for name, value in client.items()), "127.0.0.1"]
    finally:
        server.kill()
        server.communicate()


def engine_of(root: Path) -> int:
    """The process id of the engine that trains under `root`: no child of ours, and its watchdog's parent."""
    processes = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    engines = [pid for pid in processes if f"-m lstm_engine --checkpoints {root}" in command_of(pid)]
    (engine,) = (pid for pid in engines if parent_of(pid) not in engines)
    return engine


def parent_of(pid: int) -> int:
    """0 where the process is gone."""
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


@pytest.mark.parametrize(
    "how", ["the connection is cut", pytest.param("the client is killed", marks=pytest.mark.soak)]
)
def test_after_a_dropped_connection_a_new_login_finds_the_run_further_on_and_steers_it(
    tmp_path: Path, how: str
) -> None:
    root = tmp_path / "runs"
    program = f"cd {Path.cwd()} && {sys.executable} -m tui"
    with sshd(tmp_path) as ssh:
        try:
            with Terminal(
                command=[*ssh, f"{program} --checkpoints {root} --start --epochs {FAR} --save-every 0.2"]
            ) as terminal:
                terminal.wait_for("training", "saved at")
                engine = engine_of(root)
                dashboard = parent_of(engine)
                # The server's process of this connection: what a reset of the line ends.
                os.kill(
                    terminal.process.pid if how == "the client is killed" else session_of(dashboard), signal.SIGKILL
                )
                wait_until_gone(dashboard)
            (left,) = entries(root)
            assert left.state == "running"
            with Terminal(command=[*ssh, f"{program} attach --checkpoints {root}"]) as terminal:
                terminal.wait_for("training", left.run, "attached: D leaves it running")
                terminal.press(" ")
                terminal.wait_for("paused")
                (paused,) = entries(root)
                assert paused.epoch > left.epoch
                terminal.press(" ")
                terminal.wait_for("training")
        finally:
            end_all(root)
        wait_until_gone(engine)
    (run,) = entries(root)
    assert (run.state, run.epoch > paused.epoch) == ("stopped", True)
    check_resumes_to_the_same_bits(root)


def session_of(pid: int) -> int:
    """The sshd process that serves the connection which `pid` was started over."""
    while "sshd" not in command_of(pid):
        pid = int(Path(f"/proc/{pid}/status").read_text().split("PPid:")[1].split()[0])
    return pid
