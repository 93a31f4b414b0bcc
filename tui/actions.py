"""Everything a key can do: the one table that drives bindings, help and command palette.

An action that makes no sense in a state is not silent: `refusal` says why. Which of them the footer shows, and in
which words, is in `tui.view.footer`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lstm_engine.run.config import RunConfig
    from tui.state.session import Session

Group = Literal["training", "runs", "time", "inside", "view", "tour", "program"]


@dataclass(frozen=True)
class Action:
    """One thing the user can do.

    id: of the binding, and of its handler. key: as Textual names it. label: as people read it.
    title: in the palette. help: one sentence, in the help.
    local: its key means that in one panel alone, which binds it.
    """

    id: str
    key: str
    label: str
    title: str
    help: str
    group: Group
    local: bool = False


#: What the arrows do in the cell.
_EXPLAIN = "In the cell: the day, and the gate, to explain."

ACTIONS: tuple[Action, ...] = (
    Action(
        "train",
        "space",
        "space",
        "Train, pause, go on",
        "Trains; pauses and saves; goes on; retries after a failure.",
        "training",
    ),
    Action("add", "a", "a", "Add epochs", "Trains further, from the checkpoint, with a new Trainer.", "training"),
    Action("reseed", "r", "r", "Reseed", "Starts again with another seed; the old run is kept.", "training"),
    Action("save", "s", "s", "Save a checkpoint", "Saves a checkpoint now, and keeps it for good.", "training"),
    Action("detach", "D", "D", "Leave it running", "Leaves; it trains on: `lstm-tui attach` looks in.", "training"),
    Action(
        "runs",
        "o",
        "o",
        "Open a run",
        "Lists all runs: opens, compares, renames, deletes; continues from any checkpoint.",
        "runs",
    ),
    Action(
        "branch",
        "b",
        "b",
        "Branch",
        "Makes a new run from an epoch of this one, with another learning rate, or of a what-if.",
        "runs",
    ),
    Action(
        "many",
        "M",
        "M",
        "Many runs at once",
        "Leaves for a sweep: many seeds, learning rates and initialisations on this run's data.",
        "runs",
    ),
    Action("continue", "u", "u", "Continue the unfinished run", "Goes on with the run that is offered.", "runs"),
    Action("log_scale", "y", "y", "Logarithmic loss", "Draws the loss on a logarithmic scale, and back.", "view"),
    Action("zoom", "z", "z", "Zoom the panel", "Gives the focused panel the whole screen, and back.", "view"),
    Action("data", "d", "d", "Data", "Shows and hides the companies, day by day.", "view"),
    Action(
        "selection",
        "n",
        "n",
        "Nearest, worst, chosen",
        "Of many companies, puts the two nearest, or worst, into the charts.",
        "view",
    ),
    Action("log", "l", "l", "Log", "Shows and hides what the engine has reported.", "view"),
    Action(
        "column_back", "left", "←", "Look back by a column", "Moves the time cursor by a column of the chart.", "time"
    ),
    Action(
        "column_on", "right", "→", "Look on by a column", "Moves the time cursor by a column of the chart.", "time"
    ),
    Action(
        "columns_back",
        "shift+left",
        "shift+←",
        "Look back by ten columns",
        "Moves the time cursor by ten columns.",
        "time",
    ),
    Action(
        "columns_on",
        "shift+right",
        "shift+→",
        "Look on by ten columns",
        "Moves the time cursor by ten columns.",
        "time",
    ),
    Action(
        "epoch_back",
        "left_square_bracket",
        "[",
        "Look back by an epoch",
        "Moves the time cursor by one epoch.",
        "time",
    ),
    Action(
        "epoch_on", "right_square_bracket", "]", "Look on by an epoch", "Moves the time cursor by one epoch.", "time"
    ),
    Action(
        "stage_back",
        "pageup",
        "PgUp",
        "Look back by a stage",
        "Moves the time cursor to where training was resumed.",
        "time",
    ),
    Action(
        "stage_on",
        "pagedown",
        "PgDn",
        "Look on by a stage",
        "Moves the time cursor to where training was resumed.",
        "time",
    ),
    Action("first_epoch", "home", "Home", "Look at the untrained model", "Moves the time cursor to epoch 0.", "time"),
    Action("live", "end", "End", "Back to live", "Shows the newest epoch again.", "time"),
    Action("jump", "colon,ctrl+g", ":", "Go to an epoch", "Asks for the epoch; ctrl+g too.", "time"),
    Action(
        "zoom_in",
        "plus,equals_sign",
        "+",
        "Zoom in on the epochs",
        "Shows half the epochs, around the cursor or the newest.",
        "time",
    ),
    Action("zoom_out", "minus", "-", "Zoom out of the epochs", "Shows twice as many epochs.", "time"),
    Action("zoom_all", "0", "0", "All epochs", "Shows all epochs on the charts.", "time"),
    Action(
        "cell", "g", "g", "The cell: gates day by day", "Shows and hides what each gate does, day by day.", "inside"
    ),
    Action("cell_left", "left", "←", "The day before", _EXPLAIN, "inside", local=True),
    Action("cell_right", "right", "→", "The next day", _EXPLAIN, "inside", local=True),
    Action("cell_up", "up", "↑", "The gate above", _EXPLAIN, "inside", local=True),
    Action("cell_down", "down", "↓", "The gate below", _EXPLAIN, "inside", local=True),
    Action(
        "cell_back",
        "shift+left",
        "shift+←",
        "Ten days before",
        "In the cell: ten days at once.",
        "inside",
        local=True,
    ),
    Action(
        "cell_on",
        "shift+right",
        "shift+→",
        "Ten days on",
        "In the cell: ten days at once.",
        "inside",
        local=True,
    ),
    Action(
        "cell_first",
        "home",
        "Home",
        "The first day",
        "In the cell: the first day, the last; from there, and looking back, as elsewhere.",
        "inside",
        local=True,
    ),
    Action(
        "cell_last",
        "end",
        "End",
        "The last day",
        "In the cell: the first day, the last; from there, and looking back, as elsewhere.",
        "inside",
        local=True,
    ),
    Action(
        "cell_marked",
        "m",
        "m",
        "The marked day",
        "In the cell: where the two companies differ most.",
        "inside",
        local=True,
    ),
    Action("other_company", "c", "c", "The other company", "In the cell: explains the other company.", "inside"),
    Action(
        "curve",
        "enter",
        "enter",
        "The parameter's curve",
        "On a parameter: draws it over the epochs, and hides it again.",
        "inside",
        local=True,
    ),
    Action(
        "gate_curves",
        "w,shift+enter",
        "w",
        "The whole gate's curves",
        "Draws all parameters of the chosen one's gate; shift+enter too, where it comes through.",
        "inside",
    ),
    Action(
        "what_if",
        "e",
        "e",
        "What if: a parameter",
        "Tries another value for the chosen parameter; the run stays as it is.",
        "inside",
    ),
    Action("what_if_inputs", "x", "x", "What if: inputs", "Tries other inputs for the chosen company.", "inside"),
    Action("put_back", "escape", "esc", "Put back", "Puts a what-if back.", "inside"),
    Action("next_panel", "tab", "tab", "Next panel", "Moves the focus to the next panel.", "view"),
    Action("previous_panel", "shift+tab", "shift+tab", "Previous panel", "Moves the focus one panel back.", "view"),
    Action("tour", "i", "i", "The tour", "Opens a lesson beside the dashboard, where it was left; leaves it.", "tour"),
    Action(
        "tour_on",
        "greater_than_sign,full_stop",
        ">",
        "On with the tour",
        "In the tour: goes on; . and , do the same without shift.",
        "tour",
    ),
    Action("tour_back", "less_than_sign,comma", "<", "Back in the tour", "In the tour: a step back.", "tour"),
    Action("theme", "t", "t", "Dark or light", "Switches between a dark and a light screen.", "program"),
    Action("help", "question_mark", "?", "Help", "Shows all keys.", "program"),
    Action("palette", "ctrl+p", "ctrl+p", "Command palette", "Finds any of the keys' actions by name.", "program"),
    Action("suspend", "ctrl+z", "ctrl+z", "Suspend", "Back to the shell for a while; `fg` returns.", "program"),
    Action("quit", "q", "q", "Quit", "Saves, leaves, and says how to go on.", "program"),
)

BY_ID = {action.id: action for action in ACTIONS}


def refusal(action: Action, session: Session) -> str | None:
    """Why the action makes no sense now, in one sentence; None where it does."""
    if action.group == "time" and session.history.last_epoch < 1:
        return "there is one epoch to look at: space trains more"
    if action.id == "continue":
        return None if session.offer else "there is no unfinished run to continue: o lists all runs"
    if action.group != "training" and action.id not in ("branch", "many"):
        return None
    if session.state == "loading":
        return "PyTorch is still loading"
    if action.id == "many":
        return _no_sweep(session.config)
    if session.is_watched and session.elsewhere is not None:
        return session.elsewhere.refusal(session.run or "the run", session.directory or "")
    if session.detaching or session.detached:
        return "it is being left running: whoever attaches to it can steer it"
    if action.id == "train":
        return None
    if session.state == "elsewhere":
        return "the run is open elsewhere: space looks again, o opens another one"
    if not session.engine_alive:
        return "the engine process is gone: space starts a new one, q quits"
    if action.id == "detach" and session.state != "training":
        return "nothing is trained now, so there is nothing to leave running: q saves and quits"
    if action.id == "add" and session.state == "failed":
        return "training failed: space retries from the last checkpoint, then a adds epochs"
    if action.id == "save" and session.epoch == 0:
        return "nothing to save yet: space trains"
    if action.id == "branch" and session.run is None:
        return "nothing to branch from yet: space trains"
    return None


def _no_sweep(config: RunConfig) -> str | None:
    """Why there can be no sweep of runs such as this one; None where there can."""
    if config.model != "by-hand":
        return f"a sweep is of the unit by hand, and this is {config.model}: `lstm-tui` alone opens one by hand"
    if config.batch_size != 1:
        return f"a sweep takes a step a company, and this run one of {config.batch_size}: expected batch size 1"
    return None


def in_group(group: Group) -> Iterable[Action]:
    """The actions of one group, in the table's order."""
    return (action for action in ACTIONS if action.group == group)
