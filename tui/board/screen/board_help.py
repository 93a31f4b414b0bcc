"""The keys of the board, for the help."""

from __future__ import annotations

from itertools import groupby

from tui.board.view.actions import BOARD_ACTIONS
from tui.screens.help_screen import IN_THE_LIST

_GROUPS = ("training", "time", "view", "runs", "program")


def board_help(*, steers: bool, lists: bool) -> tuple[tuple[str, str], ...]:
    """Key and sentence of every line; a heading has no sentence.

    steers: commands reach what is shown. lists: there are other runs to open.
    """
    lines: list[tuple[str, str]] = []
    for group in _GROUPS:
        if group == "training" and not steers:
            continue
        lines.append((group, ""))
        actions = [action for action in BOARD_ACTIONS if action.group == group and (lists or action.id != "runs")]
        for text, alike in groupby(actions, key=lambda action: action.help):
            lines.append((" ".join(action.label for action in alike), text))
    return (*lines, ("the list of runs", ""), *IN_THE_LIST) if lists else tuple(lines)
