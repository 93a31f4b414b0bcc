"""Going on from a checkpoint ends in the bits of an uninterrupted run where the hook says so; else it says why not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lstm_engine.hook import FOLDER
from tests.support.soak import first

PROGRAM = Path(__file__).parents[4] / "support" / "exactness_program.py"
#: Places that lose nothing and are still not promised: nobody knows whether a script carries gradients over.
CAREFUL = {"manual"}
CASES = ["ordinary", "validation inside", "workers", "accumulated", "max_steps", "early stopping", "own generator"]
CASES += ["sampler by epoch"]
LONG = ["no validation", "validation every second", "manual", "plateau of validation", "plateau of training"]
LONGER = ["max_steps at an end", "persistent workers", "limited"]


def outcomes(run: Path, *cases: str) -> dict[str, dict[str, dict[str, Any]]]:
    environment = {**os.environ, "LSTM_TUI_RUN": str(run), "PYTHONPATH": str(FOLDER)}
    command = [sys.executable, str(PROGRAM), *cases]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for line in ran.stdout.splitlines():
        if line.startswith("{"):
            found |= json.loads(line)
    return found


@pytest.mark.parametrize("cases", first(1, [CASES, LONG, LONGER]))
def test_what_is_said_to_be_exact_is(tmp_path: Path, cases: list[str]) -> None:
    found = outcomes(tmp_path, *cases)
    assert found.keys() == set(cases)
    for case, places in found.items():
        for place, outcome in places.items():
            promised = bool(outcome["exact"])
            assert promised == outcome["resumed"] == (not outcome["why_not"]), (case, place, outcome)
            assert outcome["same"] == promised or case in CAREFUL, (case, place, outcome)
    if "ordinary" in found:
        inside = found["ordinary"]["[1, 3]"]
        assert inside["same"]
        # Behind the last batch of an epoch, no epoch is lost.
        assert found["ordinary"]["[1, 7]"]["steps"] == inside["of"]
