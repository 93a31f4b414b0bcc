"""Runs the benchmarks and prints the table.

python -m tests.benchmarks [--quick] [--only NAME …] [--json FILE]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from tests.benchmarks.attach import attach
from tests.benchmarks.companies import many_companies
from tests.benchmarks.effort import FULL, QUICK, Effort
from tests.benchmarks.event_files import event_files
from tests.benchmarks.frames import frames
from tests.benchmarks.gates import gates
from tests.benchmarks.link import slow_link
from tests.benchmarks.live import live
from tests.benchmarks.machine import Machine, machine, told
from tests.benchmarks.opening import opening
from tests.benchmarks.parameter_history import parameter_history
from tests.benchmarks.price_memory import price_memory
from tests.benchmarks.price_models import price_models
from tests.benchmarks.real_series import real_series
from tests.benchmarks.run_list import run_list
from tests.benchmarks.script_toll import script_toll
from tests.benchmarks.start import first_frame, keys_while_loading, quitting, ready
from tests.benchmarks.sweeps import sweeps
from tests.benchmarks.table import MISSED, Result, rendered
from tests.benchmarks.toll import toll
from tests.benchmarks.training import training
from tests.benchmarks.watchers import watchers

BENCHMARKS: dict[str, Callable[[Effort, Path], list[Result]]] = {
    "training": training,
    "toll": toll,
    "watchers": watchers,
    "first-frame": first_frame,
    "ready": ready,
    "attach": attach,
    "loading": keys_while_loading,
    "live": live,
    "frames": frames,
    "gates": gates,
    "opening": opening,
    "link": slow_link,
    "companies": many_companies,
    "quitting": quitting,
    "run-list": run_list,
    "event-files": event_files,
    "script-toll": script_toll,
    "price-models": price_models,
    "real-series": real_series,
    "price-memory": price_memory,
    "parameter-history": parameter_history,
    "sweeps": sweeps,
}


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What is written as JSON. broken: the benchmarks that could not be carried out, and why."""

    before: Machine
    after: Machine
    seconds: float
    results: list[Result]
    broken: dict[str, str]


def measured(names: Sequence[str], effort: Effort) -> Report:
    """Runs the benchmarks of those names, one after the other."""
    begun = time.monotonic()
    before = machine()
    results: list[Result] = []
    broken: dict[str, str] = {}
    for name in names:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="lstm-tui-bench-") as folder:
            try:
                results += BENCHMARKS[name](effort, Path(folder))
            except Exception as error:  # the other ones are worth having all the same
                broken[name] = f"{type(error).__name__}: {error}"
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return Report(before=before, after=machine(), seconds=time.monotonic() - begun, results=results, broken=broken)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measures what lstm-tui promises.")
    parser.add_argument("--quick", action="store_true", help="only see whether every row still comes out")
    parser.add_argument("--only", action="append", choices=BENCHMARKS, help="this one; may be given several times")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args()
    report = measured(options.only or list(BENCHMARKS), QUICK if options.quick else FULL)
    missed = sum(row.verdict == MISSED for row in report.results)
    print(rendered(report.results))
    print(f"\n{told(report.before, report.after)}")
    print(f"{missed} missed; measured in {report.seconds:.0f} s" + (" (quick: not for judging)" * options.quick))
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(report)))
    for name, reason in report.broken.items():
        print(f"\n{name} could not be measured: {reason}", file=sys.stderr)
    sys.exit(bool(report.broken))


if __name__ == "__main__":
    main()
