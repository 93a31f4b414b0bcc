"""Which panels are on screen, as a pure function of the screen's size and of what the user asked to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

#: The smallest screen that shows anything but a request for more room.
LEAST_WIDTH, LEAST_HEIGHT = 60, 20
#: From here on all panels are shown side by side.
BOARD_WIDTH, BOARD_HEIGHT = 120, 34

#: The names of the panels, and of the widgets that show them.
FAILURE, LOSS, PARAMETERS, PREDICTIONS = "failure", "loss", "parameters", "predictions"
CELL, CURVES, DATA, LOG = "cell", "curves", "data", "log"
#: Lines that a chart needs to say something, its frame included.
_CHART_LINES = 8
#: Lines that the cell's gates take on the board.
CELL_LINES = 13
#: Lines that the header, status, notice and footer take.
_CHROME_LINES = 4
#: Lines that a table takes besides its rows.
_FRAME_AND_HEADING = 3

#: Columns of the tour's panel beside the dashboard, and from which size on it is there; else it is below.
_TOUR_WIDTH, _TOUR_BESIDE_FROM = 40, (120, 24)
#: Lines that it takes below, on a screen of 80 columns or more, and on a smaller one.
_TOUR_LINES, _SMALL_TOUR_LINES = 7, 8

Mode = Literal["board", "single", "too small"]
Pick = Literal["chosen", "nearest", "worst"]


def company_panel(place: int) -> str:
    """The name of the panel in which a company's predictions are drawn; place: 0 or 1."""
    return f"company-{place}"


@dataclass(frozen=True)
class View:
    """What the user asked to see.

    panel: the one with the focus. zoomed: it has the screen for itself.
    cell, data, log: those panels are wanted. log_scale: of the loss.
    companies: the numbers of the companies in the charts; at most two. pick: what they were picked for.
    chosen: those that the user chose last, by number.
    curves: the names of the parameters whose curves are wanted.
    tour: its panel is wanted.
    """

    panel: str = LOSS
    zoomed: bool = False
    cell: bool = False
    data: bool = True
    log: bool = False
    log_scale: bool = False
    companies: tuple[int, ...] = (0, 1)
    pick: Pick = "chosen"
    chosen: tuple[int, ...] = (0, 1)
    curves: tuple[str, ...] = ()
    tour: bool = False

    def drawing(self, parameters: tuple[str, ...], arrangement: Arrangement) -> View:
        """With these parameters' curves, in sight; without any where they are drawn already."""
        if parameters == self.curves:
            return replace(self, curves=(), panel=PARAMETERS)
        panel = self.panel if arrangement.mode == "board" else CURVES
        return replace(self, curves=parameters, panel=panel)

    def of_other_companies(self) -> View:
        """As before any company was chosen: the numbers of those that were mean others, or none, in other data."""
        return replace(self, companies=View.companies, chosen=View.chosen, pick=View.pick)

    def choosing(self, company: int) -> View:
        """With `company` in the charts, in place of the one that was chosen longest ago."""
        companies = self.companies if company in self.companies else (*self.companies[-1:], company)
        return replace(self, companies=companies, chosen=companies, pick="chosen")


@dataclass(frozen=True)
class Arrangement:
    """What is on screen.

    mode: `board` shows all panels, `single` one of them, `too small` none.
    panels: those that are shown, in the order of the Tab key.
    tabs: in mode `single`, those that Tab goes through; empty where all are shown anyway.
    strip: observed and predicted stand in lines below the panel.
    tour: columns and lines of the tour's panel, 0 for all that there are; None where it is not shown.
    """

    mode: Mode
    panels: tuple[str, ...]
    tabs: tuple[str, ...] = ()
    strip: bool = False
    tour: tuple[int, int] | None = None


#: On a screen that is too small for anything.
NO_ROOM = Arrangement("too small", ())


def arrange(view: View, size: tuple[int, int], companies: int, parameters: int, *, failed: bool) -> Arrangement:
    """The arrangement for a screen of that width and height. companies, parameters: how many the run has."""
    width, height = size
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return NO_ROOM
    tour = _tour_size(size) if view.tour else None
    columns, lines = tour or (0, 0)
    rest = (width - columns, height - lines)
    # Below, it takes the lines of the strip, and says itself what stands there.
    return replace(_arrange_panels(view, rest, companies, parameters, failed=failed, strip=not lines), tour=tour)


def _tour_size(size: tuple[int, int]) -> tuple[int, int]:
    width, height = size
    if width >= _TOUR_BESIDE_FROM[0] and height >= _TOUR_BESIDE_FROM[1]:
        return _TOUR_WIDTH, 0
    return 0, _TOUR_LINES if width >= 80 else _SMALL_TOUR_LINES


def _arrange_panels(
    view: View, size: tuple[int, int], companies: int, parameters: int, *, failed: bool, strip: bool
) -> Arrangement:
    """The arrangement of all but the tour in so much room. strip: there is room for it."""
    width, height = size
    curves = ((FAILURE,) if failed else ()) + (LOSS, *(company_panel(place) for place in range(min(companies, 2))))
    roomy = width >= BOARD_WIDTH and height >= BOARD_HEIGHT
    if view.zoomed or not roomy:
        strip = strip and not roomy and not view.zoomed
        tables = (PARAMETERS,) if strip and companies <= 2 else (PARAMETERS, PREDICTIONS)
        drawn, log = (CURVES,) * bool(view.curves), (LOG,) * view.log
        tabs = (*curves, *tables, *drawn, CELL, DATA, *log)
        return Arrangement("single", (_present(view.panel, tabs),), tabs, strip)
    return _board(view, height - _CHROME_LINES, curves, companies, parameters)


def _board(view: View, height: int, curves: tuple[str, ...], companies: int, parameters: int) -> Arrangement:
    """All panels that are wanted, without those that there is no room for."""
    cell = (CELL,) if view.cell else ()
    room = height - CELL_LINES * len(cell)
    if room < 2 * _CHART_LINES:
        curves = tuple(panel for panel in curves if panel in (FAILURE, LOSS))
    room -= parameters + _FRAME_AND_HEADING + _prediction_lines(companies)
    tables = (PARAMETERS, PREDICTIONS) if room >= 0 else (PARAMETERS,)
    below = [panel for panel, wanted in ((CURVES, view.curves), (DATA, view.data), (LOG, view.log)) if wanted]
    for panel in (DATA, LOG, CURVES):
        if panel in below and room < _CHART_LINES * len(below):
            below.remove(panel)
    return Arrangement("board", (*curves, *tables, *below, *cell))


def _present(panel: str, panels: tuple[str, ...]) -> str:
    return panel if panel in panels else panels[0]


def _prediction_lines(companies: int) -> int:
    return min(companies, 6) + _FRAME_AND_HEADING


# --- what the keys do to the view: the new view, and what to say ---


def _neighbour(view: View, arrangement: Arrangement, step: int) -> View:
    ring = arrangement.tabs or arrangement.panels
    here = ring.index(view.panel) if view.panel in ring else 0
    return replace(view, panel=ring[(here + step) % len(ring)]) if ring else view


def _next_panel(view: View, arrangement: Arrangement) -> tuple[View, str]:
    return _neighbour(view, arrangement, 1), ""


def _previous_panel(view: View, arrangement: Arrangement) -> tuple[View, str]:
    return _neighbour(view, arrangement, -1), ""


def _zoom(view: View, _: Arrangement) -> tuple[View, str]:
    said = "" if view.zoomed else "zoomed: z goes back, tab shows the next panel"
    return replace(view, zoomed=not view.zoomed), said


def _log_scale(view: View, _: Arrangement) -> tuple[View, str]:
    scale = "linear" if view.log_scale else "logarithmic"
    return replace(view, log_scale=not view.log_scale), f"the loss is drawn on a {scale} axis"


def _cell(view: View, arrangement: Arrangement) -> tuple[View, str]:
    if arrangement.mode == "board":
        return replace(view, cell=not view.cell, panel=LOSS if view.cell else CELL), ""
    return replace(view, cell=True, panel=LOSS if view.panel == CELL else CELL), ""


def _data(view: View, arrangement: Arrangement) -> tuple[View, str]:
    if arrangement.mode == "board":
        return replace(view, data=not view.data), ""
    return replace(view, data=True, panel=LOSS if view.panel == DATA else DATA), ""


def _log(view: View, arrangement: Arrangement) -> tuple[View, str]:
    if view.log:
        return replace(view, log=False, panel=LOSS if view.panel == LOG else view.panel), ""
    return replace(view, log=True, panel=view.panel if arrangement.mode == "board" else LOG), ""


VIEW_ACTIONS: dict[str, Callable[[View, Arrangement], tuple[View, str]]] = {
    "next_panel": _next_panel,
    "previous_panel": _previous_panel,
    "zoom": _zoom,
    "log_scale": _log_scale,
    "cell": _cell,
    "data": _data,
    "log": _log,
}
