"""The vocabulary of a script's training: it comes through JSON unchanged, and what is added later is no error."""

from __future__ import annotations

import msgspec
import pytest

from lstm_engine.script.vocabulary.events import Event, decode_event
from lstm_engine.script.vocabulary.fit_events import FitOpened
from lstm_engine.script.vocabulary.keeper_events import Gpu, Machine
from lstm_engine.script.vocabulary.module_events import Tensor


@pytest.mark.parametrize(
    "event",
    [
        FitOpened(
            fit=0,
            stage="fit",
            trainer="lightning",
            version="2.6.6",
            torch="2.13.0",
            model="Net",
            pid=7,
            tensors=(Tensor(name="net.weight", shape=(3, 2), count=6),),
            hyperparameters={"lr": 0.1, "name": "a", "deep": True, "none": None},
        ),
        Machine(processor=1.5, memory=1 << 30, gpus=(Gpu(name="H100", utilisation=0.5),), at=3.0),
    ],
)
def test_an_event_comes_through_json_unchanged(event: Event) -> None:
    assert decode_event(msgspec.json.encode(event)) == event


def test_fields_of_a_later_version_are_passed_over() -> None:
    assert decode_event(b'{"type": "epoch_ended", "epoch": 3, "step": 12, "of_tomorrow": [1]}').epoch == 3  # type: ignore[union-attr]
