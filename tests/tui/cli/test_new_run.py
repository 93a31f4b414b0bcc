"""Where a new run's data lead: to the engine, or to a model of prices; and options that belong to the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.price_files import COMPANIES, WIDE
from tui.cli import main as cli
from tui.options import TrainOptions


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("companies.csv").write_text(COMPANIES)
    Path("wide.csv").write_text(WIDE)
    return tmp_path


@pytest.mark.parametrize("command", [[], ["train"]])
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--window", "3"], "--window is given without --data: expected prices by date for it"),
        (["--shape", "wide"], "--shape is given without --data"),
        (["--data", "companies.csv", "--hidden", "8"], "--hidden is given with a row a company"),
        (["--data", "wide.csv", "--init", "normal"], "--init is given with prices by date"),
        (["--data", "wide.csv", "--keep", "3"], "--keep is given with prices by date"),
        (["--data", "wide.csv", "--lr-epochs", "5"], "--lr-epochs is given without a schedule"),
        (["--data", "wide.csv"], "wide.csv has 3 dates: expected 33 or more"),
        (["--data", "wide.csv", "--shape", "long"], "wide.csv"),
        (["--data", "wide.csv", "--window", "1", "--hidden", "0"], "hidden is 0"),
        (
            ["--data", "wide.csv", "--window", "1", "--target", "price", "--validate", "1"],
            "validate is 1: expected --validate with a share",
        ),
        (["--data", "-"], "standard input is empty"),
    ],
)
def test_what_cannot_be_is_said(
    command: list[str], words: list[str], sentence: str, folder: Path, capsys: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("sys.stdin", Path("/dev/null").open())  # noqa: SIM115 - pytest's own cannot be read
    assert cli.run([*command, *words]) == 2
    assert capsys.readouterr().err.startswith(f"lstm-tui: {sentence}")
    assert sorted(path.name for path in folder.iterdir()) == ["companies.csv", "wide.csv"]


def test_a_row_a_company_is_trained_by_the_engine(folder: Path, monkeypatch: Any, capsys: Any) -> None:
    asked: list[TrainOptions] = []
    monkeypatch.setattr("tui.cli.train.run", lambda options: asked.append(options) or 0)
    Path("years.csv").write_text("company,2019,2020,2021\nA,180.5,181.5,190\nB,10,11,12\n")
    for data in ("companies.csv", "years.csv"):
        assert cli.run(["train", "--data", data, "--shape", "companies", "--epochs", "3"]) == 0
    assert [(options.config.data.source, options.epochs) for options in asked] == [
        ("companies.csv", 3),
        ("years.csv", 3),
    ]
    assert "years.csv" in capsys.readouterr().err, "raw prices are warned about"
