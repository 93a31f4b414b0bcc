"""A run's heart beat: where it stands by now, for whoever looks on, and the sign of life for those on another host.

`pulse.json` is written each second by the process that holds the run, and goes when the run is given back in order.
It is a second's news: it is renamed into place, but never waits for the disk.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from lstm_engine.run.records import RunState
from lstm_engine.store.database import LARGEST_TARGET
from lstm_engine.text import is_printable

#: Its name in a run's directory.
PULSE = "pulse.json"

#: Seconds without a beat until the heart has stopped: many beats, for a folder server may be slow, and remember.
STILL = 30.0

#: Above what any pulse takes.
_LARGEST = 1 << 16


class Pulse(msgspec.Struct, frozen=True, kw_only=True):
    """`pulse.json`: where the run stands in the memory of the process that holds it.

    epoch: completed epochs, saved or not. target: where training goes on to.
    train_loss: at that epoch. per_second: epochs a second, as of late; None where nothing trains.
    steps_per_second: optimiser steps, where a script trains, of which an epoch may take hours.
    watchers: how many dashboards look on.
    updated: UTC, ISO 8601. beat: how many there were before.
    """

    epoch: int
    target: int
    state: RunState
    train_loss: float | None = None
    per_second: float | None = None
    steps_per_second: float | None = None
    watchers: int = 0
    updated: str = ""
    beat: int = 0


_pulses = msgspec.json.Decoder(Pulse)


class PulseFile:
    """The pulse in one run's directory, as the process writes it that holds the run.

    The directory is kept open: renamed, it takes its pulse along; deleted or replaced, it gets none.
    """

    def __init__(self, directory: Path) -> None:
        """Raises OSError where the directory cannot be opened."""
        self._folder = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        self._written: tuple[int, int] | None = None

    def write(self, pulse: Pulse) -> None:
        """Puts it in place of the one before.

        Raises:
            OSError: it cannot be written. Where there is no room for it, the one before is as good as new.
        """
        name = f".{PULSE}.{secrets.token_hex(4)}.part"
        try:
            descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666, dir_fd=self._folder)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(pulse))
                written = _identity(os.fstat(descriptor))
            os.rename(name, PULSE, src_dir_fd=self._folder, dst_dir_fd=self._folder)
            self._written = written
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(name, dir_fd=self._folder)
            self._touch()
            raise

    def close(self) -> None:
        """Removes the pulse, and lets go of the directory. The pulse of a process that came after stays."""
        with contextlib.suppress(OSError):
            if self._is_ours():
                os.unlink(PULSE, dir_fd=self._folder)
        os.close(self._folder)

    def _touch(self) -> None:
        """Shows that the heart beats though there is no room for a word."""
        with contextlib.suppress(OSError):
            if self._is_ours():
                os.utime(PULSE, dir_fd=self._folder, follow_symlinks=False)

    def _is_ours(self) -> bool:
        return _identity(os.stat(PULSE, dir_fd=self._folder, follow_symlinks=False)) == self._written


def read_pulse(directory: Path | str) -> Pulse | None:
    """What the process that holds the run has told last; None where there is nothing, or none that it would write.

    One that was left by a process that died is read, too: whether anybody holds the run is to be asked first.
    """
    found = _found(directory)
    return found[0] if found is not None else None


@dataclass(frozen=True)
class _Look:
    """changed: the pulse's time of modification. since: when it was first seen so, monotonic, in seconds.

    beats: it was seen to change.
    """

    changed: int
    since: float
    beats: bool


#: What was seen last of the hearts on other hosts, by directory.
_looks: dict[str, _Look] = {}


def is_beating(directory: Path | str) -> bool:
    """Whether there was a beat in the last `STILL` seconds.

    The folder server's clock says when the last one was, and may be off. A pulse that is seen to change beats whatever
    the clocks say, and one that is not seen to for so long has stopped. Who looks for the first time goes by the clock
    of this host.
    """
    found = _found(directory)
    if found is None:
        _looks.pop(str(directory), None)
        return False
    now, look = time.monotonic(), _looks.get(str(directory))
    if look is None or look.changed != found[1]:
        look = _looks[str(directory)] = _Look(found[1], now, beats=look is not None)
    if now - look.since > STILL:
        return False
    return look.beats or time.time() - look.changed / 1e9 <= STILL


def _found(directory: Path | str) -> tuple[Pulse, int] | None:
    """The pulse, and its time of modification in nanoseconds.

    It is opened before it is asked for its time: an NFS client looks at the server's then, and not at its memory.
    """
    try:
        descriptor = os.open(f"{directory}/{PULSE}", os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        try:
            data, changed = os.read(descriptor, _LARGEST), os.fstat(descriptor).st_mtime_ns
        finally:
            os.close(descriptor)
        pulse = _pulses.decode(data)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    speeds = (pulse.per_second or 0, pulse.steps_per_second or 0)
    numbers = (pulse.epoch, pulse.target, pulse.watchers, pulse.beat, *speeds)
    is_sound = all(0 <= number <= LARGEST_TARGET for number in numbers) and is_printable(pulse.updated)
    return (pulse, changed) if is_sound else None


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
