from __future__ import annotations

from pathlib import Path

from tui.board.state.recomputing import Recomputing


def test_how_far_it_is_is_said_once_that_is_known() -> None:
    assert Recomputing(Path("/a"), 37).words == "computing epoch 37 exactly"
    assert Recomputing(Path("/a"), 1037, 12, 1020).words == "computing epoch 1,037 exactly, 12 of 1,020"
