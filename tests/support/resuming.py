"""Whether a run that was stopped goes on in the same bits."""

from __future__ import annotations

import tempfile
from pathlib import Path

from lstm_engine.listing.entries import entries
from lstm_engine.protocol.messages import EngineReady, OpenRun, Quit, RunFinished, RunOpened, Train
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, Rows
from lstm_engine.store.directory import read_history
from tests.support.in_process import only, play, train

_COLUMNS = Columns.of(RunConfig())
#: The uninterrupted training's epochs are a multiple of that, so that the next test rarely needs more.
_STEP = 4096
#: As many of them as were needed so far.
_longest: list[Rows] = []


def check_resumes_to_the_same_bits(root: Path, more: int = 200) -> None:
    """The one run under `root` goes on from its last checkpoint as if nothing had happened."""
    (run,) = entries(root)
    heard = play(
        root, [(EngineReady, OpenRun(source=run.run)), (RunOpened, Train(epochs=more)), (RunFinished, Quit())]
    )
    assert [opened.epoch for opened in only(heard, RunOpened)] == [run.epoch]
    rows = read_history(Path(run.directory), _COLUMNS).rows
    assert len(rows) == run.epoch + more + 1
    assert rows.tobytes() == _straight_rows(len(rows)).tobytes()


def _straight_rows(count: int) -> Rows:
    """The first rows of a history that one Trainer made, in an engine of its own; kept for the tests to come."""
    if not _longest or len(_longest[0]) < count:
        with tempfile.TemporaryDirectory() as folder:
            train(Path(folder), RunConfig(), -(-count // _STEP) * _STEP)
            (run,) = entries(Path(folder))
            _longest[:] = [read_history(Path(run.directory), _COLUMNS).rows]
    return _longest[0][:count]
