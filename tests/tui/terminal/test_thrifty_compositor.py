"""Fewer widgets are asked for their lines, and what the terminal is told is the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor

from tests.support.hands import NARROW, WIDE, dashboard
from tests.support.script import Bench, epochs, resumed, settled
from tui.terminal.thrifty_compositor import ThriftyCompositor

#: A cell by line and column.
Cells = dict[tuple[int, int], tuple[str, Style | None]]


def cells(update: ChopsUpdate) -> Cells:
    """What an update puts where it changes the screen."""
    return {(y, x): cell for y, first, end in update.spans for x, cell in _line(update, y) if first <= x < end}


def _line(update: ChopsUpdate, y: int) -> Iterator[tuple[int, tuple[str, Style | None]]]:
    for begin, strip in update.chops[y].items():
        characters = [(character, style) for text, style, _ in strip or () for character in text]
        yield from enumerate(characters, start=begin)


@dataclass
class Compared:
    """What both compositors made of every partial update, and how many widgets each asked."""

    updates: int = 0
    thrifty: int = 0
    plain: int = 0
    differing: list[tuple[Cells, Cells]] = field(default_factory=list)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Compared:
    """Has every partial update made twice."""
    found = Compared()
    thrifty = ThriftyCompositor.render_partial_update

    def both(self: ThriftyCompositor) -> ChopsUpdate | None:
        dirty = self._dirty_regions.copy()
        update = thrifty(self)
        self._dirty_regions = dirty
        expected = Compositor.render_partial_update(self)
        if update is None or expected is None:
            assert update is expected
            return update
        found.updates += 1
        if cells(update) != cells(expected) or len(cells(update)) != sum(
            end - first for _, first, end in update.spans
        ):
            found.differing.append((cells(update), cells(expected)))
        return update

    def counting(self: ThriftyCompositor, *arguments: object) -> Iterator[object]:
        for render in renders_of(self, *arguments):  # type: ignore[arg-type]
            found.thrifty += 1
            yield render

    def counting_plain(self: Compositor, *arguments: object) -> Iterator[object]:
        for render in renders(self, *arguments):  # type: ignore[arg-type]
            found.plain += 1
            yield render

    renders_of, renders = ThriftyCompositor._renders_of, Compositor._get_renders
    monkeypatch.setattr(ThriftyCompositor, "_renders_of", counting)
    monkeypatch.setattr(Compositor, "_get_renders", counting_plain)
    monkeypatch.setattr(ThriftyCompositor, "render_partial_update", both)
    return found


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_what_changed_is_the_same_as_textuals(size: tuple[int, int], compared: Compared) -> None:
    """Whatever is pressed while epochs come in: over dialogs, zoomed, scrolled, looking back."""
    async with dashboard(Bench(resumed()), size=size) as hands:
        for key in ("y", "left", "g", "l", "d", "tab", "z", "right", "tab", "z", "?", "down", "escape", "t", "end"):
            await hands.press(key)
            await hands.say(epochs(hands.session.epoch + 1, hands.session.epoch + 20))
            await settled(hands.app, hands.pilot)
    assert compared.updates > 15
    assert compared.differing == []
    assert compared.thrifty < compared.plain / 2
