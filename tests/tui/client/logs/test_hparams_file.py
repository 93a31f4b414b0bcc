"""The hyperparameters beside a log are told once, and again where they changed."""

from __future__ import annotations

import os
from pathlib import Path

from tui.client.logs.hparams_file import HparamsFile


def test_once_and_again_where_it_changed(tmp_path: Path) -> None:
    file = HparamsFile(tmp_path)
    assert file.new() == []
    path = tmp_path / "hparams.yaml"
    path.write_text("lr: 0.1\nlayers:\n- 1\n")
    (found,) = file.new()
    assert found.hyperparameters == {"lr": 0.1}
    assert file.new() == []
    path.write_text("lr: 0.2\n")
    os.utime(path, ns=(1, 1))
    (found,) = file.new()
    assert found.hyperparameters == {"lr": 0.2}


def test_what_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "hparams.yaml").mkdir()
    assert HparamsFile(tmp_path).new() == []
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "hparams.yaml").write_bytes(b"lr: 0.1\n" * (1 << 18))
    assert HparamsFile(tmp_path / "more").new() == []
