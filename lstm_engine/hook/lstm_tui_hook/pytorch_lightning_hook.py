"""The hook as a callback of `pytorch_lightning`: by a name that processes which unpickle it can import."""

from __future__ import annotations

from pytorch_lightning import Callback

from .hooks import Hooks


class PytorchLightningHook(Hooks, Callback):
    """All of it is in Hooks."""
