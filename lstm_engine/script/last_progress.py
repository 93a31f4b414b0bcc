"""Where a script's run stands by what was told last, without reading all of it: a long training tells gigabytes."""

from __future__ import annotations

import functools
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from lstm_engine.script.progress import Progress, advanced
from lstm_engine.script.vocabulary.events import EVENTS, Event, decode_event

#: The kinds of events that say where a training stands; of each the last one counts.
_KINDS = (
    *(b'"script_started"', b'"script_ended"', b'"fit_opened"', b'"fit_started"', b'"fit_ended"', b'"epoch_started"'),
    *(b'"epoch_ended"', b'"steps"', b'"paused"', b'"going"', b'"target_changed"', b'"checkpoint_written"'),
)
#: Bytes that are looked through at a time.
_BLOCK = 1 << 20


def last_progress(directory: Path | str) -> Progress:
    """Where the run's events leave its training; nothing of it where there are none that can be read."""
    try:
        descriptor = os.open(f"{directory}/{EVENTS}", os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return Progress()
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return Progress()
        found = _last_of_each(descriptor)
    except OSError:
        return Progress()
    finally:
        os.close(descriptor)
    return functools.reduce(advanced, (found[at] for at in sorted(found)), Progress())


def _last_of_each(descriptor: int) -> dict[int, Event]:
    """The last event of each kind, by its place in the file."""
    found: dict[int, Event] = {}
    missing = set(_KINDS)
    for begin, block in _blocks(descriptor):
        for kind in tuple(missing):
            match = _last_in(block, kind)
            if match is not None:
                at, event = match
                found[begin + at] = event
                missing.remove(kind)
        if not missing:
            break
    return found


def _last_in(block: bytes, kind: bytes) -> tuple[int, Event] | None:
    """The last event of that kind in the block, and where its line begins."""
    at = len(block)
    while (at := block.rfind(kind, 0, at)) >= 0:
        begin = block.rfind(b"\n", 0, at) + 1
        end = block.find(b"\n", at)
        try:
            event = decode_event(block[begin : end if end >= 0 else len(block)])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        if event.__struct_config__.tag == kind.decode().strip('"'):
            return begin, event
    return None


def _blocks(descriptor: int) -> Iterator[tuple[int, bytes]]:
    """The file in whole lines, the last of them first; with each block, where it begins."""
    end, size = os.fstat(descriptor).st_size, _BLOCK
    while end > 0:
        begin = max(end - size, 0)
        block = os.pread(descriptor, end - begin, begin)
        cut = 0 if begin == 0 else block.find(b"\n", 0, -1) + 1
        if begin and not cut:
            size *= 2  # a line that is longer than the block
            continue
        yield begin + cut, block[cut:]
        end, size = begin + cut, _BLOCK
        if cut == 0:
            return
