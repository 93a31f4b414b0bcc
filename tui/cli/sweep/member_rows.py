"""A sweep as CSV: a row a member, its settings first."""

from __future__ import annotations

import csv
from typing import TextIO

from lstm_engine.sweep.results import Results


def write_member_rows(results: Results, stream: TextIO) -> None:
    """Numbers in full; empty for what is not finite. Raises OSError."""
    writer = csv.writer(stream, lineterminator="\n")
    companies = results.settings.data.names
    for number, member in enumerate(results.members):
        parameters = member["parameters"]
        if not number:
            predictions = [f"prediction {company}" for company in companies]
            writer.writerow(["seed", "lr", "init", "epochs", "train_loss", "solved", *predictions, *parameters])
        settings = [member["seed"], member["lr"], member["init"], results.epoch]
        outcome = [member["train_loss"], int(member["solved"]), *member["predictions"].values(), *parameters.values()]
        writer.writerow([*settings, *outcome])
