"""Writes a run of a million epochs without training them.

    python -m tests.benchmarks.long_run CHECKPOINTS EPOCHS

A few epochs are trained for a real checkpoint, whose counters are then moved on. Prints the run's name.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.run.records import CheckpointRecord, Stage
from lstm_engine.store import directory as runs
from lstm_engine.store.database import Store
from lstm_engine.store.files import write_durably
from lstm_engine.store.integrity import digest
from lstm_engine.training import checkpoint as checkpoints
from tests.benchmarks.histories import made_up
from tests.support.in_process import train

#: Of epochs that are committed together; a run has about one such a second.
_CHUNK = 1000
_TRAINED = 3


def main() -> None:
    root, epochs = Path(sys.argv[1]), int(sys.argv[2])
    config = RunConfig()
    train(root, config, _TRAINED)
    (trained,) = root.iterdir()
    checkpoint = checkpoints.load(trained / checkpoints.file_name(_TRAINED, 2 * _TRAINED))
    moved: dict[str, Any] = _moved(checkpoint, {_TRAINED: epochs, 2 * _TRAINED: 2 * epochs})
    print(_write(root, config, epochs, checkpoints.dumps(checkpoint | {"loops": moved["loops"]})))


def _write(root: Path, config: RunConfig, epochs: int, data: bytes) -> str:
    columns = Columns.of(config)
    directory = runs.create_run(root, config)
    file = checkpoints.file_name(epochs, 2 * epochs)
    store = Store.open(directory, columns)
    store.begin_stage(Stage(0, epochs))
    rows = made_up(columns, epochs)
    for first in range(0, len(rows), _CHUNK):
        store.add(first, rows[first : first + _CHUNK], None, ())
    store.add(epochs + 1, rows[:0], CheckpointRecord(file, epochs, digest(data), "stage"), ())
    store.close()
    write_durably(directory / file, data)
    return directory.name


def _moved(value: Any, numbers: dict[int, int]) -> Any:
    """The same structure with other whole numbers in it."""
    if isinstance(value, dict):
        return {key: _moved(inner, numbers) for key, inner in value.items()}
    return numbers.get(value, value) if type(value) is int else value


if __name__ == "__main__":
    main()
