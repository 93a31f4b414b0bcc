"""Validation, test and prediction, told."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from lstm_engine.hook.lstm_tui_hook.telling import phases as module
from lstm_engine.hook.lstm_tui_hook.telling.phases import Phases
from lstm_engine.hook.lstm_tui_hook.telling.values import FreshMetrics


def trainer(sanity: bool = False) -> Any:
    return SimpleNamespace(
        sanity_checking=sanity,
        global_step=9,
        current_epoch=1,
        callback_metrics={"train_loss": torch.tensor(1.0)},
    )


def phases(told: list[tuple[str, dict[str, Any]]]) -> Phases:
    return Phases(lambda kind, **fields: told.append((kind, fields)), FreshMetrics())


def test_a_phase_is_told_with_what_was_logged_in_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "INTERVAL", 0.0)
    told: list[tuple[str, dict[str, Any]]] = []
    one, now = phases(told), trainer()
    one.begin(now, "validate", [2, 1])
    for _ in range(2):
        one.add()
    now.callback_metrics["val_loss"] = torch.tensor(2.0)
    one.end(now)
    assert told == [
        ("phase_started", {"phase": "validate", "batches": 3}),
        ("phase_progress", {"phase": "validate", "batch": 1}),
        ("phase_progress", {"phase": "validate", "batch": 2}),
        ("phase_ended", {"phase": "validate", "step": 9, "epoch": 1, "metrics": {"val_loss": 2.0}}),
    ]


def test_batches_are_not_told_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "INTERVAL", 3600.0)
    told: list[tuple[str, dict[str, Any]]] = []
    one = phases(told)
    one.begin(trainer(), "test", [math.inf])
    for _ in range(99):
        one.add()
    assert told == [("phase_started", {"phase": "test", "batches": None})]


def test_the_check_before_all_is_no_validation() -> None:
    told: list[tuple[str, dict[str, Any]]] = []
    one = phases(told)
    one.begin(trainer(sanity=True), "validate", [2])
    one.end(trainer(sanity=True))
    assert [fields["phase"] for _, fields in told] == ["sanity", "sanity"]
