"""Training the model of prices by hand against PyTorch's layer, both in Lightning and in one thread."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.benchmarks.effort import Effort
from tests.benchmarks.samples import spread
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import environment

#: Days, units, windows of a batch; the first three are below T·B·H = 100,000, the others beyond.
_SIZES = ((20, 1, 1), (20, 8, 64), (30, 32, 64), (60, 32, 64), (20, 32, 2000), (250, 32, 64))
_SMALL = 100_000
_PROGRAM = str(Path(__file__).parent / "priced_steps.py")


def price_models(effort: Effort, folder: Path) -> list[Result]:
    """Both take turns, each in a process of its own."""
    results = []
    for days, units, windows in _SIZES:
        pairs = [
            [
                seconds_a_step(folder, model, days, units, windows, effort.price_steps)
                for model in ("by-hand", "nn-lstm")
            ]
            for _ in range(effort.price_pairs)
        ]
        ratios = [ours / theirs for ours, theirs in pairs]
        is_small = days * units * windows < _SMALL
        allowed = 1.0 if is_small else 1.5
        met = median(ratios) < allowed if is_small else median(ratios) <= allowed
        results.append(
            result(
                f"model of prices, T {days} H {units} B {windows}",
                f"processor seconds a training step by hand over nn.LSTM's, in Lightning, one thread; {len(ratios)} "
                f"pairs in turn; by hand {1000 * median(ours for ours, _ in pairs):.2f} ms",
                spread(ratios, ".2f"),
                f"{'<' if is_small else '≤'} {allowed}",
                met=met,
                ratios=ratios,
            )
        )
    return results


def seconds_a_step(folder: Path, model: str, days: int, units: int, windows: int, steps: int) -> float:
    """Processor seconds of a training step in Lightning, in a process of one thread."""
    words = [model, *map(str, (days, units, windows, steps))]
    # As the program sets them for itself before it imports NumPy, which this one has done by then.
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    done = subprocess.run(
        [sys.executable, _PROGRAM, *words],
        check=True,
        capture_output=True,
        cwd=folder,
        env={**environment(), **one_thread},
    )
    return float(json.loads(done.stdout.splitlines()[-1]))
