"""All that a script's run was told of, as an event file or the rows of a `metrics.csv`."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.formats.event_file.exported_event_file import exported_event_file
from lstm_engine.formats.event_file.writer import EventFileWriter
from lstm_engine.formats.metrics_rows import MetricsRows
from lstm_engine.script.event_log import EventLog
from lstm_engine.script.script_scalars import ScriptScalars
from lstm_engine.script.vocabulary.events import EVENTS


def script_export(directory: Path, output: Path) -> Path:
    """Writes an event file of the script's run in `directory` to the folder `output`, which is made; the file's path.

    Raises:
        UserError: the folder has event files, which TensorBoard would take for the same run's; nothing was written.
        OSError: the run cannot be read, or the file cannot be written; nothing is left of it.
    """
    events = list(EventLog(directory / EVENTS).new())
    wall = next((event.at for event in events if event.at), 0.0)
    with exported_event_file(output, wall) as (file, path):
        scalars = ScriptScalars(EventFileWriter(file, wall))
        for event in events:
            scalars.take(event)
    return path


def script_metrics(directory: Path) -> MetricsRows:
    """What the script's run in `directory` logged, and its learning rates. Raises OSError where it cannot be read."""
    rows = MetricsRows()
    scalars = ScriptScalars(rows)
    for event in EventLog(directory / EVENTS).new():
        scalars.take(event)
    return rows
