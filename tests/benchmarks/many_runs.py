"""Writes a folder of thousands of runs without training them.

    python -m tests.benchmarks.many_runs CHECKPOINTS RUNS

One is trained and interrupted by nothing; the others are the same files with other settings, figures and times.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec

from lstm_engine.run.config import RunConfig
from lstm_engine.store import directory as runs
from tests.support.in_process import train

_STATES: tuple[runs.RunState, ...] = ("finished", "finished", "paused", "failed")


def main() -> None:
    root, count = Path(sys.argv[1]), int(sys.argv[2])
    train(root, RunConfig(), 20, 20)
    (trained,) = root.iterdir()
    for number in range(1, count):
        _copy(trained, root / f"{trained.name}-{number}", number)


def _copy(trained: Path, directory: Path, number: int) -> None:
    directory.mkdir()
    for path in trained.iterdir():
        if path.name not in (runs.RECORD, runs.SUMMARY):
            os.link(path, directory / path.name)  # what is not looked at needs no room of its own
    record, summary = runs.read_record(trained), runs.read_summary(trained)
    assert summary is not None
    config = msgspec.structs.replace(record.config, seed=number, lr=0.001 * (1 + number % 7))
    record = msgspec.structs.replace(record, config=config)
    (directory / runs.RECORD).write_bytes(msgspec.json.format(msgspec.json.encode(record)))
    saved = f"2026-01-{1 + number % 28:02}T{number % 24:02}:{number % 60:02}:00+00:00"
    summary = msgspec.structs.replace(
        summary, state=_STATES[number % len(_STATES)], train_loss=1 / number, updated=saved
    )
    (directory / runs.SUMMARY).write_bytes(msgspec.json.encode(summary))


if __name__ == "__main__":
    main()
