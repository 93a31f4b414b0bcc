"""The gates of a recurrent module of PyTorch on one sequence, from its weights: the module tells none of them."""

from __future__ import annotations

from typing import Any

from ..telling.recurrent_kind import recurrent_kind

NAMES = {"LSTM": ("input", "forget", "candidate", "output"), "GRU": ("reset", "update", "candidate")}


def gate_values(module: Any, sequence: Any, layer: int = 0, reverse: bool = False) -> tuple[list[Any], Any]:
    """The gates of one layer, and its hidden values, which the next layer is fed with.

    module: one that `recurrent_kind` knows. sequence: [day][input], what the layer is fed with. The state before the
    first day is zero.
    Each gate, and the hidden values: [day][unit], in the order of the days.
    """
    import torch

    kind = recurrent_kind(module)
    suffix = f"_l{layer}" + ("_reverse" if reverse else "")
    w_input, w_hidden = getattr(module, f"weight_ih{suffix}"), getattr(module, f"weight_hh{suffix}")
    b_input = getattr(module, f"bias_ih{suffix}") if module.bias else None
    b_hidden = getattr(module, f"bias_hh{suffix}") if module.bias else None
    fed = torch.nn.functional.linear(sequence, w_input, b_input)
    hidden = fed.new_zeros(w_hidden.shape[1])
    cell = fed.new_zeros(module.hidden_size)
    days: list[tuple[Any, ...]] = []
    for day in reversed(range(len(fed))) if reverse else range(len(fed)):
        back = torch.nn.functional.linear(hidden, w_hidden, b_hidden)
        if kind == "LSTM":
            i, f, g, o = (fed[day] + back).chunk(4)
            i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
            cell = f * cell + i * g
            hidden = o * cell.tanh()
            if module.proj_size:
                hidden = torch.nn.functional.linear(hidden, getattr(module, f"weight_hr{suffix}"))
            days.append((i, f, g, o, hidden))
        else:
            (ri, zi, ni), (rh, zh, nh) = fed[day].chunk(3), back.chunk(3)
            r, z = (ri + rh).sigmoid(), (zi + zh).sigmoid()
            n = (ni + r * nh).tanh()
            hidden = (1 - z) * n + z * hidden
            days.append((r, z, n, hidden))
    if reverse:
        days.reverse()
    *gates, hiddens = (torch.stack(of_gate) for of_gate in zip(*days))
    return gates, hiddens
