"""The keys of the run list: what each of them does there, and which of them the line below shows."""

from __future__ import annotations

from textual.binding import Binding

#: Key, and action. The rows have keys of their own, and `enter` is one of them.
KEY_BINDINGS = [
    Binding(key, action, show=False)
    for key, action in (
        ("escape", "back"),
        ("o,q", "dismiss(None)"),
        ("slash", "look_for"),
        ("space", "mark"),
        ("a", "mark_all"),
        ("c", "compare"),
        ("k", "checkpoints"),
        ("s", "sort"),
        ("S,upper_s", "reverse"),
        ("r", "rename"),
        ("n", "note"),
        ("d,delete", "delete"),
        ("question_mark", "app.perform('help')"),
    )
]

#: What the line of keys shows, and the action of each.
KEYS = (
    ("Enter", "open", "open"),
    ("space", "mark", "mark"),
    ("c", "compare", "compare"),
    ("k", "checkpoints", "checkpoints"),
    ("sS", "sort", "sort"),
    ("r", "rename", "rename"),
    ("d", "delete", "delete"),
    ("n", "note", "note"),
    ("/", "filter", "look_for"),
    ("?", "help", "app.perform('help')"),
)
