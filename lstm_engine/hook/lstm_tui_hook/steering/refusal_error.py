"""A command that cannot be carried out."""

from __future__ import annotations


class RefusalError(Exception):
    """Nothing was changed. Its text says why, in one sentence."""
