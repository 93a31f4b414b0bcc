from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from lstm_engine.queue.queue_folder import QueueFolder
from lstm_engine.script.keeping.event_writer import EventWriter
from lstm_engine.script.vocabulary.fit_events import FitEnded, FitStarted
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded, ScriptStarted
from tests.support.queues import made_queue
from tests.support.untrained_price_runs import price_run, table_of
from tui.cli.queue.member_results import member_results, result_lines, write_member_results


@pytest.fixture
def queue(tmp_path: Path) -> QueueFolder:
    """Two of its four members are done, one was begun."""
    queue = made_queue(tmp_path)
    for number, reason in ((1, "finished"), (2, "finished"), (3, "stopped")):
        run = tmp_path / f"luck-{number}"
        price_run(run, table_of(60))
        events = EventWriter(run)
        events.tell(ScriptStarted(pid=2**22 + 1, host="here", argv=(), directory="/", at=0.0))
        events.tell(FitStarted(epoch=0, step=0, max_epochs=3))
        events.tell(FitEnded(fit=0, reason=reason, epoch=3, step=9))  # type: ignore[arg-type]
        events.tell(ScriptEnded(status=0))
    return queue


def test_every_member_has_its_settings_and_its_verdict(queue: QueueFolder) -> None:
    results = member_results(queue)
    assert [(each["run"], each["hidden"], each["seed"], each["done"], each["epoch"]) for each in results] == [
        ("luck-1", 1, 1, True, 3),
        ("luck-2", 1, 2, True, 3),
        ("luck-3", 2, 1, False, 3),
        ("luck-4", 2, 2, False, 0),
    ]
    assert results[0]["validation"]["best_epoch"] == 12
    assert results[3]["validation"] is None


def test_as_csv_a_row_a_member(queue: QueueFolder) -> None:
    stream = io.StringIO()
    write_member_results(member_results(queue), stream)
    first, *_, last = csv.DictReader(io.StringIO(stream.getvalue()))
    assert (first["run"], first["model"], first["lr"], first["done"]) == ("luck-1", "by-hand", "0.01", "1")
    assert float(first["ratio"]) == member_results(queue)[0]["validation"]["ratio"]
    assert (last["run"], last["done"], last["ratio"]) == ("luck-4", "0", "")


def test_as_lines_the_spread_over_the_seeds(queue: QueueFolder) -> None:
    title, heading, one, two = result_lines(member_results(queue))
    assert title == "the error over that of yesterday's price; below 1 is better"
    assert heading.split() == ["model", "hidden", "lr", "done", "of", "best", "ratio", "median", "worst"]
    assert one.split()[:5] == ["by-hand", "1", "0.01", "2", "2"]
    best, median, worst = map(float, one.split()[5:])
    assert best <= median <= worst
    assert two.split() == ["by-hand", "2", "0.01", "0", "2"]
