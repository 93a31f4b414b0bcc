"""Pictures of a run that another host trains."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lstm_engine.run.config import RunConfig
from tests.support.script import DIRECTORY, READY, checkpoint, history
from tests.support.snapshots import NARROW, SMALL, WIDE, Snap, taken
from tui.app import controls
from tui.options import Marker
from tui.state.elsewhere import Elsewhere
from tui.state.session import Saved
from tui.state.updates import LookedOn

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])

THERE = Elsewhere("node-17", 4711, per_second=512.0)
LOOK = LookedOn(
    directory=Path(DIRECTORY),
    config=RunConfig(),
    parent=None,
    history=history(1200),
    epoch=1207,
    target=2000,
    resumes=(1000,),
    saved=Saved(checkpoint(1200), 1200),
    elsewhere=THERE,
    begins=True,
)


class NoFiles:
    """A follower that finds nothing new."""

    def __init__(self, directory: Path) -> None:
        assert str(directory) == DIRECTORY

    def stop(self) -> None: ...

    async def follow(self, _: object) -> None: ...


@pytest.fixture(autouse=True)
def _no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(controls, "FileFollower", NoFiles)


def script(*looks: LookedOn) -> list[Any]:
    return [READY, *looks]


@SIZES
def test_watching(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, script(LOOK), size=size)


@SIZES
def test_a_key_that_steers(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, script(LOOK), "space", size=size)


@pytest.mark.parametrize("marker", ["braille", "ascii"])
def test_ended_there(snap_compare: Snap, marker: Marker) -> None:
    over = replace(LOOK, epoch=1200, elsewhere=replace(THERE, is_held=False), begins=False)
    assert taken(snap_compare, script(LOOK, over), size=NARROW, marker=marker)
