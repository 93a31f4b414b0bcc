"""The keeper of a script's run: a small process beside it, so that the training needs nobody who looks on.

    python -m lstm_engine.script.keeper RUN [--ckpt PATH --fit N [--epochs N]]

It holds the run, starts the script that `script.json` names, follows what the hook in it tells, writes the pulse and
the summary, and what the machine does; and ends when the script has ended. Its first and only line on standard output
is a `Begun`. SIGTERM and SIGINT are the script's. Killed, it takes nothing along: the script trains on.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import sys
import threading
from pathlib import Path
from typing import NoReturn, Protocol

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.protocol.runtime_folder import runtime_folder
from lstm_engine.script.keeping.event_writer import EventWriter
from lstm_engine.script.keeping.kept_process import KeptProcess
from lstm_engine.script.keeping.run_teller import RunTeller
from lstm_engine.script.output_tail import OUTPUT, output_tail
from lstm_engine.script.script_environment import GoOn, script_environment
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded, ScriptStarted
from lstm_engine.store.holding.lock import RunLock
from lstm_engine.store.holding.owner import set_address
from lstm_engine.store.script_record import ScriptRecord, read_script_record

#: Seconds between two beats of the pulse, and between two looks at the machine.
_BEAT, _SAMPLE = 1.0, 2.0


class Follower(Protocol):
    """Does something with what a run's script tells."""

    def look(self) -> None:
        """Reads what is new."""

    def end(self) -> None:
        """The last look, once the script has ended."""


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """The first line: the numbers of the keeper's process and the script's, or why there is none."""

    keeper: int = 0
    pid: int = 0
    problem: str = ""


def main() -> NoReturn:
    """Keeps one run, as a process that is nobody's child: whoever started it has nothing to wait for."""
    parser = argparse.ArgumentParser(prog="python -m lstm_engine.script.keeper")
    parser.add_argument("run", type=Path)
    parser.add_argument("--ckpt", default="")
    parser.add_argument("--fit", type=int, default=0)
    parser.add_argument("--epochs", type=int)
    options = parser.parse_args()
    go_on = GoOn(options.ckpt, options.fit, options.epochs) if options.ckpt else None
    if os.fork():
        os._exit(0)
    sys.exit(keep(options.run, go_on))


def keep(run: Path, go_on: GoOn | None) -> int:
    """Runs the run's script to its end; the exit status."""
    umask = os.umask(0o077)
    process = KeptProcess()
    try:
        record = read_script_record(run)
        address = _address()
        set_address(address)
        lock = RunLock(run)
        lock.acquire()
        environment = script_environment(os.environ, run, address, go_on)
        events = EventWriter(run)
        teller = RunTeller(run)
        pid = process.start(record.argv, record.directory, environment, run, umask)
    except UserError as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{error.filename or run} cannot be used ({error.strerror}): the script was not started")
    resumed_from = go_on.checkpoint if go_on else None
    events.tell(
        ScriptStarted(
            pid=pid,
            host=socket.gethostname(),
            argv=record.argv,
            directory=record.directory,
            resumed_from=resumed_from,
            max_epochs=go_on.max_epochs if go_on else None,
        )
    )
    _say(Begun(keeper=os.getpid(), pid=pid))
    over = threading.Event()
    threading.Thread(target=_watch_machine, args=(pid, events, over), name="machine", daemon=True).start()
    followers = [teller, *_tensorboard(run, record)]
    for follower in followers:
        follower.look()
    while not process.wait(_BEAT):
        for follower in followers:
            follower.look()
    over.set()
    status, signal = process.status
    events.tell(ScriptEnded(status=status, signal=signal, last="\n".join(output_tail(run / OUTPUT))))
    for follower in followers:
        follower.end()
    if address:
        with contextlib.suppress(OSError):
            os.unlink(address)  # noqa: PTH108 - which a killed script has left
    lock.release()
    return 0


def _address() -> str:
    """Where the hook is to listen; empty where there is no folder for it, and then the script is only watched."""
    try:
        return str(runtime_folder(os.environ) / f"{os.getpid()}.sock")
    except UserError:
        return ""


def _tensorboard(run: Path, record: ScriptRecord) -> list[Follower]:
    if not record.tensorboard:
        return []
    from lstm_engine.script.keeping.script_tensorboard import ScriptTensorboard

    return [ScriptTensorboard(run, _complain)]


def _complain(sentence: str) -> None:
    """Into the keeper's log."""
    with contextlib.suppress(OSError):
        os.write(2, f"{sentence}\n".encode())


def _watch_machine(pid: int, events: EventWriter, over: threading.Event) -> None:
    """Tells of the machine until the script is over. On a thread: a driver that hangs is to keep nobody waiting."""
    import psutil

    from lstm_engine.script.keeping.machine import MachineSampler

    with contextlib.suppress(psutil.NoSuchProcess):
        sampler = MachineSampler(pid)
        while not over.wait(_SAMPLE):
            events.tell(sampler.sample())


def _refuse(problem: str) -> int:
    _say(Begun(problem=problem))
    return 1


def _say(begun: Begun) -> None:
    """To whoever has started this, who then need not stay."""
    with contextlib.suppress(OSError):
        os.write(1, msgspec.json.encode(begun) + b"\n")
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 1)
        os.close(null)


if __name__ == "__main__":
    main()
