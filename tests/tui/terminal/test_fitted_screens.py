"""The screen is as large as the terminal, whatever sizes it had in between."""

from __future__ import annotations

import pytest
from textual.events import Resize
from textual.geometry import Size

from tests.support.hands import NARROW, WIDE, dashboard
from tests.support.script import Bench, training, until


@pytest.mark.parametrize("keys", [(), ("question_mark",), ("a",)], ids=["bench", "help", "dialog"])
async def test_a_size_that_the_terminal_has_left_behind_does_not_stay(keys: tuple[str, ...]) -> None:
    async with dashboard(Bench(training()), WIDE) as hands:
        await hands.press(*keys)
        seen: list[Size] = []
        screen = hands.app.screen
        screen.screen_layout_refresh_signal.subscribe(screen, lambda _: seen.append(screen.outer_size))
        screen.post_message(Resize(Size(*NARROW), Size(*NARROW)))
        await until(lambda: seen)
        await hands.pilot.pause()
        assert {one.outer_size for one in hands.app.screen_stack[1:]} == {Size(*WIDE)}


async def test_the_last_of_many_sizes_wins() -> None:
    async with dashboard(Bench(training()), WIDE) as hands:
        for size in [NARROW, (20, 5), (1, 1), (300, 90), (60, 20)]:
            hands.app.post_message(Resize(Size(*size), Size(*size)))
        await until(lambda: hands.screen.outer_size == Size(60, 20))
        await hands.pilot.pause()
        assert hands.screen.outer_size == Size(60, 20)


async def test_a_size_arrives_though_textual_never_passes_it_on() -> None:
    """Its timer is late by the time it starts, and so never calls; as long as it is there, no other one is set up."""
    async with dashboard(Bench(training()), WIDE) as hands:
        hands.app._resize_timer = hands.app.set_timer(1000, lambda: None)
        hands.app.post_message(Resize(Size(*NARROW), Size(*NARROW)))
        await until(lambda: hands.screen.outer_size == Size(*NARROW))
