"""What the panels of the main screen draw of a moment."""

from __future__ import annotations

from functools import partial

from textual.screen import Screen

from tui.text.gates import Choice
from tui.text.pieces import pieces_width
from tui.view import status_lines
from tui.view.error_band import ErrorBand
from tui.view.footer import footer_state
from tui.view.layout import LOSS, Arrangement, company_panel
from tui.view.looking import Looking
from tui.view.moment import Moment
from tui.view.plots import loss_plot, loss_title, panel_titles, parameter_plot, prediction_plot, prediction_title
from tui.widgets.chart import Chart
from tui.widgets.data_chart import DataChart
from tui.widgets.epoch_chart import EpochChart
from tui.widgets.failure_panel import FailurePanel
from tui.widgets.gates_panel import GatesPanel
from tui.widgets.key_line import KeyLine
from tui.widgets.lines import Lines
from tui.widgets.log_panel import LogPanel
from tui.widgets.overlay_chart import OverlayChart
from tui.widgets.parameter_table import ParameterTable
from tui.widgets.prediction_table import PredictionTable


class PanelDrawings:
    """Has the charts, tables and lines of a screen show a moment; those out of sight are left as they are."""

    def __init__(self, screen: Screen[None], rewrites: int) -> None:
        """rewrites: of the session's history, as it is drawn first."""
        self._screen = screen
        self._rewrites = rewrites
        self._band = ErrorBand()

    def draw_panels(self, moment: Moment, looking: Looking) -> Choice:
        """Draw the charts, and what shows one epoch. Answers what the gates explain, the nearest there is."""
        session, companies, choice = moment.session, looking.companies(moment.session), looking.choice
        self._screen.query_one(FailurePanel).show(session)
        self._screen.query_one(LogPanel).show(session)
        self._screen.query_one(KeyLine).show(footer_state(session))
        self._draw_charts(moment, looking)
        if (parameters := self._screen.query_one(ParameterTable)).display:
            parameters.show(moment.with_what_if, moment.title_suffix, moment.before, moment.what_if.names)
        if (predictions := self._screen.query_one(PredictionTable)).display:
            predictions.show(moment.with_what_if, moment.title_suffix, moment.before)
        if (gates := self._screen.query_one(GatesPanel)).display:
            gates.show(moment.with_what_if, companies, choice, moment.title_suffix)
            choice = gates.choice
        if (data := self._screen.query_one(DataChart)).display:
            data.show(moment.with_what_if.config.data, companies)
        return choice

    def _draw_charts(self, moment: Moment, looking: Looking) -> None:
        session, sight, view = moment.session, moment.sight, looking.view
        if session.rewrites != self._rewrites:
            self._rewrites = session.rewrites
            for epochs in self._screen.query(EpochChart):
                epochs.reset()
        loss = self._screen.query_one(f"#{LOSS}", Chart)
        if loss.display:
            band, log = self._band.follow(session), view.log_scale
            loss.entitle(partial(loss_title, session, band, log=log))
            loss.show(*loss_plot(session, sight, band, log=log))
        curves = self._screen.query_one(OverlayChart)
        if curves.display:
            curves.show(*parameter_plot(session, sight, view.curves))
        companies = looking.companies(session)
        for place, company in enumerate(companies):
            chart = self._screen.query_one(f"#{company_panel(place)}", Chart)
            if chart.display:
                chart.entitle(partial(prediction_title, session, company, what_if=bool(moment.what_if)))
                beside = next((other for other in companies if other != company), None)
                chart.show(*prediction_plot(moment, company, beside))

    def draw_lines(self, moment: Moment, looking: Looking, arrangement: Arrangement) -> None:
        """Write what stands in one line, or a few, around the panels."""
        session, (width, height) = moment.session, self._screen.size
        run, config, state, parent = session.run, session.config, session.state, session.parent
        where = session.elsewhere.where if state == "elsewhere" and session.elsewhere is not None else ""
        self._line("header").show(lambda width: status_lines.header(config, state, run, width, parent, where))
        self._line("status").show(lambda width: status_lines.status(session, width))
        badges = status_lines.badges(moment, width)
        taken = pieces_width(badges)
        self._line("notice").show(lambda width: [*badges, *status_lines.notice(session, width, taken)])
        if arrangement.tabs:
            names = panel_titles(session, looking.view.companies)
            titles = {panel: names[panel] for panel in arrangement.tabs}
            current = arrangement.panels[0]
            charts = [panel for panel in (company_panel(0), company_panel(1)) if panel in titles]
            self._line("tabs").show(lambda width: status_lines.tabs(titles, current, width, charts))
        companies = looking.companies(session)
        self._line("strip").show(lambda _: status_lines.strip(moment.with_what_if, companies, moment.before))
        self._line("too-small").show(lambda _: status_lines.too_small(width, height))

    def _line(self, name: str) -> Lines:
        return self._screen.query_one(f"#{name}", Lines)
