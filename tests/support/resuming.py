"""Whether a run that was stopped goes on in the same bits."""

from pathlib import Path

from lstm_engine.protocol.messages import EngineReady, OpenRun, RunFinished, RunOpened, Train
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.store.directory import read_history
from lstm_engine.store.listing import entries
from tests.support.in_process import train
from tests.support.processes import EngineUnderTest


def check_resumes_to_the_same_bits(root: Path, more: int = 200) -> None:
    """The one run under `root` goes on from its last checkpoint as if nothing had happened."""
    (run,) = entries(root)
    with EngineUnderTest(root) as engine:
        engine.must_hear(EngineReady)
        engine.send(OpenRun(source=run.run))
        assert engine.must_hear(RunOpened).epoch == run.epoch
        engine.send(Train(epochs=more))
        engine.must_hear(RunFinished)
    straight_root = root.parent / "straight"
    train(straight_root, RunConfig(), run.epoch + more)
    (straight,) = straight_root.iterdir()
    columns = Columns.of(RunConfig())
    ours, theirs = (read_history(Path(directory), columns).rows for directory in (run.directory, straight))
    assert ours.tobytes() == theirs.tobytes()
