"""The command is run once for each ending, and whatever it does, the engine goes on."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import Failed, Paused, Refused, RunOpened, TrainingStarted
from lstm_engine.service.hooks.on_end import OnEnd
from lstm_engine.service.logs import LOG
from tests.support.script import done, epochs, finished, loss, started, training

FULL = Paused(epoch=1200, target=2000, cause="could not write: No space left on device")


def placed(events: Sequence[Message], directory: Path) -> list[Message]:
    """The events of a run in that directory."""
    return [
        msgspec.structs.replace(event, directory=str(directory))
        if isinstance(event, RunOpened | TrainingStarted)
        else event
        for event in events
    ]


def heard(folder: Path, script: str, events: Sequence[Message], limit: float = 60.0) -> list[str]:
    """What the run's log has after a command, of the shell, heard the events; without the time of each line."""
    run = folder / "run"
    run.mkdir(exist_ok=True)
    on_end = OnEnd(["/bin/sh", "-c", script], limit=limit)
    for event in placed(events, run):
        on_end.hear(event)
    on_end.close()
    log = run / LOG
    return [line.split(" ", 2)[2] for line in log.read_text().splitlines()] if log.exists() else []


def test_it_is_told_of_each_ending_in_turn(tmp_path: Path) -> None:
    told = tmp_path / "told"
    rest = [started(1200, 2000), epochs(1201, 2000), finished(2000)]
    script = f"cat >> {told}; echo $LSTM_TUI_STATE $LSTM_TUI_EPOCH"
    lines = heard(tmp_path, script, [*training(), FULL, FULL, *rest])
    assert [json.loads(line) for line in told.read_text().splitlines()] == [
        {"run": "calm-lake", "directory": str(tmp_path / "run"), "state": state, "epoch": epoch, "loss": loss(epoch),
         "cause": cause}
        for state, epoch, cause in (("paused", 1200, FULL.cause), ("finished", 2000, None))
    ]  # fmt: skip
    assert [line for line in lines if "was run" not in line] == [
        "INFO --on-end: paused 1200",
        "INFO --on-end: finished 2000",
    ]


@pytest.mark.parametrize(
    ("script", "limit", "said"),
    [
        ("echo trouble >&2; exit 3", 60.0, "failed with exit status 3"),
        ("kill -9 $$", 60.0, "was ended by signal 9"),
        ("sleep 1000", 0.2, "was ended: its time, 0.2 s at most, was over"),
    ],
)
def test_its_failure_is_in_the_log_of_the_run(script: str, limit: float, said: str, tmp_path: Path) -> None:
    lines = heard(tmp_path, script, done(), limit)
    assert lines[-1].startswith("WARNING --on-end /bin/sh -c ")
    assert lines[-1].endswith(said)


def test_its_words_act_on_no_terminal_that_shows_the_log(tmp_path: Path) -> None:
    assert heard(tmp_path, r"printf 'a\033[2Jb\377\n'", done())[0] == "INFO --on-end: a?[2Jb\N{REPLACEMENT CHARACTER}"


def test_a_program_that_is_gone_by_then_harms_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    on_end = OnEnd([str(tmp_path / "gone")])
    for event in placed(done(), tmp_path):
        on_end.hear(event)
    on_end.close()
    assert f"WARNING --on-end {tmp_path}/gone cannot be run: " in (tmp_path / LOG).read_text()
    assert "No such file" in capfd.readouterr().err, "the dashboard's log has it, too"


def test_nothing_is_written_where_the_run_s_folder_is_gone_or_another_s(tmp_path: Path) -> None:
    told = tmp_path / "told"
    gone = Paused(epoch=1200, target=2000, cause="the run's folder was replaced", folder_gone=True)
    assert heard(tmp_path, f"echo $LSTM_TUI_CAUSE > {told}", [*training(), gone]) == []
    assert told.read_text() == "the run's folder was replaced\n"


def test_the_engine_is_held_up_by_no_command(tmp_path: Path) -> None:
    """Neither while it trains, nor at its end: there by no more than the limit, however many endings wait."""
    on_end = OnEnd(["/bin/sleep", "1000"], limit=1.0)
    events = placed([*training(), *([Failed(epoch=0, cause="boom")] * 50)], tmp_path)
    begun = time.monotonic()
    for event in events:
        on_end.hear(event)
    on_end.close()
    assert time.monotonic() - begun < 30.0, "far less than each of them has"
    assert on_end._thread is not None
    assert not on_end._thread.is_alive()
    log = (tmp_path / LOG).read_text()
    assert "--on-end is not run for failed: it has 8 endings to come" in log
    assert "--on-end /bin/sleep 1000 is not run for failed: the engine ends" in log


def test_without_a_command_and_without_an_ending_there_is_no_thread(tmp_path: Path) -> None:
    for on_end, events in (OnEnd([]), done()), (OnEnd(["/bin/true"]), [*training(), Refused(command="", reason="x")]):
        for event in placed(events, tmp_path):
            on_end.hear(event)
        assert on_end._thread is None
        on_end.close()
    assert list(tmp_path.iterdir()) == []
