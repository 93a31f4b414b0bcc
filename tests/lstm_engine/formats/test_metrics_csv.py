"""`metrics.csv` as Lightning's own CSVLogger writes it, while it writes; and ours as it would."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from lightning.pytorch.loggers import CSVLogger

from lstm_engine.formats.metrics_csv import METRICS, Column, MetricsCsvReader, write_metrics_csv

Points = dict[str, list[tuple[int, float]]]


def points_in(pieces: Iterable[list[Column]], found: Points | None = None) -> Points:
    """All values, added to those that were found before."""
    found = {} if found is None else found
    for columns in pieces:
        for column in columns:
            found.setdefault(column.name, []).extend(zip(column.steps.tolist(), column.values.tolist(), strict=True))
    return found


@pytest.fixture
def logger(tmp_path: Path) -> CSVLogger:
    return CSVLogger(tmp_path, name="", version="", flush_logs_every_n_steps=1)


def test_a_live_log_whose_header_is_rewritten_is_told_once(tmp_path: Path, logger: CSVLogger) -> None:
    reader = MetricsCsvReader(tmp_path / METRICS)
    found = points_in(reader.new())
    for step in range(40):
        metrics = {"train_loss": 1 / (step + 1), "epoch": step // 10}
        if step % 10 == 9:
            metrics["val_loss"] = step / 2
        if step >= 25:
            metrics["a_new_one"] = -step
        logger.log_metrics(metrics, step)
        points_in(reader.new(), found)
    logger.finalize("success")
    points_in(reader.new(), found)
    assert found == {
        "train_loss": [(step, 1 / (step + 1)) for step in range(40)],
        "epoch": [(step, step // 10) for step in range(40)],
        "val_loss": [(step, step / 2) for step in (9, 19, 29, 39)],
        "a_new_one": [(step, -step) for step in range(25, 40)],
    }
    assert (reader.times, reader.problem) == (1, "")


TEXT = "epoch,step,train_loss\r\n0,1,0.5\r\n0,2,\r\n1,3,0.25\r\n"
REWRITTEN = "acc,epoch,step,train_loss\r\n,0,1,0.5\r\n,0,2,\r\n,1,3,0.25\r\n0.75,1,4,\r\n"


def test_cut_anywhere_in_a_rewriting_no_value_is_told_twice_or_missed(tmp_path: Path) -> None:
    for length in range(len(REWRITTEN)):
        path = tmp_path / f"{length}.csv"
        path.write_text(TEXT, newline="")
        reader = MetricsCsvReader(path)
        found = points_in(reader.new())
        path.write_text(REWRITTEN[:length], newline="")
        points_in(reader.new(), found)
        path.write_text(REWRITTEN, newline="")
        points_in(reader.new(), found)
        assert found == {
            "acc": [(4, 0.75)],
            "epoch": [(1, 0), (2, 0), (3, 1), (4, 1)],
            "train_loss": [(1, 0.5), (3, 0.25)],
        }
        assert reader.times == 1


def test_a_torn_line_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / METRICS
    reader, found = MetricsCsvReader(path), {}
    for length in range(len(TEXT) + 1):
        path.write_text(TEXT[:length], newline="")
        points_in(reader.new(), found)
    assert found == {"epoch": [(1, 0), (2, 0), (3, 1)], "train_loss": [(1, 0.5), (3, 0.25)]}


def test_another_file_in_its_place_is_read_from_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / METRICS
    path.write_text(TEXT)
    reader = MetricsCsvReader(path)
    points_in(reader.new())
    (tmp_path / "other").write_text("loss,step\n7,1\n")
    (tmp_path / "other").replace(path)
    assert points_in(reader.new()) == {"loss": [(1, 7.0)]}
    assert reader.times == 2


def test_another_training_in_the_same_file_is_read_from_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / METRICS
    path.write_text("loss,step\n1,1\n2,2\n")
    reader = MetricsCsvReader(path)
    points_in(reader.new())
    path.write_text("a,loss,step\n,5,1\n,6,2\n,7,3\n")
    points_in(reader.new())
    assert points_in(reader.new()) == {"loss": [(1, 5.0), (2, 6.0), (3, 7.0)]}
    assert reader.times == 2


def test_what_is_odd_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / METRICS
    path.write_text("flag,loss,step\nTrue,nan,1\nonly two,2\nx,inf,3\n,0.5,\n")
    found = points_in(MetricsCsvReader(path).new())
    assert [step for step, _ in found["loss"]] == [1, 3, 2]
    assert math.isnan(found["loss"][0][1])
    assert found.keys() == {"loss"}


def test_without_a_column_of_steps_the_rows_are_counted(tmp_path: Path) -> None:
    path = tmp_path / METRICS
    path.write_text("loss\n1\n2\n")
    reader = MetricsCsvReader(path)
    found = points_in(reader.new())
    with path.open("a") as file:
        file.write("3\n")
    assert points_in(reader.new(), found) == {"loss": [(0, 1.0), (1, 2.0), (2, 3.0)]}


def test_what_is_not_there_is_no_file_or_has_no_lines_says_nothing(tmp_path: Path) -> None:
    assert list(MetricsCsvReader(tmp_path / METRICS).new()) == []
    os.mkfifo(tmp_path / "pipe")
    assert list(MetricsCsvReader(tmp_path / "pipe").new()) == []
    (tmp_path / "zeros").write_bytes(bytes(5 << 20))
    reader = MetricsCsvReader(tmp_path / "zeros")
    assert list(reader.new()) == []


def test_a_line_without_an_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / METRICS
    path.write_bytes(b"loss,step\n" + b"1" * (5 << 20))
    reader = MetricsCsvReader(path)
    assert points_in(reader.new()) == {}
    assert reader.problem.startswith("the line at byte 10 is too long")


def test_ours_is_what_csv_logger_writes(tmp_path: Path, logger: CSVLogger) -> None:
    rows = [{"epoch": 0, "train_loss": 0.1, "acc": None}, {"epoch": 1, "train_loss": 1e-7, "acc": 0.5}]
    for step, row in enumerate(rows):
        logger.log_metrics({name: value for name, value in row.items() if value is not None}, step)
    logger.finalize("success")
    ours = io.StringIO(newline="")
    metrics = [{**row, "step": step} for step, row in enumerate(rows)]
    write_metrics_csv(metrics, ["step", "train_loss", "acc", "epoch"], ours)
    with (tmp_path / METRICS).open(newline="") as file:
        assert ours.getvalue() == file.read()
