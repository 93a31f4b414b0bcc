"""The scalar parameters of both models: their names, and what each of them does in the unit."""

from typing import Literal

import msgspec

Gate = Literal["forget", "input", "candidate", "output"]
ActsOn = Literal["h", "x", "bias"]
ModelName = Literal["by-hand", "nn-lstm"]

GATES: tuple[Gate, ...] = ("forget", "input", "candidate", "output")


class ParameterSpec(msgspec.Struct, frozen=True):
    """One scalar parameter.

    name: unique within its model, as stored in the history and printed in the table.
    gate: the gate it belongs to (`candidate` is the candidate memory, no gate in the strict sense).
    role: what it acts on: the hidden state `h`, the input `x`, or nothing (`bias`).
    """

    name: str
    gate: Gate
    role: ActsOn


def _by_hand() -> tuple[ParameterSpec, ...]:
    prefixes: tuple[tuple[str, Gate], ...] = (
        ("lr", "forget"),
        ("pr", "input"),
        ("p", "candidate"),
        ("o", "output"),
    )
    suffixes: tuple[tuple[str, str, ActsOn], ...] = (("w", "1", "h"), ("w", "2", "x"), ("b", "1", "bias"))
    return tuple(
        ParameterSpec(f"{kind}{stem}{number}", gate, role)
        for stem, gate in prefixes
        for kind, number, role in suffixes
    )


def _nn_lstm() -> tuple[ParameterSpec, ...]:
    gates: tuple[tuple[str, Gate], ...] = (("i", "input"), ("f", "forget"), ("g", "candidate"), ("o", "output"))
    tensors: tuple[tuple[str, ActsOn], ...] = (("w_i", "x"), ("w_h", "h"), ("b_i", "bias"), ("b_h", "bias"))
    return tuple(ParameterSpec(f"{stem}{letter}", gate, role) for stem, role in tensors for letter, gate in gates)


#: In the order of creation, which decides the random draws:
#: wlr1 wlr2 blr1 · wpr1 wpr2 bpr1 · wp1 wp2 bp1 · wo1 wo2 bo1.
BY_HAND: tuple[ParameterSpec, ...] = _by_hand()

#: The 16 scalars inside `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`, gate order i, f, g, o,
#: named as in the documentation of `torch.nn.LSTM`: w_ii w_if w_ig w_io · w_hi … · b_ii … · b_hi ….
NN_LSTM: tuple[ParameterSpec, ...] = _nn_lstm()

PARAMETERS: dict[ModelName, tuple[ParameterSpec, ...]] = {"by-hand": BY_HAND, "nn-lstm": NN_LSTM}
