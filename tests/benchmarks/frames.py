"""A frame's processor time over short and long histories, and what the dashboard keeps of each epoch."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

import msgspec

from tests.benchmarks.drawing import BATCH, Drawn
from tests.benchmarks.effort import Effort
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import Terminal

_PATIENCE = 300.0


def frames(effort: Effort, folder: Path) -> list[Result]:
    answer = folder / "drawn.json"
    counts = (effort.frames, effort.frame_rounds, effort.grown)
    command = [sys.executable, "-m", "tests.benchmarks.drawing", *map(str, counts), str(answer)]
    with Terminal([*command, *map(str, effort.histories)], Path.cwd()) as terminal:
        terminal.wait_for_end(_PATIENCE)
        if not answer.exists():
            raise RuntimeError(str(terminal.screen()))
    drawn = msgspec.json.decode(answer.read_bytes(), type=Drawn)
    flat = {length: median(times) for length, times in drawn.flat.items()}
    slowest = max(*flat.values(), median(drawn.lively))
    growth = flat[max(flat)] / flat[min(flat)]
    lengths = " / ".join(f"{length:,}" for length in flat)
    times = " / ".join(f"{time * 1000:.1f}" for time in flat.values())
    return [
        result(
            "frame",
            f"processor time a frame at 160×48, all panels, {BATCH} new epochs each, medians of {effort.frame_rounds} "
            f"rounds of {effort.frames} frames in turn: {times} ms on histories of {lengths} epochs on one axis, "
            f"{median(drawn.lively) * 1000:.1f} ms where a frame's epochs fill a column",
            f"{slowest * 1000:.1f} ms; longest history × {growth:.2f}",
            "≤ 15 ms, flat ± 10 %",
            met=slowest <= 0.015 and growth <= 1.1,
            lengths=list(flat),
            flat=list(flat.values()),
            lively=drawn.lively,
        ),
        result(
            "memory",
            f"growth of the dashboard's own memory while it is told of {effort.grown:,} epochs, all panels on screen",
            f"{drawn.grown:.0f} bytes an epoch",
            "≤ 200 bytes",
            met=drawn.grown <= 200,
            dashboard=drawn.grown,
        ),
    ]
