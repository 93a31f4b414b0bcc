"""The footer as buttons: a click on a key is that key."""

from __future__ import annotations

import pytest

from tests.support.hands import NARROW, dashboard
from tests.support.script import Bench, ready, training, until
from tui.actions import BY_ID
from tui.view.footer import footer_actions, footer_key, footer_word
from tui.widgets.key_line import KeyLine, performing


async def test_every_key_is_where_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    async with dashboard(Bench(training()), NARROW) as hands:
        done: list[str] = []
        monkeypatch.setattr(hands.app, "action_perform", lambda action: done.append(action))
        line = hands.screen.query_one(KeyLine)
        text = line.render().plain  # type: ignore[union-attr]
        actions = footer_actions("training", line.size.width)
        for action in actions:
            words = f"{footer_key(action)} {footer_word(action, 'training')}"
            for column in (text.index(words), text.index(words) + len(words) - 1):
                await hands.click(line, (column, 0))
                await until(lambda: done)
                assert done.pop() == action.id
        assert len(actions) > 3


async def test_it_follows_the_state() -> None:
    async with dashboard(Bench(ready()), NARROW) as hands:
        line = hands.screen.query_one(KeyLine)
        assert "space train" in line.render().plain  # type: ignore[union-attr]
        await hands.say(*training(300)[3:])
        assert "space pause" in line.render().plain  # type: ignore[union-attr]


def test_a_widget_s_bindings_are_the_table_s_keys() -> None:
    (binding,) = performing("live")
    assert (binding.key, binding.action) == (BY_ID["live"].key, "app.perform('live')")  # type: ignore[union-attr]
