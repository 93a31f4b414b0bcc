"""A folder with `metrics.csv`, as CSVLogger leaves it, and while it writes."""

from __future__ import annotations

from pathlib import Path

from lightning.pytorch.loggers import CSVLogger

from tests.support.logs import heard
from tui.client.logs.csv_folder import CsvFolder


def test_what_csv_logger_leaves_with_a_new_metric_in_between(tmp_path: Path) -> None:
    logger = CSVLogger(tmp_path, name="", version="", flush_logs_every_n_steps=1)
    logger.log_hyperparams({"lr": 0.5})
    log = CsvFolder("x", tmp_path)
    logger.log_metrics({"loss": 1.0}, 0)
    found = heard(log.new())
    logger.log_metrics({"acc": 0.25}, 1)
    logger.finalize("success")
    heard(log.new(), found)
    assert found.points == {"loss": [(0, 1.0)], "acc": [(1, 0.25)]}
    assert found.hyperparameters == {"lr": 0.5}
    assert list(log.new()) == []


def test_another_file_begins_anew_with_its_hyperparameters(tmp_path: Path) -> None:
    path = tmp_path / "metrics.csv"
    path.write_text("loss,step\n1,1\n")
    (tmp_path / "hparams.yaml").write_text("lr: 1\n")
    log = CsvFolder("x", tmp_path)
    found = heard(log.new())
    (tmp_path / "new").write_text("loss,step\n2,2\n")
    (tmp_path / "new").replace(path)
    heard(log.new(), found)
    assert (found.points, found.times) == ({"loss": [(2, 2.0)]}, 2)
    assert found.hyperparameters == {"lr": 1}


def test_a_problem_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "metrics.csv").write_bytes(b"loss,step\n" + b"1" * (5 << 20))
    log = CsvFolder("x", tmp_path)
    assert heard(log.new()).problem.startswith("metrics.csv: the line at byte 10 is too long")
    assert list(log.new()) == []
