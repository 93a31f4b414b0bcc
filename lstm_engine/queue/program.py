"""Trains the queue whose folder it is given, to its end or until it is told to stop.

    python -m lstm_engine.queue.program FOLDER [--workers N] [--cluster ADDRESS]

Its lines on standard output are JSON, one for each change of a member: {"run", "state", "where", "epoch", "epochs",
"loss", "cause"}. On SIGTERM and SIGINT all members are saved, and it ends with exit status 130; with 1, where a member
has failed or the scheduler is gone, and a sentence on standard error.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import PRICES
from lstm_engine.queue.dask_cluster import DaskCluster, dask_cluster
from lstm_engine.queue.local_workers import LocalWorkers
from lstm_engine.queue.member_task import MemberOutcome, MemberTask, version
from lstm_engine.queue.queue_folder import QueueFolder, read_queue
from lstm_engine.queue.queue_settings import QueueMember
from lstm_engine.queue.run_archive import packed, unpacked
from lstm_engine.script.last_progress import last_progress
from lstm_engine.script.script_run import INPUTS
from lstm_engine.store.files import bytes_at
from lstm_engine.store.holding.lock import RunLock
from lstm_engine.store.script_record import is_script_run

#: Seconds between two looks whether to stop.
_LOOK = 0.2
_DONE, _FAILED, _STOPPED = 0, 1, 130


def main() -> int:
    """Trains; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m lstm_engine.queue.program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--cluster")
    options = parser.parse_args()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda *_: stopping.set())
    try:
        lock = RunLock(options.folder)
        lock.acquire()
        status = train(read_queue(options.folder), max(1, options.workers), options.cluster, stopping)
        lock.release()
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return _FAILED
    except OSError as error:
        sys.stderr.write(f"{error.filename or options.folder} cannot be written ({error.strerror})\n")
        return _FAILED
    return status


def train(queue: QueueFolder, workers: int, address: str | None, stopping: threading.Event) -> int:
    """Trains every member that is not done; the exit status.

    Raises:
        UserError: there is nowhere to train, or no more.
        OSError: a run that came home cannot be written.
    """
    states: dict[str, str] = {}
    for member in queue.members:
        states[member.run] = "done" if queue.is_done(member) else "waiting"
        _tell(member.run, states[member.run], epochs=member.settings.epochs)
    waiting = [member for member in queue.members if states[member.run] == "waiting"]
    if waiting:
        with _workers(queue, workers, address) as found:
            found.submit([_task(queue, member, address) for member in waiting], _prices(queue))
            _follow(queue, found, states, stopping)
    failed = [run for run, state in states.items() if state == "failed"]
    if failed:
        raise UserError(f"{len(failed)} of {len(states)} members failed, {failed[0]} the first")
    return _STOPPED if "stopped" in states.values() else _DONE


@contextmanager
def _workers(queue: QueueFolder, count: int, address: str | None) -> Iterator[DaskCluster | LocalWorkers]:
    """Those of the cluster at `address`, or so many of this machine. Raises UserError."""
    if address is None:
        local = LocalWorkers(count)
        try:
            yield local
        finally:
            local.stop()
            local.close()
        return
    with dask_cluster(address, str(queue.path)) as cluster:
        cluster.check_versions()
        yield cluster


def _follow(
    queue: QueueFolder, workers: DaskCluster | LocalWorkers, states: dict[str, str], stopping: threading.Event
) -> None:
    """Until every member has ended."""
    was_asked, told = False, dict[str, dict[str, Any]]()
    while any(state in ("waiting", "training") for state in states.values()):
        if stopping.is_set() and not was_asked:
            was_asked = True
            workers.stop()
        news = workers.news(_LOOK)
        if news is None or states[news["run"]] not in ("waiting", "training"):
            continue  # a last word from a worker whose outcome has been faster
        run = news["run"]
        if (outcome := news.get("outcome")) is None:
            states[run] = "training"
            if news != told.get(run):
                told[run] = news
                _tell(run, "training", **{name: news[name] for name in ("where", "epoch", "epochs", "loss")})
        else:
            states[run] = _taken_in(queue, run, outcome)
            # From the run itself: it may have ended before its last epoch, by patience.
            progress = last_progress(queue.path.parent / run)
            came_to = {"epoch": progress.epoch, "epochs": progress.target or None, "loss": progress.loss}
            _tell(run, states[run], cause=outcome.cause, **came_to)


def _taken_in(queue: QueueFolder, run: str, outcome: MemberOutcome) -> str:
    """How the member has ended, its run at home."""
    if outcome.archive:
        unpacked(outcome.archive, queue.path.parent / run)
    return outcome.state


def _task(queue: QueueFolder, member: QueueMember, address: str | None) -> MemberTask:
    run, settings = queue.path.parent / member.run, member.settings
    facts = (settings.model, f"hidden {settings.hidden}", f"lr {settings.lr:g}", f"seed {settings.seed}")
    return MemberTask(
        version=version(),
        queue=str(queue.path),
        token=queue.token,
        run=member.run,
        settings=msgspec.json.encode(settings),
        note=f"#{queue.path.name} {', '.join(facts)}",
        archive=packed(run) if address is not None and is_script_run(run) else b"",
    )


def _prices(queue: QueueFolder) -> bytes:
    return bytes_at(queue.path / INPUTS / PRICES)


def _tell(run: str, state: str, **more: Any) -> None:
    told = {"run": run, "state": state, "where": "", "epoch": None, "epochs": None, "loss": None, "cause": "", **more}
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
