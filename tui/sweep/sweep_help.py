"""The keys of a sweep's screens, as the help shows them."""

from __future__ import annotations

SWEEP_HELP = (
    ("training", ""),
    ("space", "Pauses, which saves; goes on."),
    ("view", ""),
    ("n N", "The members of the next learning rate and initialisation, or of the one before; then all again."),
    ("tab", "The cursor: from the shares to the last losses, and back."),
    ("↑ ↓", "The next row there."),
    ("enter", "Lists the members of that row: which they are, and what has become of each."),
    ("T", "Dark or light."),
    ("members", ""),
    ("enter", "Computes the member again as a run, compares the bits, and opens the dashboard on it; q comes back."),
    ("space c", "Marks a member; compares the marked ones, as runs."),
    ("s S", "Sorts by the next column; the other way round."),
    ("esc", "Back to the sweep."),
    ("program", ""),
    ("ctrl+z", "Back to the shell; fg returns."),
    ("q", "Saves, ends and leaves; lstm-tui sweep --resume goes on."),
)
