"""Scalars by step as rows."""

from __future__ import annotations

import io

import numpy as np

from lstm_engine.formats.metrics_rows import MetricsRows


def taken(rows: MetricsRows, tag: str, **values: float) -> None:
    steps = np.array([int(step[1:]) for step in values], np.int64)
    rows.scalars(tag, steps, np.zeros(len(steps)), np.array([*values.values()]))


def text(rows: MetricsRows) -> list[str]:
    file = io.StringIO(newline="")
    rows.write(file)
    return file.getvalue().splitlines()


def test_a_row_a_step_in_full_precision_with_blanks_where_nothing_was_logged() -> None:
    rows = MetricsRows()
    rows.hyperparameters({"lr": 1.0}, ())
    taken(rows, "loss", s2=0.1, s10=1 / 3)
    taken(rows, "acc", s2=0.5)
    assert text(rows) == ["acc,loss,step", "0.5,0.1,2", ",0.3333333333333333,10"]


def test_what_is_gone_on_from_makes_the_rest_void_and_the_last_value_of_a_step_stays() -> None:
    rows = MetricsRows()
    taken(rows, "loss", s1=1.0, s2=2.0, s3=3.0)
    rows.resumed(2)
    taken(rows, "loss", s2=4.0)
    taken(rows, "loss", s2=5.0)
    assert text(rows) == ["loss,step", "1.0,1", "5.0,2"]


def test_nothing_is_a_heading() -> None:
    assert text(MetricsRows()) == ["step"]
