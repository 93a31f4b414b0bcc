"""A run's history for other programs: CSV, JSON, or what Lightning's CSVLogger would keep; in full precision."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TextIO

from lstm_engine.formats.metric_names import EPOCH, metric_names, steps_per_epoch
from lstm_engine.formats.metrics_csv import STEP, write_metrics_csv
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, as_sent
from lstm_engine.store.directory import read_history, read_record

ExportFormat = Literal["csv", "json", "metrics-csv"]


def export(directory: Path, form: ExportFormat, file: TextIO) -> None:
    """Writes a row an epoch: epoch, train_loss, a prediction a company, every parameter. Epoch 0 is untrained.

    CSV has a header; a value that is not finite, or the loss at epoch 0, is an empty cell there and null in JSON.
    Among the metrics the optimiser steps made until the epoch's end stand beside it.

    Raises:
        UserError: the run cannot be read; nothing was written.
    """
    config = read_record(directory).config
    columns = Columns.of(config)
    rows = (as_sent(row) for row in read_history(directory, columns).rows)
    if form == "csv":
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["epoch", *columns.names])
        writer.writerows([epoch, *row] for epoch, row in enumerate(rows))
    elif form == "metrics-csv":
        _write_metrics(config, rows, file)
    else:
        file.writelines(_json_lines(columns, rows))


def _write_metrics(config: RunConfig, rows: Iterator[list[float | None]], file: TextIO) -> None:
    names, per_epoch = metric_names(config), steps_per_epoch(config)
    metrics = (
        {EPOCH: epoch, STEP: epoch * per_epoch, **dict(zip(names, row, strict=True))} for epoch, row in enumerate(rows)
    )
    write_metrics_csv(metrics, [EPOCH, STEP, *names], file)


def _json_lines(columns: Columns, rows: Iterator[list[float | None]]) -> Iterator[str]:
    """One array, an object a line, so that a million epochs never are in memory as one text."""
    yield "["
    for epoch, row in enumerate(rows):
        named = columns.named(row)
        entry = {
            "epoch": epoch,
            "train_loss": named.loss,
            "predictions": named.predictions,
            "parameters": named.parameters,
        }
        yield f"{',' if epoch else ''}\n{json.dumps(entry)}"
    yield "\n]\n"
