"""The gates of the module's recurrent layers on a batch that the script's own validation saw, when asked for."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Any

from ..telling.recurrent_kind import recurrent_kind
from ..telling.values import finite
from .gate_values import NAMES, gate_values

#: Days and units that are told of one layer at most: more is nothing to look at.
_MOST_DAYS, _MOST_UNITS = 256, 64
#: Of the time that telling them takes, how long none are told behind it: they then cost at most one part in a hundred;
#: and seconds between two times at least: nobody sees more.
_REST, _INTERVAL = 100.0, 0.5


class Gates:
    """Listens to what recurrent modules are fed with, in the first batch of a validation, while somebody watches."""

    def __init__(self, tell: Callable[..., None]) -> None:
        self._tell = tell
        self._until = self._next = 0.0
        self._sample = 0
        self._fed: dict[str, tuple[Any, int, int]] = {}
        self._listening: list[Any] = []

    def watch(self, seconds: float, sample: int) -> None:
        """For so many seconds from here on. sample: which sequence of the batch."""
        self._until = time.monotonic() + seconds
        if sample != self._sample:
            self._sample, self._next = sample, 0.0

    def begin(self, module: Any) -> None:
        """A validation begins."""
        self._fed.clear()
        if not self._next <= time.monotonic() < self._until:
            return
        for name, part in module.named_modules():
            if recurrent_kind(part) is not None:
                hook = self._listener(name)
                self._listening.append(part.register_forward_pre_hook(hook, with_kwargs=True))

    def _listener(self, name: str) -> Callable[..., None]:
        def listen(part: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
            # What fails here would fail in the script's validation.
            with contextlib.suppress(Exception):
                fed: Any = arguments[0] if arguments else named["input"]
                # Packed sequences, and single ones, are passed over.
                if name not in self._fed and fed.dim() == 3:
                    samples = fed.shape[0 if part.batch_first else 1]
                    sample = min(max(self._sample, 0), samples - 1)
                    sequence = fed[sample] if part.batch_first else fed[:, sample]
                    self._fed[name] = sequence[:_MOST_DAYS].detach().clone(), sample, samples

        return listen

    def behind_batch(self) -> None:
        """One batch is enough."""
        for handle in self._listening:
            handle.remove()
        self._listening.clear()

    def end(self, trainer: Any, module: Any) -> None:
        """The validation has ended: whatever was heard is told."""
        self.behind_batch()
        fed, self._fed = self._fed, {}
        parts, begun = dict(module.named_modules()), time.monotonic()
        for name, heard in fed.items():
            # What a module of the script's own says of itself need not be so.
            with contextlib.suppress(Exception):
                self._tell_of(trainer, name, parts[name], *heard)
        if fed:
            ended = time.monotonic()
            self._next = ended + max(_REST * (ended - begun), _INTERVAL)

    def _tell_of(self, trainer: Any, name: str, part: Any, sequence: Any, sample: int, samples: int) -> None:
        import torch

        kind = str(recurrent_kind(part))
        with torch.no_grad(), torch.autocast(sequence.device.type, enabled=False):
            fed = sequence.to(next(part.parameters()).dtype)
            for layer in range(part.num_layers):
                hiddens = []
                for reverse in (False, True) if part.bidirectional else (False,):
                    gates, hidden = gate_values(part, fed, layer, reverse)
                    hiddens.append(hidden)
                    several = part.num_layers > 1 or part.bidirectional
                    self._tell(
                        "gates",
                        step=trainer.global_step,
                        module=name,
                        kind=kind,
                        names=NAMES[kind],
                        values=[
                            [[*map(finite, day)] for day in gate[:, :_MOST_UNITS].float().tolist()] for gate in gates
                        ],
                        of=f"layer {layer}{', backwards' if reverse else ''}" if several else "",
                        sample=sample,
                        samples=samples,
                    )
                fed = torch.cat(hiddens, -1)
