"""`hparams.yaml` as Lightning writes it, against a reader of YAML."""

from __future__ import annotations

from pathlib import Path

import yaml
from lightning.pytorch.core.saving import save_hparams_to_yaml

from lstm_engine.formats.hparams_yaml import read_hparams_yaml

FLAT = {
    "lr": 0.001, "tiny": 1e-07, "seed": 42, "negative": -3, "name": "resnet", "spaced": "two words",
    "quoted": "it's: so",
    "number": "12", "on": True, "off": False, "none": None, "word": "true", "empty": "",
}  # fmt: skip


def test_simple_lines_are_what_yaml_says(tmp_path: Path) -> None:
    path = tmp_path / "hparams.yaml"
    save_hparams_to_yaml(path, FLAT)
    assert yaml.safe_load(path.read_text()) == FLAT
    assert read_hparams_yaml(path.read_text()) == FLAT


def test_what_is_no_simple_line_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "hparams.yaml"
    save_hparams_to_yaml(
        path, {"layers": [1, 2], "optimizer": {"lr": 0.5, "name": "adam"}, "seed": 1, "path": Path("x")}
    )
    assert read_hparams_yaml(path.read_text()) == {"seed": 1}
    assert read_hparams_yaml("# a comment\nsizes: [1, 2]\nanchor: &a 1\nblock: |\n  text\n: x\n\x00\n") == {
        "sizes": "[1, 2]"
    }


def test_special_numbers() -> None:
    found = read_hparams_yaml("a: .inf\nb: -.inf\nc: 5.\nd: 1e3\ne: .5\n")
    assert found == {"a": float("inf"), "b": float("-inf"), "c": 5.0, "d": 1000.0, "e": 0.5}
