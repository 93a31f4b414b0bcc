"""Key presses, and when what they change was on screen."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median

from tests.benchmarks.replay import replayed
from tests.benchmarks.samples import percentile, spread
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import Chunk, Terminal
from tui.actions import ACTIONS


@dataclass(frozen=True)
class Key:
    """A key that makes `text` come to the screen, and go when it is pressed again."""

    key: str
    text: str


#: A chart's scale, a panel, and a page over everything: a small, a middling and a large change.
LOG_SCALE = Key("y", "train loss, log scale")
DATA = Key("d", "data: walk-through")
HELP = Key("?", ACTIONS[0].help)

#: Seconds after which a key has had its effect, or never will.
_SETTLING = 0.8


@dataclass(frozen=True)
class Press:
    """A key was pressed at `at`."""

    key: Key
    at: float


def press_all(terminal: Terminal, keys: Sequence[Key], count: int, pause: tuple[float, float]) -> list[Press]:
    """Presses each of the keys twice, then the next one, `count` times in all; `pause`: seconds between, at least
    and at most, drawn at random so that presses meet every phase of a frame."""
    choose = random.Random(count)
    presses = []
    for key in islice(cycle(key for key in keys for _ in range(2)), count):
        presses.append(Press(key, terminal.press(key.key)))
        terminal.read_for(choose.uniform(*pause))
    return presses


def close_help(terminal: Terminal) -> None:
    """Closes the page of help, should it be open."""
    terminal.read_for(_SETTLING)
    while terminal.screen().shows(HELP.text):
        terminal.press(HELP.key)
        terminal.read_for(_SETTLING)


@dataclass(frozen=True)
class Answer:
    """seconds: from the press until its change was on screen; None where it was not before the next press."""

    press: Press
    seconds: float | None


def answers(chunks: Sequence[Chunk], presses: Sequence[Press]) -> list[Answer]:
    """How long each press took to show."""
    found: list[Answer] = []
    waiting = deque(presses)
    texts = {press.key.text for press in presses}
    shown_before = dict.fromkeys(texts, False)  # when the first of those that wait was pressed
    for at, screen in replayed(chunks):
        while len(waiting) > 1 and waiting[1].at < at:
            found.append(Answer(waiting.popleft(), None))
        if not waiting:
            break
        press = waiting[0]
        shown = {text: screen.shows(text) for text in texts}
        if at > press.at and shown[press.key.text] != shown_before[press.key.text]:
            found.append(Answer(waiting.popleft(), at - press.at))
        shown_before = shown
    return found + [Answer(press, None) for press in waiting]


def keys_result(what: str, how: str, found: Sequence[Answer], target: float) -> Result:
    """How long keys took to show; a press that changed nothing before the next one misses any target."""
    waits = [answer.seconds for answer in found if answer.seconds is not None]
    unseen = len(found) - len(waits)
    worst = percentile(waits, 99) if waits else float("inf")
    keys = list(dict.fromkeys(answer.press.key.key for answer in found))
    return result(
        what,
        f"{len(found)} presses at random instants, from the press until the change is on screen, {how}; "
        + "; ".join(f"{key} {_told(found, key)}" for key in keys),
        (f"{median(waits) * 1000:.0f} ms, p99 {worst * 1000:.0f} ms" if waits else "no change seen")
        + (f", {unseen} never seen" if unseen else ""),
        f"p99 ≤ {target * 1000:.0f} ms",
        met=worst <= target and not unseen,
        waits=waits,
        unseen=unseen,
    )


def _told(found: Sequence[Answer], key: str) -> str:
    of_key = [answer.seconds for answer in found if answer.press.key.key == key]
    waits = [seconds for seconds in of_key if seconds is not None]
    unseen = f", {len(of_key) - len(waits)} of {len(of_key)} never seen" if len(waits) < len(of_key) else ""
    return (f"{spread(waits, '.0f', scale=1000)} ms" if waits else "-") + unseen
