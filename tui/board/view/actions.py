"""Everything a key does on the board: the one table that drives bindings, help and the bottom line.

Where a key means what it means on the bench, it is that one's row, or has its id.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.actions import BY_ID, Action
from tui.board.state.board import Board

_OF_TIME = ("column_back", "column_on", "columns_back", "columns_on")

_WINDOWS = "In g of a model of prices: a day back, on; a window back, on."

BOARD_ACTIONS: tuple[Action, ...] = (
    Action(
        "train",
        "space",
        "space",
        "Pause, go on",
        "Pauses behind the next step; goes on with the same bits.",
        "training",
    ),
    Action("save", "s", "s", "Save a checkpoint", "Saves at the next step from which going on is exact.", "training"),
    Action("add", "a", "a", "Add epochs", "Trains further: live, or after the end from a checkpoint.", "training"),
    Action("stop", "S,upper_s", "S", "Save and end", "Saves, then ends the training as Lightning does.", "training"),
    Action(
        "rate", "f", "f", "Learning rate × factor", "Multiplies the learning rates; schedulers follow.", "training"
    ),
    Action("branch", "b", "b", "Branch", "Makes a new run from a checkpoint; in c, from the chosen one.", "training"),
    Action(
        "detach", "D,upper_d", "D", "Leave it running", "As q: the script trains on without this screen.", "training"
    ),
    *(BY_ID[name] for name in _OF_TIME),
    Action("stage_back", "left_square_bracket", "[", "The epoch before", "To where an epoch begins.", "time"),
    Action("stage_on", "right_square_bracket", "]", "The epoch after", "To where an epoch begins.", "time"),
    Action("first_epoch", "home", "Home", "The first step", "Moves the time cursor to the first step.", "time"),
    Action("live", "end", "End", "Back to live", "Shows the newest values again.", "time"),
    *(BY_ID[name] for name in ("zoom_in", "zoom_out", "zoom_all")),
    Action("filter", "slash", "/", "Find metrics", "Shows the metrics whose names have all the words.", "view"),
    Action("page_on", "full_stop", ".", "Next charts", "The next page of charts, the one before.", "view"),
    Action("page_back", "comma", ",", "Charts before", "The next page of charts, the one before.", "view"),
    Action("chart_on", "tab", "tab", "Next chart", "Chooses the next chart, the one before.", "view"),
    Action("chart_back", "shift+tab", "shift+tab", "Chart before", "Chooses the next chart, the one before.", "view"),
    Action("row_on", "down", "↓", "Down", "In a panel a row on, else to the chart below.", "view"),
    Action("row_back", "up", "↑", "Up", "In a panel a row back, else to the chart above.", "view"),
    Action("rows_on", "pagedown", "PgDn", "A page on", "In a panel a page of rows, else of charts.", "view"),
    Action("rows_back", "pageup", "PgUp", "A page back", "In a panel a page of rows, else of charts.", "view"),
    Action(
        "zoom",
        "enter,z",
        "enter",
        "One chart alone",
        "A chart alone; in w a tensor, in g of prices a unit; and back.",
        "view",
    ),
    Action("log_scale", "y", "y", "Logarithmic values", "Draws values on a logarithmic scale, and back.", "view"),
    Action("smooth", "t", "t", "Smooth", "By 0.6, 0.9, 0.99, not at all; raw values are dotted behind.", "view"),
    Action("by_epoch", "x", "x", "Steps or epochs", "Has the charts count steps, or epochs.", "view"),
    Action("log", "l", "l", "Output", "What the script writes, live.", "view"),
    Action("checkpoints", "c", "c", "Checkpoints", "Whoever wrote them, and whether going on is exact.", "view"),
    Action("facts", "h", "h", "Facts", "Hyperparameters, arguments, host, versions, git commit.", "view"),
    Action("layers", "w", "w", "Layers", "Norms and gradients of each tensor; of prices, its values.", "view"),
    Action("gates", "g", "g", "Gates", "Of nn.LSTM and nn.GRU: each gate on a sequence of a validation.", "view"),
    Action("deviation", "d", "d", "Deviations", "In g, what each unit deviates from its own mean, and back.", "view"),
    Action("forecast", "p", "p", "Prices", "Of a model of prices: observed, predicted, ahead; the verdict.", "view"),
    Action(
        "sequence", "n", "n", "Next one", "In p, and in g of prices, the next ticker; else in g a sequence.", "view"
    ),
    Action("day_back", "less_than_sign", "<", "The day before", _WINDOWS, "view"),
    Action("day_on", "greater_than_sign", ">", "The day after", _WINDOWS, "view"),
    Action("days_back", "left_curly_bracket", "{", "A window back", _WINDOWS, "view"),
    Action("days_on", "right_curly_bracket", "}", "A window on", _WINDOWS, "view"),
    Action(
        "exact",
        "e",
        "e",
        "Exactly",
        "In w and g of prices, computes an epoch that says ≈ again, in all its bits; e, esc: cancels.",
        "view",
    ),
    Action("machine", "u", "u", "Machine", "Processor, memory and GPUs.", "view"),
    Action("drawn", "r", "r", "Runs", "All runs that are watched; enter shows and hides one there.", "runs"),
    Action("runs", "o", "o", "Open a run", "Lists all runs, and opens one; training goes on meanwhile.", "runs"),
    Action("theme", "T,upper_t", "T", "Dark or light", "Switches between a dark and a light screen.", "program"),
    BY_ID["help"],
    BY_ID["suspend"],
    Action("back", "escape", "esc", "Close", "Closes the panel, the filter, the single chart.", "program"),
    Action("quit", "q", "q", "Leave", "Leaves the screen; the training goes on without it.", "program"),
)

BOARD_BY_ID = {action.id: action for action in BOARD_ACTIONS}
#: The panels beside the charts, by the action that opens them.
PANELS = ("log", "checkpoints", "facts", "layers", "gates", "forecast", "machine", "drawn")


#: Whether a panel has anything to show of a board, and what to say where nothing will ever be there.
_NOTHING: dict[str, tuple[Callable[[Board], object], str]] = {
    "log": (lambda board: board.output.written, "of this run nothing is known that a script wrote"),
    "checkpoints": (lambda board: board.checkpoints, "no checkpoint of this run was told of"),
    "facts": (
        lambda board: board.hyperparameters or board.texts or board.process or board.fit,
        "nothing is known of this run beside its metrics",
    ),
    "layers": (lambda board: board.fit is not None and board.fit.tensors, "no Trainer has told of this run's layers"),
    "gates": (lambda board: board.has_gates, "no gates of an nn.LSTM or nn.GRU are known"),
    "forecast": (lambda board: board.prices, "this run is of no model of prices: there is nothing to forecast"),
    "machine": (lambda board: board.machine.newest, "nothing was measured of the machine that this run was on"),
}


def _nothing_there(name: str, board: Board | None, *, steers: bool) -> str | None:
    """Of a training that goes on, something may come yet; but no gates, where its model has none, and no prices."""
    if board is None:
        return None
    has, sentence = _NOTHING[name]
    is_settled = name == "forecast" or (name == "gates" and board.fit is not None)
    if steers and board.is_alive and not is_settled:
        return None
    return None if has(board) else sentence


def action_refusal(name: str, board: Board | None, *, steers: bool) -> str | None:
    """Why an action of training, or a panel, makes no sense now, in one sentence; None where it does."""
    if name in _NOTHING:
        return _nothing_there(name, board, steers=steers)
    if BOARD_BY_ID[name].group != "training" or name == "detach":
        return None
    if board is None:
        return "there is no run yet"
    if not steers:
        return "this is read-only: what is watched here cannot be steered"
    if name == "branch":
        return None if board.checkpoints else "there is no checkpoint to branch from yet: s saves one"
    if board.off and board.is_alive:
        return "the hook is off and hears nothing: the training goes on as the script says"
    if name == "add" and not board.is_alive:
        return None if board.checkpoints else "there is no checkpoint to go on from"
    if not board.is_alive:
        return "no training runs: a goes on from the newest checkpoint, b branches"
    if board.state == "starting":
        return "training has not begun yet"
    if board.state == "testing":
        return "the script tests its model: there is no training to steer"
    if board.state == "stopping":
        return "it ends already"
    return None
