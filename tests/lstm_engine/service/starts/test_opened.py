"""A run that is held: at which epoch it stands."""

from __future__ import annotations

import contextlib
from pathlib import Path

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.service.starts.opened import Base, Opened
from lstm_engine.store.writer import RunWriter
from tests.support.run_folders import make_run


def test_it_stands_at_its_checkpoint_or_at_its_seed(tmp_path: Path) -> None:
    run = make_run(tmp_path, "calm-lake")
    with contextlib.closing(RunWriter(run, Columns.of(RunConfig()), 5)) as writer:
        assert Opened(writer, RunConfig()).epoch == 0
        assert Opened(writer, RunConfig(), base=Base(run / "epoch=6-step=14.ckpt", 7), target=9).epoch == 7
