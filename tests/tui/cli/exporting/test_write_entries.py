from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from lstm_engine.listing.entries import entries
from lstm_engine.run.config import RunConfig
from tests.support.stopped_runs import stopped_run
from tests.support.untrained_price_runs import price_run, table_of
from tui.cli.exporting.write_entries import write_entries


def written(root: Path) -> dict[str, dict[str, str]]:
    stream = io.StringIO()
    write_entries(entries(root), stream, json=False)
    return {row["run"]: row for row in csv.DictReader(io.StringIO(stream.getvalue()))}


def test_a_row_has_the_settings_and_what_came_of_them(tmp_path: Path) -> None:
    run = stopped_run(tmp_path, RunConfig(seed=7, lr=0.01, init="uniform"))
    price_run(tmp_path / "of-prices", table_of(60))
    rows = written(tmp_path)
    lstm, prices = rows[run.name], rows["of-prices"]
    assert (lstm["seed"], lstm["lr"], lstm["init"], lstm["model"]) == ("7", "0.01", "uniform", "by-hand")
    assert (lstm["epoch"], lstm["train_loss"], lstm["prediction A"]) == ("2", "0.25", "0.4342")
    assert (prices["hidden"], prices["seed"], prices["data"], prices["init"]) == ("1", "42", "prices.csv", "")
    assert (lstm["hidden"], prices["prediction A"]) == ("", "")


def test_a_damaged_run_has_its_problem_and_no_settings(tmp_path: Path) -> None:
    run = stopped_run(tmp_path)
    (run / "run.json").write_text("{")
    row = written(tmp_path)[run.name]
    assert row["state"] == "damaged"
    assert "run.json" in row["problem"]
    assert (row["seed"], row["model"]) == ("", "")


def test_as_json_an_object_a_run(tmp_path: Path) -> None:
    run, stream = stopped_run(tmp_path), io.StringIO()
    write_entries(entries(tmp_path), stream, json=True)
    assert [found["run"] for found in json.loads(stream.getvalue())] == [run.name]
