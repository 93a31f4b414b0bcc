"""Key presses, and when what they change was on screen."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from tests.benchmarks.replay import replayed
from tests.benchmarks.terminal import Chunk, Terminal
from tui.actions import BY_ID


@dataclass(frozen=True)
class Key:
    """A key that makes `text` come, and go when it is pressed again."""

    key: str
    text: str


#: A chart's scale, a panel, and a page over everything: a small, a middling and a large change.
LOG_SCALE = Key("y", "train loss, log scale")
DATA = Key("d", "data: walk-through")
HELP = Key("?", BY_ID["help"].help)


@dataclass(frozen=True)
class Press:
    """A key was pressed at `at`, after which its text is to be on screen, or no longer so."""

    key: Key
    at: float
    shown: bool


def press_all(terminal: Terminal, keys: Sequence[Key], count: int, pause: tuple[float, float]) -> list[Press]:
    """Presses each of the keys twice, then the next one, `count` times in all; `pause`: seconds between, at least
    and at most, drawn at random so that presses meet every phase of a frame."""
    choose = random.Random(count)
    shown = {HELP.key: False, LOG_SCALE.key: False, DATA.key: True}
    presses = []
    for key in islice(cycle(key for key in keys for _ in range(2)), count):
        shown[key.key] = not shown[key.key]
        presses.append(Press(key, terminal.press(key.key), shown[key.key]))
        terminal.read_for(choose.uniform(*pause))
    return presses


def latencies(chunks: Sequence[Chunk], presses: Sequence[Press]) -> tuple[list[float], int]:
    """Seconds from each press to its change, and how many presses changed nothing until the next one."""
    waits: list[float] = []
    unseen = 0
    waiting = list(presses)
    for at, screen in replayed(chunks):
        while len(waiting) > 1 and waiting[1].at < at:
            waiting.pop(0)
            unseen += 1
        if not waiting:
            break
        press = waiting[0]
        if at > press.at and screen.shows(press.key.text) == press.shown:
            waits.append(at - press.at)
            waiting.pop(0)
    return waits, unseen + len(waiting)
