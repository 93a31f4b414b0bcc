"""A run that another host trains, on the dashboard: it grows, no key steers it, and when it ends it can be opened."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from lstm_engine.protocol.messages import OpenRun, Refused
from tests.support.hands import dashboard
from tests.support.run_folders import make_run
from tests.support.script import READY, Bench, opened, until
from tests.support.trainer_elsewhere import TrainerElsewhere
from tui.app import controls
from tui.client.file_follower import FileFollower
from tui.runs.run_folder import RunFolder


@pytest.fixture
def trainer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainerElsewhere:
    monkeypatch.setattr(controls, "FileFollower", partial(FileFollower, every=0.001))
    return TrainerElsewhere(make_run(tmp_path / "checkpoints", "calm-lake", 10, 20, "paused"))


async def test_it_grows_and_no_key_steers_it_until_it_ends(trainer: TrainerElsewhere) -> None:
    run = trainer.run
    refused = Refused(command="open_run", reason="run calm-lake trains elsewhere", elsewhere="calm-lake")
    bench = Bench([READY, refused], source=str(run), folder=RunFolder.at(run.parent))
    async with dashboard(bench) as hands:
        await until(lambda: hands.session.is_watched)
        trainer.save(20)
        await until(lambda: hands.session.history.last_epoch == 20)
        for key in ("space", *"asrb"):
            await hands.press("escape", key)
            assert f"process 4711 on node-17: ssh -t node-17 lstm-tui attach {run}" in hands.session.notice
        assert bench.engine.commands == [OpenRun(source=str(run), config=bench.app._options.config)]
        trainer.end()
        await until(lambda: "space opens it here" in hands.session.notice)
        await hands.press("space")
        assert bench.engine.commands[1:] == [OpenRun(source=str(run))]
        await hands.say(opened(epoch=20, target=40))
        assert (hands.session.state, hands.session.elsewhere) == ("paused", None)
        assert hands.app._controls is not None
        assert hands.app._controls._follower is None
