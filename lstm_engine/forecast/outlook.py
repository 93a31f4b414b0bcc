"""What a run of a model of prices has come to: prices and predictions by date, and the verdict on them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import Inputs, read_inputs
from lstm_engine.forecast.predictions import Predictions, read_predictions
from lstm_engine.prices.following_dates import Dates, following_dates
from lstm_engine.prices.table import PriceTable
from lstm_engine.prices.verdict import Verdict, verdict
from lstm_engine.prices.verdict_words import verdict_words
from lstm_engine.script.script_run import INPUTS
from lstm_engine.text import printable


@dataclass(frozen=True)
class Outlook:
    """inputs: what the model is made from. predictions: at its best epoch. verdict: on those of the days held out.

    newer: prices that are forecast from in place of those it was trained on; None for those.
    """

    inputs: Inputs
    predictions: Predictions
    verdict: Verdict
    newer: PriceTable | None = None

    @property
    def table(self) -> PriceTable:
        return self.inputs.table

    @property
    def is_better(self) -> bool:
        """Than the last price, by more than chance gives."""
        return self.verdict.is_better

    @property
    def words(self) -> tuple[str, ...]:
        """The verdict in words, a phrase each."""
        return verdict_words(self.verdict, self.table.step)

    @property
    def dates_ahead(self) -> Dates:
        """The days that `predictions.ahead` is of; weekends are none where the table has none. Shape (horizon,)."""
        return following_dates(self.newer or self.table, len(self.predictions.ahead))


def outlook_of(inputs: Inputs, predictions: Predictions) -> Outlook:
    """Raises ValueError where the predictions are not of these prices."""
    found = verdict(predictions.held_out, inputs.table.prices, inputs.table.season)
    if predictions.ahead.shape[1:] != inputs.table.prices.shape[1:]:
        raise ValueError(f"forecasts of shape {predictions.ahead.shape} for {len(inputs.table.tickers)} tickers")
    return Outlook(inputs, predictions, found)


def is_price_run(run: Path) -> bool:
    """Whether the folder holds a run of a model of prices."""
    return (run / INPUTS).is_dir()


def read_outlook(run: Path) -> Outlook:
    """That of a run's folder.

    Raises:
        UserError: it is no run of a model of prices, has no prediction yet, or is damaged.
    """
    name = printable(run.name)
    if not is_price_run(run):
        raise UserError(f"run {name} has no prices by date: expected one of `lstm-tui train --data PRICES.csv`")
    inputs = read_inputs(run / INPUTS)
    predictions = read_predictions(run)
    if predictions is None:
        raise UserError(f"run {name} has predicted nothing yet: expected one that has ended an epoch")
    try:
        return outlook_of(inputs, predictions)
    except ValueError as error:
        raise UserError(f"run {name} is damaged ({error}): expected predictions of its own prices") from error
