"""A few epochs in a file of their own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.weight_history.record_file import exact_snapshots, read_records, write_records
from tests.support.weight_histories import SMALL, values_at


def test_they_are_read_as_they_were_written_epoch_0_too(tmp_path: Path) -> None:
    path = tmp_path / "epochs"
    write_records(path, SMALL, {0: (float("nan"), values_at(0)), 7: (0.25, values_at(7))})
    layout, records = read_records(path)
    assert layout == SMALL
    assert np.isnan(records["loss"][0])
    assert records["loss"][1] == 0.25
    found = exact_snapshots(layout, records)
    assert [(epoch, each.epoch, each.is_exact) for epoch, each in found.items()] == [(0, 0, True), (7, 7, True)]
    assert found[7].tensors["w"].shape == (2, 4)
    assert np.concatenate([each.ravel() for each in found[7].tensors.values()]).tobytes() == values_at(7).tobytes()


@pytest.mark.parametrize("change", ["none", "torn", "other"])
def test_what_was_not_written_so_is_said(tmp_path: Path, change: str) -> None:
    path = tmp_path / "epochs"
    if change != "none":
        write_records(path, SMALL, {7: (0.25, values_at(7))})
        data = path.read_bytes()
        path.write_bytes(data[:-1] if change == "torn" else data[:-1] + b"x")
    with pytest.raises(UserError, match="cannot be read" if change == "none" else "is damaged"):
        read_records(path)
