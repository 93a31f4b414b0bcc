"""A history for other programs: every number comes back as it was, and what is not finite as nothing."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.formats.export import ExportFormat, export
from lstm_engine.formats.metric_names import metric_names
from lstm_engine.formats.metrics_csv import METRICS, MetricsCsvReader
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, Rows
from tests.support.run_folders import make_run

COLUMNS = Columns.of(RunConfig())


@pytest.fixture
def rows() -> Rows:
    """Three epochs of numbers that need all their digits, and some that are not finite."""
    found = np.random.default_rng(1).normal(size=(3, COLUMNS.width)).astype(np.float32)
    found[0, 0], found[1, 2], found[2, 5] = np.nan, np.inf, -np.inf
    found[2, 1] = np.float32(1e-40)
    return found


def exported(directory: Path, form: ExportFormat) -> str:
    file = io.StringIO()
    export(directory, form, file)
    return file.getvalue()


def test_csv_holds_every_number(tmp_path: Path, rows: Rows) -> None:
    run = make_run(tmp_path, "calm-lake", 2, rows=rows)
    header, *lines = csv.reader(exported(run, "csv").splitlines())
    assert header == ["epoch", "train_loss", "prediction A", "prediction B", *COLUMNS.parameters]
    assert [line[0] for line in lines] == ["0", "1", "2"]
    found = np.array([[float(cell) if cell else np.nan for cell in line[1:]] for line in lines])
    assert found.astype(np.float32).tobytes() == np.where(np.isfinite(rows), rows, np.float32(np.nan)).tobytes()


def test_json_holds_every_number_under_its_name(tmp_path: Path, rows: Rows) -> None:
    run = make_run(tmp_path, "calm-lake", 2, rows=rows)
    found = json.loads(exported(run, "json"))
    assert [entry["epoch"] for entry in found] == [0, 1, 2]
    for entry, row in zip(found, rows.tolist(), strict=True):
        loss, a, b, *parameters = [value if np.isfinite(value) else None for value in row]
        assert entry["train_loss"] == loss
        assert entry["predictions"] == {"A": a, "B": b}
        assert entry["parameters"] == dict(zip(COLUMNS.parameters, parameters, strict=True))


def test_metrics_are_as_csv_logger_keeps_them(tmp_path: Path, rows: Rows) -> None:
    run = make_run(tmp_path, "calm-lake", 2, rows=rows)
    (tmp_path / METRICS).write_text(exported(run, "metrics-csv"))
    (columns,) = MetricsCsvReader(tmp_path / METRICS).new()
    found = {column.name: column for column in columns}
    assert found["epoch"].steps.tolist() == [0, 2, 4]
    assert found["epoch"].values.tolist() == [0, 1, 2]
    for index, name in enumerate(metric_names(RunConfig())):
        finite = np.isfinite(rows[:, index])
        assert found[name].values.tolist() == rows[finite, index].tolist()
        assert found[name].steps.tolist() == [2 * epoch for epoch in np.flatnonzero(finite)]


@pytest.mark.parametrize("form", ["csv", "json", "metrics-csv"])
def test_of_a_run_that_cannot_be_read_nothing_is_written(tmp_path: Path, form: ExportFormat) -> None:
    run = make_run(tmp_path, "calm-lake")
    (run / "history.sqlite").write_bytes(b"rubbish" * 100)
    file = io.StringIO()
    with pytest.raises(UserError, match="cannot be read"):
        export(run, form, file)
    assert file.getvalue() == ""
