"""The page of charts."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Grid
from textual.message import Message

from tui.board.drawing.metric_plot import MetricPlot
from tui.board.widgets.metric_chart import MetricChart


class ChartGrid(Grid):
    """So many charts beside and below each other; those that are there already are drawn on."""

    DEFAULT_CSS = """
    ChartGrid {
        height: 1fr;
        width: 1fr;
        & > MetricChart.-chosen { border: round $primary; }
    }
    """

    class Resized(Message):
        """There is other room for the charts than before."""

    def on_resize(self) -> None:
        self.post_message(self.Resized())

    def show(self, plots: Sequence[MetricPlot], columns: int, rows: int, chosen: int) -> None:
        """Draw the plots. columns, rows: of the grid. chosen: the number of the one that keys are for; -1 for none."""
        self.styles.grid_size_columns, self.styles.grid_size_rows = columns, rows
        charts = list(self.query(MetricChart))
        if len(plots) > len(charts):
            # They draw what they were told once they have a size.
            new = [MetricChart() for _ in range(len(plots) - len(charts))]
            self.mount(*new)
            charts += new
        for number, chart in enumerate(charts):
            chart.display = number < len(plots)
            is_last = number == len(plots) - 1
            chart.styles.column_span = columns - number % columns if is_last else 1  # no room is left empty beside it
            chart.set_class(number == chosen, "-chosen")
            if number < len(plots):
                chart.show(plots[number])

    @property
    def columns(self) -> int:
        """How many columns the charts have for their axis; 0 before anything is drawn."""
        return next((chart.columns for chart in self.query(MetricChart) if chart.display), 0)

    def number_of(self, chart: MetricChart) -> int:
        """Which of the plots a chart shows."""
        return list(self.query(MetricChart)).index(chart)
