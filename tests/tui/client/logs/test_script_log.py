"""A script's run, by its events."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from lstm_engine.script.output_tail import OUTPUT
from lstm_engine.script.vocabulary.events import EVENTS
from lstm_engine.script.vocabulary.fit_events import EpochStarted
from lstm_engine.script.vocabulary.log_events import Described
from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from lstm_engine.store.script_record import ScriptRecord, write_script_record
from tests.support.logs import heard
from tests.support.untrained_price_runs import predicted, price_run, table_of
from tui.client.logs import script_log
from tui.client.logs.script_log import ScriptLog

RECORD = ScriptRecord(
    created="2026-01-02T12:00:00+00:00", argv=("python", "train.py"), title="train.py", directory="/w"
)


def test_each_event_once_as_the_file_grows(tmp_path: Path) -> None:
    write_script_record(tmp_path, RECORD)
    log = ScriptLog("x", tmp_path)
    found = heard(log.new())
    assert found.texts["command"] == "python train.py"
    events = [EpochStarted(epoch=number, step=number) for number in range(3)]
    for number, event in enumerate(events, 1):
        with (tmp_path / EVENTS).open("ab") as file:
            file.write(b"\n" + msgspec.json.encode(event) + b"\n")
        heard(log.new(), found)
        assert found.others == events[:number]
    assert list(log.new()) == []


def test_a_damaged_record_is_told(tmp_path: Path) -> None:
    (tmp_path / "script.json").write_text("{")
    assert "damaged" in heard(ScriptLog("x", tmp_path).new()).problem


def test_a_checkpoint_that_is_removed_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_log, "_MISSED_EVERY", 0.0)
    write_script_record(tmp_path, RECORD)
    (tmp_path / "a.ckpt").touch()
    written = [CheckpointWritten(path=str(tmp_path / name), epoch=1, step=2, by="x") for name in ("a.ckpt", "b.ckpt")]
    (tmp_path / EVENTS).write_bytes(b"".join(b"\n" + msgspec.json.encode(event) + b"\n" for event in written))
    log = ScriptLog("x", tmp_path)
    assert [told.gone for told in log.new() if told.gone] == [(str(tmp_path / "b.ckpt"),)]
    (tmp_path / "a.ckpt").unlink()
    assert [told.gone for told in log.new()] == [(str(tmp_path / "a.ckpt"),)]
    assert list(log.new()) == []


def test_the_output_is_told_too(tmp_path: Path) -> None:
    write_script_record(tmp_path, RECORD)
    (tmp_path / OUTPUT).write_text("training\n")
    assert "".join(told.output for told in ScriptLog("a/x", tmp_path).new()) == "training\n"


def test_the_prices_of_a_model_of_prices_are_told_and_again_where_all_is(tmp_path: Path) -> None:
    table = table_of(60)
    run = price_run(tmp_path / "a", table).directory
    log = ScriptLog("a", run)

    def told() -> list[object]:
        return [each.prices for each in log.new() if each.prices is not None]

    (first,) = told()
    assert told() == []
    predicted(run, table, epoch=13)
    (second,) = told()
    assert first != second
    lines = b"\n" + msgspec.json.encode(EpochStarted(epoch=0, step=0)) + b"\n"
    (run / EVENTS).write_bytes(2 * lines)
    assert told() == []
    (run / EVENTS).write_bytes(lines)
    assert told() == [second]


def test_of_a_model_of_prices_its_settings_are_told_and_not_the_command_of_ours(tmp_path: Path) -> None:
    price_run(tmp_path / "run", table_of())
    (event,) = next(iter(ScriptLog("run", tmp_path / "run").new())).events
    assert isinstance(event, Described)
    assert (event.hyperparameters["data"], event.hyperparameters["window"]) == ("prices.csv", 10)
    assert not {"command", "directory"} & set(event.texts)
