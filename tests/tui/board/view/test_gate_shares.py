"""How open gates are, by epoch."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.forecast.inputs import read_inputs
from lstm_engine.script.script_run import INPUTS
from lstm_engine.weight_history.history import WEIGHT_HISTORY, read_history
from tests.support.inside_runs import inside_run
from tui.board.state.inside import Inside
from tui.board.view import gate_shares as module
from tui.board.view.gate_shares import gate_shares
from tui.board.view.gate_words import OPEN, SHUT


def inside_of(run: Path, epochs: int) -> Inside:
    inside_run(run, range(1, epochs + 1))
    return Inside(run, read_history(run), read_inputs(run / INPUTS))


def test_shares_of_epochs_from_the_first_to_the_last(tmp_path: Path) -> None:
    inside = inside_of(tmp_path / "a", 60)
    found = gate_shares(inside, 1, 80)
    assert found is not None
    assert (len(found.epochs), found.epochs[0], found.epochs[-1], found.is_exact) == (24, 1, 60, True)
    newest = inside.gates(None, 1, 80)
    assert newest is not None
    assert found.opened["forget"][-1] == (newest.gates["forget"] > OPEN).mean() > 0
    assert found.shut["forget"][-1] == (newest.gates["forget"] < SHUT).mean() > 0
    assert found.opened["candidate"][-1] == (abs(newest.gates["candidate"]) > OPEN).mean()
    assert gate_shares(inside, 1, 80) is found


def test_where_it_would_take_too_long_or_there_are_few_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gate_shares(inside_of(tmp_path / "few", 5), 0, 80) is None
    monkeypatch.setattr(module, "_PARAMETERS", 1000)
    assert gate_shares(inside_of(tmp_path / "large", 30), 0, 80) is None


def test_of_a_damaged_history_there_is_none(tmp_path: Path) -> None:
    run = tmp_path / "a"
    inside_of(run, 10)
    path = run / WEIGHT_HISTORY
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert gate_shares(Inside(run, read_history(run), read_inputs(run / INPUTS)), 0, 80) is None
    assert gate_shares(Inside(run), 0, 80) is None
