"""The machine, and how steady it is: a shared one's speed changes while one measures."""

from __future__ import annotations

import os
import platform
import time
from importlib.metadata import version
from pathlib import Path

import msgspec

from tests.benchmarks.samples import percentile

_PIECES = 40
_STEPS = 100_000


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """load: runnable processes, average of the last minute. unsteadiness: of equal pieces of work one after the
    other, how much longer the slow ones took (90th over 10th percentile); 1.0 is a quiet machine."""

    processor: str
    cores: int
    python: str
    torch: str
    lightning: str
    textual: str
    load: float
    unsteadiness: float


def machine() -> Machine:
    """As it is now."""
    times = [_timed_piece() for _ in range(_PIECES)]
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        python=platform.python_version(),
        torch=version("torch"),
        lightning=version("lightning"),
        textual=version("textual"),
        load=os.getloadavg()[0],
        unsteadiness=percentile(times, 90) / percentile(times, 10),
    )


def told(before: Machine, after: Machine) -> str:
    """One paragraph on what the figures are worth."""
    return (
        f"{before.processor}, {before.cores} cores; Python {before.python}, torch {before.torch}, lightning "
        f"{before.lightning}, textual {before.textual}\n"
        f"load {before.load:.1f} before, {after.load:.1f} after; equal pieces of work differed by a factor of "
        f"{before.unsteadiness:.2f} before, {after.unsteadiness:.2f} after (1.00 is a quiet machine)"
    )


def _timed_piece() -> float:
    begun = time.perf_counter()
    for _ in range(_STEPS):
        pass
    return time.perf_counter() - begun


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
