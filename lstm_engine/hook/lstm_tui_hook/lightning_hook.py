"""The hook as a callback of `lightning`: by a name that processes which unpickle it can import."""

from __future__ import annotations

from lightning.pytorch import Callback

from .hooks import Hooks


class LightningHook(Hooks, Callback):
    """All of it is in Hooks."""
