"""Samples of layers and machine over time, few enough to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from lstm_engine.script.vocabulary.keeper_events import Machine
from lstm_engine.script.vocabulary.module_events import Layers

Sample = TypeVar("Sample")

#: How many samples are kept: more than a curve in a table has columns.
KEPT = 256


@dataclass(frozen=True)
class LayerTrack:
    """Statistics of the layers, oldest first: the newest whole, the older ones ever thinner."""

    samples: tuple[Layers, ...] = ()

    def after(self, layers: Layers) -> LayerTrack:
        return LayerTrack(_thinned((*self.samples, layers)))

    @property
    def newest(self) -> Layers | None:
        return self.samples[-1] if self.samples else None


@dataclass(frozen=True)
class MachineTrack:
    """What the script took of the machine, oldest first: the last minutes."""

    samples: tuple[Machine, ...] = ()

    def after(self, machine: Machine) -> MachineTrack:
        return MachineTrack((*self.samples, machine)[-KEPT:])

    @property
    def newest(self) -> Machine | None:
        return self.samples[-1] if self.samples else None


def _thinned(samples: Sequence[Sample]) -> tuple[Sample, ...]:
    """All of them, or every second one and the newest where there are more than are kept."""
    return tuple(samples) if len(samples) <= KEPT else (*samples[:-1:2], samples[-1])
