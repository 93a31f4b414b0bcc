"""A process on another host that trains a run in a shared folder, as far as it can be seen from here."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.run.records import Stage
from lstm_engine.store.holding.owner import OWNER, Owner
from lstm_engine.store.holding.pulse import PULSE, Pulse, PulseFile
from lstm_engine.store.writer import RunWriter

COLUMNS = Columns.of(RunConfig())
THERE = Owner(4711, "node-17")


class TrainerElsewhere:
    """What trains a run on another host: saves, and tells of it."""

    def __init__(self, run: Path) -> None:
        self.run = run
        self._writer = RunWriter(run, COLUMNS, 5)
        self._writer.begin_stage(Stage(10, 40))
        self._pulse = PulseFile(run)
        (run / OWNER).write_bytes(msgspec.json.encode(THERE))
        self.tell(10)

    def tell(self, epoch: int) -> None:
        self._pulse.write(Pulse(epoch=epoch, target=40, state="training", per_second=50.0))

    def save(self, epoch: int) -> None:
        while self._writer.next_epoch <= epoch:
            self._writer.add([self._writer.next_epoch / 8] * COLUMNS.width)
        self._writer.write_checkpoint(f"epoch={epoch - 1}-step={2 * epoch}.ckpt", b"checkpoint", epoch, "timed")
        self.tell(epoch)

    def end(self) -> None:
        self._writer.summarise(20, 40, "paused", None)
        self._writer.close()
        self._pulse.close()

    def die(self) -> None:
        """As if it was killed a while ago."""
        self._writer.close()
        os.utime(self.run / PULSE, (1, 1))
