"""All processes of a training carry out a command behind the same step."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from lstm_engine.hook.lstm_tui_hook.steering.command import Command
from lstm_engine.hook.lstm_tui_hook.steering.meeting import Meeting


class _Box:
    """Has one command at the looks of these numbers."""

    def __init__(self, *at: int) -> None:
        self.at, self.looks = at, 0

    def commands(self) -> list[Command]:
        self.looks += 1
        return [Command("go", str(self.looks))] if self.looks in self.at else []

    def wait(self, _: float) -> list[Command]:
        return self.commands()


class _Strategy:
    """What the first process says reaches the others; theirs is lost, as in a broadcast."""

    def __init__(self) -> None:
        self.said: list[Any] = []
        self.next = 0

    def broadcast(self, value: Any, src: int) -> Any:
        assert src == 0
        self.said.append(value)
        return value

    def heard(self, _: Any, src: int) -> Any:
        assert src == 0
        self.next += 1
        return self.said[self.next - 1]


def first_and_other(box: _Box) -> tuple[tuple[Meeting, Any], tuple[Meeting, Any]]:
    strategy = _Strategy()
    one = SimpleNamespace(world_size=2, strategy=strategy, received_sigterm=False)
    another = SimpleNamespace(world_size=2, strategy=SimpleNamespace(broadcast=strategy.heard), received_sigterm=False)
    return (Meeting(one, box), one), (Meeting(another, None), another)  # type: ignore[arg-type]


def test_alone_it_is_the_letterbox() -> None:
    trainer = SimpleNamespace(world_size=1)
    meeting = Meeting(trainer, _Box(2))  # type: ignore[arg-type]
    assert [len(meeting.behind_batch(trainer)) for _ in range(3)] == [0, 1, 0]
    assert Meeting(trainer, None).behind_batch(trainer) == []


def test_every_process_hears_a_command_behind_the_same_batch() -> None:
    (first, one), (other, another) = first_and_other(_Box(2, 3))
    heard = []
    for batch in range(60_000):
        said = first.behind_batch(one)
        assert other.behind_batch(another) == said
        heard += [(batch, command.id) for command in said]
        if len(heard) == 2:
            break
    assert [name for _, name in heard] == ["2", "3"]


def test_in_a_pause_they_meet_again_and_again_and_behind_it_at_the_next_batch() -> None:
    (first, one), (other, another) = first_and_other(_Box(3))
    assert first.behind_batch(one) == other.behind_batch(another) == []
    said = first.in_pause(one)
    assert [command.kind for command in said] == ["go"]
    assert other.in_pause(another) == said
    assert first._left == other._left == 1


def test_behind_the_first_process_s_last_word_nobody_meets() -> None:
    """It is said where the others meet: before, they do not wait for it."""
    (first, one), (other, another) = first_and_other(_Box())
    for number in (5, 1):  # until the next meeting
        first._hand_out(one, [], number)
        other._hand_out(another, [], number)
        first.leave()
        first.leave()
        while first._left > 1:
            assert first.behind_batch(one) == other.behind_batch(another) == []
            assert one.strategy.said[-1] is not None
        assert first.behind_batch(one) == other.behind_batch(another) == []
        assert one.strategy.said[-1] is None
        assert (first.open, other.open) == (False, False)
        said = len(one.strategy.said)
        for _ in range(5):
            assert first.behind_batch(one) == other.behind_batch(another) == []
        assert len(one.strategy.said) == said
        (first, one), (other, another) = first_and_other(_Box())


def test_in_a_pause_the_last_word_is_said_at_once() -> None:
    (first, one), (other, another) = first_and_other(_Box(1))
    first.leave()
    assert first.in_pause(one) == other.in_pause(another) == []
    assert (first.open, other.open) == (False, False)


def test_where_the_first_cannot_read_it_lets_the_others_go_before_it_says_so() -> None:
    for name in ("behind_batch", "in_pause"):
        (first, one), (other, another) = first_and_other(_Box())
        first._letterbox = SimpleNamespace(commands=lambda: 1 / 0, wait=lambda _: 1 / 0)  # type: ignore[assignment]
        with pytest.raises(ZeroDivisionError):
            getattr(first, name)(one)
        assert getattr(other, name)(another) == []
        assert (first.open, other.open) == (False, False)


def test_alone_the_last_word_ends_a_pause() -> None:
    meeting = Meeting(SimpleNamespace(world_size=1), _Box())  # type: ignore[arg-type]
    meeting.leave()
    assert not meeting.open
