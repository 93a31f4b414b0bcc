"""Trains the sweep whose folder it is given, to its end or until it is told to stop.

    python -m lstm_engine.sweep_run.program FOLDER [--workers N]

Its lines on standard output are JSON: {"epoch": of the slowest member, "epochs", "rate": epochs of a member a second}.
On SIGTERM and SIGINT it saves and ends, with exit status 130. Killed, it has lost what came since the last second.
"""

from __future__ import annotations

import lstm_engine.single_thread_numpy  # noqa: F401 - ahead of all that imports NumPy

# isort: split
import argparse
import os
import signal
import sys
import threading
import time
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

import msgspec
import numpy as np

from lstm_engine.errors import UserError
from lstm_engine.store.holding.lock import RunLock
from lstm_engine.sweep.block import Block, Training
from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.sweep.sweep_folder import (
    blocks_of,
    bounds,
    every,
    is_whole,
    read_block,
    read_settings,
    remove_block,
    write_block,
)

#: Seconds between two saves of a block; epochs between two looks at the clock.
_SAVE_EVERY, _LOOK_EVERY = 1.0, 10

Place = tuple[int, int]


def main() -> int:
    """Trains; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m lstm_engine.sweep_run.program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda *_: stopping.set())
    try:
        lock = RunLock(options.folder)
        lock.acquire()
        train(options.folder, max(1, options.workers), stopping)
        lock.release()
    except UserError as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(
            f"{error.filename or options.folder} cannot be written ({error.strerror}): what was saved stays"
        )
    except BrokenProcessPool:
        return _refuse("a process of the sweep was killed: what was saved stays, and is gone on with")
    return 130 if stopping.is_set() else 0


def train(folder: Path, workers: int, stopping: threading.Event) -> None:
    """Trains every block to the end, a second of each in turn, or until `stopping`.

    Raises:
        UserError: the folder is damaged.
        OSError: it cannot be written.
        BrokenProcessPool: a worker was killed.
    """
    settings = read_settings(folder)
    places = blocks_of(folder)
    if not is_whole(settings, places):
        _refuse_trained(folder, places)
        places = _begun(folder, settings, workers)
    epochs = {place: read_block(folder, *place).epoch for place in places}
    waiting = [place for place in places if epochs[place] < settings.epochs]
    started, first = time.monotonic(), sum(_work(epochs))
    running: dict[Future[int], Place] = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver"), initializer=_leave_signals) as pool:
        while (waiting and not stopping.is_set()) or running:
            while waiting and len(running) < workers and not stopping.is_set():
                place = waiting.pop(0)
                running[pool.submit(advance, folder, place)] = place
            done, _ = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
            for future in done:
                place = running.pop(future)
                epochs[place] = future.result()
                if epochs[place] < settings.epochs:
                    waiting.append(place)
            if done:
                rate = (sum(_work(epochs)) - first) / (time.monotonic() - started)
                _tell(settings, min(epochs.values()), rate)


def advance(folder: Path, place: Place) -> int:
    """Trains a block for a second and saves it; the epoch that it is at then."""
    settings = read_settings(folder)
    block = read_block(folder, *place)
    training, end = Training(settings.data, place[1] - place[0]), time.monotonic() + _SAVE_EVERY
    while block.epoch < settings.epochs and time.monotonic() < end:
        training.train(block, min(block.epoch + _LOOK_EVERY, settings.epochs), every(settings))
    write_block(folder, *place, block, finished=block.epoch >= settings.epochs)
    return block.epoch


def _refuse_trained(folder: Path, places: list[Place]) -> None:
    """Raises UserError where some blocks are trained, and others gone."""
    if any(read_block(folder, *place).epoch for place in places):
        raise UserError(f"sweep {folder.name} has lost a block: expected the files of all its members")


def _begun(folder: Path, settings: SweepSettings, workers: int) -> list[Place]:
    """The blocks, untrained, on disk. None is trained before all of them are there."""
    from lstm_engine.sweep_run.initial_weights import initial_weights

    for place in blocks_of(folder):  # untrained, and perhaps of other sizes
        remove_block(folder, *place)
    members = settings.members
    places = bounds(settings, workers)
    weights = initial_weights([settings.config(member) for member in members])
    lr = np.array([member.lr for member in members])
    for first, last in places:
        write_block(folder, first, last, Block.of(weights[:, first:last], lr[first:last]), finished=False)
    return places


def _work(epochs: dict[Place, int]) -> list[int]:
    return [(last - first) * epoch for (first, last), epoch in epochs.items()]


def _leave_signals() -> None:
    """Whoever started the process says when it ends."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _tell(settings: SweepSettings, epoch: int, rate: float) -> None:
    told = {"epoch": epoch, "epochs": settings.epochs, "rate": rate}
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")
    sys.stdout.flush()


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
