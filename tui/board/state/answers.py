"""How the answers to commands move a board on. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lstm_engine.script.vocabulary.answers import Answer, Going, LrScaled, Paused, Stopping, TargetChanged
from lstm_engine.script.vocabulary.commands import Command
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from tui.board.state.board import Board


def answer(board: Board, event: Event) -> Board | None:
    """The board once a command was answered; None where the event answers none, or does more than that."""
    if isinstance(event, CheckpointWritten):
        return _saved(board, event) if event.id in board.asked else None
    if not isinstance(event, Answer):
        return None
    board = replace(board, asked=_without(board.asked, event.id))
    if isinstance(event, Paused):
        return replace(board, state="paused", notice=f"paused behind step {event.step}", alert=False)
    if isinstance(event, Going):
        return replace(board, state="training", notice=f"goes on behind step {event.step}", alert=False)
    if isinstance(event, Stopping):
        return replace(board, state="stopping", notice="", alert=False)
    if isinstance(event, TargetChanged):
        return _other_target(board, event)
    if isinstance(event, LrScaled):
        sentence = f"learning rates × {event.factor:g} from step {event.step} on"
        return replace(board, lr=event.lr or board.lr, notice=sentence, alert=False)
    return replace(board, notice=event.reason, alert=True)


def _other_target(board: Board, event: TargetChanged) -> Board:
    progress = replace(board.progress, max_epochs=event.max_epochs, max_steps=event.max_steps)
    ends = [f"{event.max_epochs} epochs"] * (event.max_epochs is not None)
    ends += [f"{event.max_steps} steps"] * (event.max_steps is not None)
    sentence = f"trains until {' or '.join(ends)}" if ends else "trains without an end"
    return replace(board, progress=progress, notice=sentence, alert=False)


def _saved(board: Board, event: CheckpointWritten) -> Board:
    others = tuple(each for each in board.checkpoints if each.path != event.path)
    exact = "going on from it is exact" if event.exact else f"not exact: {event.why_not or 'no reason was told'}"
    return replace(
        board,
        checkpoints=(*others, event),
        asked=_without(board.asked, event.id),
        notice=f"saved at step {event.step}; {exact}",
        alert=False,
    )


def _without(commands: Mapping[str, Command], id: str | None) -> dict[str, Command]:
    return {key: command for key, command in commands.items() if key != id}
