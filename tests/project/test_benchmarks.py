"""The benchmarks in their quickest form: every row of the table comes out. What they measure is not judged here.

Each of them is run by `make soak`; the others run those that take a few seconds.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.benchmarks.__main__ import BENCHMARKS, Report
from tests.benchmarks.table import MET, MISSED, TOLD

SIZES = ("T 20 H 1 B 1", "T 20 H 8 B 64", "T 30 H 32 B 64", "T 60 H 32 B 64", "T 20 H 32 B 2000", "T 250 H 32 B 64")
#: Benchmarks that run one after the other, and the rows that must come of them.
GROUPS = {
    ("first-frame", "frames", "gates"): ["first frame", "frame", "memory", "gates"],
    ("training", "toll", "watchers", "loading", "link"): [
        "training, headless",
        "published figures",
        "the floor",
        "the dashboard's toll",
        "watchers",
        "keys while loading",
        "slow link",
    ],
    ("price-models",): [f"model of prices, {size}" for size in SIZES],
    ("real-series",): [
        "GOOG by price",
        "GOOG by return",
        "AAPL by price",
        "AAPL by return",
        "AirPassengers by price",
        "AirPassengers by return",
        "sunspots by price",
    ],
    ("price-memory", "parameter-history"): [
        *(f"memory of windows, H {units}" for units in (1, 8)),
        "history of parameters, H 512",
    ],
    ("sweeps",): [f"sweep of {members}" for members in ("1", "100", "1,000", "10,000")],
    ("ready", "attach", "live", "opening", "companies", "quitting", "run-list", "event-files", "script-toll"): [
        "ready",
        "attach",
        "keys",
        "bytes to the terminal",
        "idle",
        "memory while training",
        "opening a long run",
        "zoom and scroll",
        "many companies",
        "quitting",
        "run list",
        "foreign logs",
        "script's toll, 10 ms",
        "script's toll, 1.5 ms",
    ],
}


def test_every_benchmark_is_run_here() -> None:
    assert sorted(name for names in GROUPS for name in names) == sorted(BENCHMARKS)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "names",
    [pytest.param(names, marks=[pytest.mark.soak] if "gates" not in names else []) for names in GROUPS],
    ids=lambda names: names[0],
)
def test_every_row_has_a_figure_and_a_verdict(names: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "bench.json"
    chosen = [word for name in names for word in ("--only", name)]
    command = [sys.executable, "-m", "tests.benchmarks", "--quick", "--json", str(file), *chosen]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    report = msgspec.json.decode(file.read_bytes(), type=Report)
    assert [row.what for row in report.results] == GROUPS[names]
    for row in report.results:
        assert row.figure in ran.stdout
        assert row.values, f"{row.what} has no numbers"
        assert row.verdict in ((MET, MISSED) if row.target else (TOLD,))
