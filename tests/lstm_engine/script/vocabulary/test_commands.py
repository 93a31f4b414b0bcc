"""Commands to a script's training, as the hook reads them."""

from __future__ import annotations

import json

from lstm_engine.script.vocabulary.commands import LONGEST, ScaleLr, SetTarget, encode


def test_a_command_is_one_short_line_of_json_with_its_type() -> None:
    line = encode(ScaleLr(id="7", factor=0.5))
    assert line.endswith(b"\n")
    assert json.loads(line) == {"type": "scale_lr", "id": "7", "factor": 0.5}
    assert json.loads(encode(SetTarget(max_epochs=5))) == {
        "type": "set_target",
        "id": "",
        "max_epochs": 5,
        "max_steps": None,
    }
    assert len(line) < LONGEST
