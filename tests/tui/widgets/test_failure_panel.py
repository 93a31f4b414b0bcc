"""What a failure says: the cause, what one can do, the log's end."""

from __future__ import annotations

import pytest

from lstm_engine.protocol.messages import Failed
from tests.support.script import checkpoint, ready, session_after, training
from tui.state.updates import EngineGone, LineLogged
from tui.widgets.failure_panel import FailurePanel

DETAIL = "\n".join(f"line {number}\n" for number in range(20))


def shown(script: list) -> tuple[str, str]:
    panel = FailurePanel(id="failure")
    panel.show(session_after(script))
    return str(panel.border_title), panel.render().plain  # type: ignore[union-attr]


def test_a_failed_training_says_why_and_where_a_retry_starts() -> None:
    failed = Failed(epoch=1201, cause="the loss is nan", detail=DETAIL, checkpoint=checkpoint(1000))
    title, text = shown([*training(), failed])
    assert title == "training failed"
    assert text.startswith("the loss is nan\n")
    assert f"space  tries again from {checkpoint(1000)}\n" in text
    assert [line for line in text.splitlines() if line.startswith("line")] == [f"line {n}" for n in range(12, 20)]


def test_an_engine_that_is_gone_is_not_reseeded() -> None:
    title, text = shown([*training(), LineLogged("MemoryError"), EngineGone(-9)])
    assert title == "the engine is gone"
    assert "with a new engine process" in text
    assert "another seed" not in text
    assert text.endswith("MemoryError")


@pytest.mark.parametrize("script", [[], ready(), training()])
def test_without_a_failure_it_is_empty(script: list) -> None:
    assert shown(script)[1] == ""
