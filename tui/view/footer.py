"""The footer's words: which keys it shows in a state, and what it says they do."""

from __future__ import annotations

from tui.actions import ACTIONS, Action

_SPACE = {
    "ready": "train",
    "training": "pause",
    "paused": "resume",
    "finished": "add epochs",
    "failed": "retry",
}


#: What a state's footer leaves out: what would be refused, or has another key there.
_NOT_IN_FOOTER: dict[str, tuple[str, ...]] = {
    "loading": ("train", "add", "reseed", "save", "branch"),
    "ready": ("save", "branch"),
    "finished": ("add",),
    "failed": ("add", "save"),
}


def footer_word(action: Action, state: str) -> str:
    """What the footer says the action does in this state."""
    return _SPACE.get(state, action.footer) if action.id == "train" else action.footer


def footer_key(action: Action) -> str:
    """How the footer writes the action's key."""
    return action.footer_label or action.label


def footer_actions(state: str, width: int) -> list[Action]:
    """The actions that a footer of `width` cells has room for, in the table's order."""
    wanted = [action for action in ACTIONS if action.footer and action.id not in _NOT_IN_FOOTER.get(state, ())]
    while wanted and sum(_footer_width(action, state) for action in wanted) + 1 > width:
        wanted.remove(max(reversed(wanted), key=lambda action: action.rank))
    return wanted


def _footer_width(action: Action, state: str) -> int:
    return len(footer_key(action)) + 1 + len(footer_word(action, state)) + 2
