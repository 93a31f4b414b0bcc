"""Gates as arrays."""

from __future__ import annotations

import numpy as np

from lstm_engine.script.vocabulary.module_events import Gates
from tui.board.state.module_gates import ModuleGates


def test_they_are_arrays_by_name_and_what_is_not_finite_is_nan() -> None:
    told = Gates(
        step=3, module="a", kind="GRU", names=("reset", "update"), values=([[0.1, None]], [[0.3, 0.4]]), sample=2
    )
    gates = ModuleGates.of(told)
    assert (gates.step, gates.module, gates.sample) == (3, "a", 2)
    assert gates.gates["update"].tolist() == [[0.3, 0.4]]
    assert np.isnan(gates.gates["reset"][0, 1])


def test_what_is_no_table_is_left_out() -> None:
    ragged = [[0.1], [0.2, 0.3]]
    told = Gates(step=3, module="a", kind="GRU", names=("a", "b", "c"), values=(ragged, [], [[0.5]]))
    assert list(ModuleGates.of(told).gates) == ["c"]
