"""The bottom line: which keys it shows in a state. Pure."""

from __future__ import annotations

from tui.board.state.board import Board
from tui.board.view.actions import BOARD_BY_ID, action_refusal
from tui.board.view.rulers import epochs_of

#: Key, word, action.
Key = tuple[str, str, str]

_SEEING = (
    *(("filter", "find"), ("zoom", "one chart"), ("smooth", "smooth"), ("log_scale", "log"), ("by_epoch", "epochs")),
    *(
        ("log", "output"),
        ("checkpoints", "checkpoints"),
        ("facts", "facts"),
        ("layers", "layers"),
        ("gates", "gates"),
        ("machine", "machine"),
    ),
)
_TICKER, _DEVIATION = ("sequence", "next ticker"), ("deviation", "deviations")
_DAYS = (("day_back", "day before"), ("day_on", "day after"))
_WINDOWS = (("days_back", "window before"), ("days_on", "window after"))
#: What the open panel is for. Of gates, whether they are computed here, and of several tickers.
_OF_A_PANEL = {
    "gates": (("sequence", "next sequence"), _DEVIATION),
    "gates by day": (*_DAYS, *_WINDOWS, _DEVIATION),
    "gates by ticker and day": (_TICKER, *_DAYS, *_WINDOWS, _DEVIATION),
    "forecast": (_TICKER,),
}
#: What enter does to the present row of a panel, in place of the chart.
_ENTER = {
    "drawn": "show or hide",
    "layers by epoch": "matrix",
    "gates by day": "unit",
    "gates by ticker and day": "unit",
}
#: What there has to be a chart for.
_OF_CHARTS = ("filter", "zoom", "smooth", "log_scale")
_STEERING = (("save", "save"), ("add", "add epochs"), ("rate", "lr"), ("stop", "save and end"), ("branch", "branch"))


def keys_of(
    board: Board | None, *, steers: bool, runs: int, panel: str = "", exact: str = "", lists: bool = False
) -> list[Key]:
    """What the bottom line shows, from the most important key on.

    runs: how many are watched. panel: the open one, as `_OF_A_PANEL` has it. exact: what the key does there that
    computes an epoch again; empty for nothing. lists: there are other runs to open.
    """
    wanted: list[tuple[str, str]] = []
    if steers and board is not None:
        if board.state in ("training", "validating", "paused"):
            wanted.append(("train", "go on" if board.state == "paused" else "pause"))
            wanted += _STEERING[:2]
        elif not board.is_alive:
            wanted += [("add", "add epochs"), ("branch", "branch")]
    wanted += [("quit", "leave"), ("help", "help")]
    wanted += [("exact", exact)] * bool(exact)
    wanted += [("zoom", _ENTER[each]) for each in (panel,) if each in _ENTER]
    wanted += _OF_A_PANEL.get(panel, ())
    wanted += [("forecast", "prices")]
    wanted += [("drawn", "runs")] * (runs > 1)
    wanted += [("runs", "open")] * lists
    wanted += [each for each in _SEEING if each[0] != "zoom" or panel not in _ENTER]
    wanted = [each for each in wanted if _does_something(each[0], board, steers=steers)]
    return [(BOARD_BY_ID[name].label, word, f"perform('{name}')") for name, word in wanted]


def _does_something(name: str, board: Board | None, *, steers: bool) -> bool:
    if board is None:
        return name in ("quit", "help", "runs")
    if name == "by_epoch":
        return len(epochs_of(board)) > 0
    if name in _OF_CHARTS:
        return bool(board.metrics)
    if name == "gates":
        return board.has_gates
    if name == "forecast":
        return board.prices is not None
    return action_refusal(name, board, steers=steers) is None
