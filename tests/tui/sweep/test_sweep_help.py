"""The help names the keys that there are."""

from __future__ import annotations

from textual.binding import Binding

from tui.sweep.members.member_screen import MemberScreen
from tui.sweep.sweep_help import SWEEP_HELP
from tui.sweep.sweep_screen import SweepScreen

_NAMES = {"↑": "up", "↓": "down", "esc": "escape", "ctrl+z": "ctrl+z"}


def test_every_key_of_it_is_bound() -> None:
    bound = {"enter", "ctrl+z"}  # by the rows of the list, and by the app
    for screen in (SweepScreen, MemberScreen):
        for binding in screen.BINDINGS:
            assert isinstance(binding, Binding)
            bound |= set(binding.key.split(","))
    named = {_NAMES.get(key, key) for keys, text in SWEEP_HELP if text for key in keys.split()}
    assert named <= bound, named - bound
