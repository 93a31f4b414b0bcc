"""The footer's words: which keys it shows in a state, and what it says they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.actions import BY_ID, Action
from tui.text.widths import width

if TYPE_CHECKING:
    from tui.state.session import Session


@dataclass(frozen=True)
class _Entry:
    """word: what the footer says the action does. rank: which ones a narrow footer keeps; the lowest stay longest.

    key: what stands for the key, where that stands for its neighbours too. only: the one state that it is shown in,
    where there is one.
    """

    word: str
    rank: int
    key: str = ""
    only: str = ""


#: What the footer shows, by action, in its order.
_ENTRIES = {
    "train": _Entry("train", 0),
    "add": _Entry("add epochs", 2),
    "detach": _Entry("detach", 4, only="training"),
    "reseed": _Entry("reseed", 4),
    "save": _Entry("save", 5),
    "runs": _Entry("runs", 5),
    "branch": _Entry("branch", 7),
    "log_scale": _Entry("log scale", 6),
    "zoom": _Entry("zoom", 7),
    "data": _Entry("data", 8),
    "log": _Entry("log", 8),
    "column_back": _Entry("look back", 6, key="← →"),
    "cell": _Entry("gates", 5),
    "what_if": _Entry("what if", 8),
    "help": _Entry("help", 3),
    "quit": _Entry("quit", 1),
}
#: By state, what the footer says of `train`.
_TRAIN_WORDS = {
    "ready": "train",
    "training": "pause",
    "paused": "resume",
    "finished": "add epochs",
    "failed": "retry",
    "failed, without an engine": "retry",
    "stopped": "go on",
    "finished, without an engine": "open again",
    "elsewhere": "look again",
    "ended": "open here",
}
#: By state, the ranks that are others there: who has begun a training leaves it sooner than he begins another.
_RANKS = {"training": {"reseed": 6}}
#: What an engine does, which has the run.
_OF_AN_ENGINE = ("add", "reseed", "save", "branch")
#: By state, what the footer leaves out: what would be refused, or has another key there.
_LEFT_OUT: dict[str, tuple[str, ...]] = {
    "loading": ("train", *_OF_AN_ENGINE),
    "ready": ("save", "branch"),
    "finished": ("add",),
    "failed": ("add", "save"),
    "failed, without an engine": _OF_AN_ENGINE,
    "stopped": _OF_AN_ENGINE,
    "finished, without an engine": _OF_AN_ENGINE,
    "elsewhere": _OF_AN_ENGINE,
    "watched": ("train", *_OF_AN_ENGINE),
    "ended": _OF_AN_ENGINE,
}
#: Cells behind each entry.
_GAP = 2


def footer_state(session: Session) -> str:
    """What the footer goes by: the session's state, or what another process does with the run."""
    if session.state in ("finished", "failed") and not session.engine_alive:
        return f"{session.state}, without an engine"
    if session.state != "elsewhere" or session.elsewhere is None:
        return session.state
    return "watched" if session.elsewhere.is_held else "ended"


def footer_word(action: Action, state: str) -> str:
    """What the footer says the action does in this state."""
    word = _ENTRIES[action.id].word
    return _TRAIN_WORDS.get(state, word) if action.id == "train" else word


def footer_key(action: Action) -> str:
    """How the footer writes the action's key."""
    return _ENTRIES[action.id].key or action.label


def footer_actions(state: str, room: int) -> list[Action]:
    """The actions that a footer of `room` cells has room for, in its order."""
    wanted = [BY_ID[name] for name in _ENTRIES if _belongs(name, state)]
    while wanted and sum(_width(action, state) for action in wanted) + 1 > room:
        wanted.remove(max(reversed(wanted), key=lambda action: footer_rank(action, state)))
    return wanted


def footer_rank(action: Action, state: str) -> int:
    """How soon a narrow footer leaves the action out in this state: those of the highest rank first."""
    return _RANKS.get(state, {}).get(action.id, _ENTRIES[action.id].rank)


def _belongs(name: str, state: str) -> bool:
    return name not in _LEFT_OUT.get(state, ()) and _ENTRIES[name].only in ("", state)


def _width(action: Action, state: str) -> int:
    return width(footer_key(action)) + 1 + width(footer_word(action, state)) + _GAP
