"""What tests wait for has a limit: a cue that never comes is a failure that says which, not a test that hangs."""

from pathlib import Path

import pytest

from lstm_engine.protocol.messages import EngineReady, NewRun, Paused, Quit, RunFinished
from lstm_engine.run.config import RunConfig
from tests.support.in_process import play
from tests.support.processes import EngineUnderTest


def test_a_cue_that_never_comes_is_told(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"no cue came for .*RunFinished"):
        play(tmp_path, [(EngineReady, NewRun(config=RunConfig())), (RunFinished, Quit())], limit=0.5)


def test_an_event_that_never_comes_is_told(tmp_path: Path) -> None:
    with EngineUnderTest(tmp_path) as engine:
        engine.must_hear(EngineReady)
        with pytest.raises(AssertionError, match=r"waited 0\.5 s for .*Paused.*heard .*EngineReady"):
            engine.must_hear(Paused, limit=0.5)
