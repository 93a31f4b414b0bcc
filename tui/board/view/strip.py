"""The line above the charts: what they show, and how. Pure."""

from __future__ import annotations

from tui.board.state.forecast import Forecast
from tui.board.view.grid import Grid
from tui.board.view.picture import Picture
from tui.text.numbers import counted
from tui.text.pieces import Piece, fitted, pieces_width


def strip(picture: Picture, page: Grid, width: int, forecast: Forecast | None = None) -> list[Piece]:
    """What the charts show, and how; nothing where there are none.

    forecast: what a model of prices has come to; in a word, before all else, where its panel does not say so and the
    charts are not of the past.
    """
    seen = picture.seen
    if not picture.groups and not seen.filter:
        return []
    verdict = _verdict(picture, forecast)
    is_single = page.columns * page.rows == 1 and page.pages > 1
    facts = [f"chart {page.page + 1} of {page.pages}" if is_single else counted(len(picture.groups), "chart")]
    facts += [f"page {page.page + 1} of {page.pages}"] * (page.pages > 1 and not is_single)
    facts[:0] = [f"/{seen.filter}"] if seen.filter else []
    is_by_epoch = any(run.ruler.by_epoch for run in picture.runs)
    facts.append("by epoch" if is_by_epoch else "by step")
    if seen.by_epoch and not is_by_epoch:
        facts[-1] = "by step: no epochs were told"
    facts += ["log"] * seen.log
    facts += [f"smoothed {seen.weight:g}"] if seen.weight else []
    facts += [f"{counted(len(seen.hidden), 'run')} hidden"] if seen.hidden else []
    badge = _badge(picture)
    room = width - pieces_width([*badge, *verdict]) - 2
    gap = " · " if verdict else ""
    words = fitted(facts, room - len(gap))
    return [(" ", ""), *badge, *verdict, (gap + words if words else "", "$quiet")]


def _verdict(picture: Picture, forecast: Forecast | None) -> list[Piece]:
    prices = None if picture.board is None else picture.board.prices
    if prices is None or forecast is None or forecast.files.directory != prices.directory:
        return []
    outlook = forecast.outlook
    if outlook is None or picture.seen.panel == "forecast" or not picture.sight.is_live:
        return []
    style = "$text-success" if outlook.is_better else "$text-warning"
    return [(outlook.words[0], style)]


def _badge(picture: Picture) -> list[Piece]:
    if picture.sight.is_live:
        return []
    position = picture.sight.epoch
    unit = picture.runs[0].ruler.unit if picture.runs else 1
    text = f" step {position:,} " if unit == 1 else f" epoch {position / unit:.2f} "
    return [(text, "reverse bold $accent"), (" ", ""), ("End", "bold $accent"), (" returns   ", "")]
