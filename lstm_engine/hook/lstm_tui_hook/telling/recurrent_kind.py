"""Which modules of a model are recurrent layers whose gates can be told."""

from __future__ import annotations

from typing import Any

#: The modules of PyTorch whose gates are known.
KINDS = ("LSTM", "GRU")


def recurrent_kind(part: Any) -> str | None:
    """LSTM or GRU: which of PyTorch's a module is, or is like; None for any other.

    A module of one's own is like one where its class says so: `parameters_like = "LSTM"`. It then has what that one
    has, under the same names: the parameters (`weight_ih_l0` and so on, of the same shapes, with the gates in the same
    order; a bias that it lacks is None), `hidden_size`, `num_layers`, `bias`, `batch_first`, `bidirectional` and
    `proj_size`. Its gates are computed from them as PyTorch does. A class made from PyTorch's may compute others.
    """
    import torch

    if type(part) in (torch.nn.LSTM, torch.nn.GRU):
        return type(part).__name__
    like = getattr(type(part), "parameters_like", None)
    return like if like in KINDS else None
