"""The names of the parameters, in the order that decides the random draws and the columns of every history."""

from collections import Counter

import pytest

from lstm_engine.lstm.parameters import BY_HAND, GATES, NN_LSTM, PARAMETERS


def test_the_unit_by_hand_has_the_walk_through_s_twelve() -> None:
    names = "wlr1 wlr2 blr1 wpr1 wpr2 bpr1 wp1 wp2 bp1 wo1 wo2 bo1"
    assert [spec.name for spec in BY_HAND] == names.split()


def test_nn_lstm_has_the_sixteen_of_pytorch_s_documentation() -> None:
    stems = ("w_i", "w_h", "b_i", "b_h")
    assert [spec.name for spec in NN_LSTM] == [stem + gate for stem in stems for gate in "ifgo"]


@pytest.mark.parametrize(
    ("model", "each"), [("by-hand", {"h": 1, "x": 1, "bias": 1}), ("nn-lstm", {"h": 1, "x": 1, "bias": 2})]
)
def test_every_gate_weighs_the_hidden_state_and_the_input_and_has_a_bias(model: str, each: dict[str, int]) -> None:
    specs = PARAMETERS[model]  # type: ignore[index]
    for gate in GATES:
        assert Counter(spec.role for spec in specs if spec.gate == gate) == each
    assert len({spec.name for spec in specs}) == len(specs)
