"""What Lightning calls when a script makes a Trainer, by the entry points beside this package.

Nothing else of it is imported before: what cannot be, in an older Python or while lstm-tui is installed anew, costs
the view alone.
"""

from __future__ import annotations

import sys
from typing import Any


def for_lightning() -> list[Any]:
    """The hook, as a callback of `lightning`; none where no run is told of."""
    return _hook("lightning")


def for_pytorch_lightning() -> list[Any]:
    """The hook, as a callback of `pytorch_lightning`; none where no run is told of."""
    return _hook("pytorch_lightning")


def _hook(package: str) -> list[Any]:
    try:
        from .settings import Settings
        from .wrap_trainer import wrap_trainer

        if Settings.from_environment() is None:
            return []
        if package == "lightning":
            import lightning.pytorch

            from .lightning_hook import LightningHook

            wrap_trainer(lightning.pytorch.Trainer)
            return [LightningHook()]
        import pytorch_lightning

        from .pytorch_lightning_hook import PytorchLightningHook

        wrap_trainer(pytorch_lightning.Trainer)
        return [PytorchLightningHook()]
    except Exception as error:
        _complain(error)
        return []


def _complain(error: Exception) -> None:
    try:
        from .guard import complain

        complain(error)
    except Exception:
        try:
            sys.stderr.write(f"lstm-tui: watching this training failed, which goes on ({error})\n")
        except Exception:
            return  # There is nowhere to say it.
