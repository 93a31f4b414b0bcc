"""What has become of a queue's members, run by run, as data, as CSV and as lines of text."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from statistics import median
from typing import Any, TextIO

from lstm_engine.errors import UserError
from lstm_engine.forecast.outlook import read_outlook
from lstm_engine.queue.queue_folder import QueueFolder
from lstm_engine.script.last_progress import last_progress
from tui.cli.prices.price_output import validation
from tui.text.numbers import figure
from tui.text.table import table

_SETTINGS = ("model", "hidden", "lr", "seed")
_VALIDATION = (
    *("loss", "mae", "rmse", "naive_mae", "ratio", "seasonal_ratio"),
    *("direction", "base_rate", "n", "best_epoch"),
)


def member_results(queue: QueueFolder) -> list[dict[str, Any]]:
    """An object a member: its run, settings, whether it is done, and the verdict; None before there is one."""
    return [
        {
            "run": member.run,
            **{name: getattr(member.settings, name) for name in _SETTINGS},
            "done": queue.is_done(member),
            "epoch": last_progress(queue.path.parent / member.run).epoch,
            "validation": _validation(queue, member.run),
        }
        for member in queue.members
    ]


def write_member_results(results: Sequence[dict[str, Any]], stream: TextIO) -> None:
    """A CSV row a member, its settings first; empty for what there is not. Raises OSError."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["run", *_SETTINGS, "done", "epoch", *_VALIDATION])
    for result in results:
        found = result["validation"] or {}
        settings = [result[name] for name in _SETTINGS]
        verdict = [found.get(name) for name in _VALIDATION]
        writer.writerow([result["run"], *settings, int(result["done"]), result["epoch"], *verdict])


def result_lines(results: Sequence[dict[str, Any]]) -> list[str]:
    """A line for each model, number of units and learning rate: its members' errors over yesterday's price."""
    rows: list[tuple[str, ...]] = [("model", "hidden", "lr", "done", "of", "best ratio", "median", "worst")]
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for result in results:
        groups.setdefault(tuple(result[name] for name in _SETTINGS[:-1]), []).append(result)
    for (model, hidden, lr), members in groups.items():
        done = sum(member["done"] for member in members)
        ratios = [member["validation"]["ratio"] for member in members if member["done"] and member["validation"]]
        known = [ratio for ratio in ratios if ratio is not None]
        told = [figure(of(known)) for of in (min, median, max)] if known else [""] * 3
        rows.append((model, str(hidden), f"{lr:g}", str(done), str(len(members)), *told))
    return ["the error over that of yesterday's price; below 1 is better", *table(rows)]


def _validation(queue: QueueFolder, run: str) -> dict[str, Any] | None:
    try:
        return validation(read_outlook(queue.path.parent / run))
    except UserError:
        return None
