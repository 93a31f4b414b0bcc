"""A queue from its first member to its last; what trains a member is the test's. tests/whole has a real one."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lstm_engine.errors import UserError
from lstm_engine.queue import local_workers, program
from lstm_engine.queue.member_task import MemberOutcome, MemberTask
from lstm_engine.queue.queue_folder import QueueFolder
from lstm_engine.queue.run_archive import packed
from lstm_engine.script.keeping.event_writer import EventWriter
from lstm_engine.script.vocabulary.fit_events import FitEnded, FitStarted
from tests.support.queues import made_queue


@pytest.fixture
def queue(tmp_path: Path) -> QueueFolder:
    return made_queue(tmp_path)


def trained_by(monkeypatch: pytest.MonkeyPatch, train: Callable[[MemberTask, Any], MemberOutcome]) -> None:
    monkeypatch.setattr(local_workers, "train_member", train)


def told(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str, str]]:
    lines = map(json.loads, capsys.readouterr().out.splitlines())
    return [(line["run"], line["state"], line["cause"]) for line in lines]


def test_every_member_that_is_not_done_is_trained(
    queue: QueueFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notes: list[str] = []

    def train(asked: MemberTask, home: Any) -> MemberOutcome:
        notes.append(asked.note)
        for _ in range(2):
            home.tell({"epoch": 1, "epochs": 3, "loss": 0.5})
        return MemberOutcome(state="done")

    trained_by(monkeypatch, train)
    monkeypatch.setattr(QueueFolder, "is_done", lambda _, member: member.run == "luck-2")
    assert program.train(queue, 1, None, threading.Event()) == 0
    lines = told(capsys)
    assert [line[1] for line in lines[:4]] == ["waiting", "done", "waiting", "waiting"]
    assert lines[4:6] == [("luck-1", "training", ""), ("luck-1", "done", "")], "the same is not told twice"
    assert {run for run, state, _ in lines[4:] if state == "done"} == {"luck-1", "luck-3", "luck-4"}
    assert notes[0] == "#luck by-hand, hidden 1, lr 0.01, seed 1"


def test_what_failed_is_told_and_the_others_are_trained(
    queue: QueueFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def train(asked: MemberTask, _: Any) -> MemberOutcome:
        if asked.run == "luck-2":
            return MemberOutcome(state="failed", cause="it diverged")
        return MemberOutcome(state="done")

    trained_by(monkeypatch, train)
    with pytest.raises(UserError, match="1 of 4 members failed, luck-2 the first"):
        program.train(queue, 2, None, threading.Event())
    lines = told(capsys)
    assert ("luck-2", "failed", "it diverged") in lines
    assert sum(state == "done" for _, state, _ in lines) == 3


def test_what_comes_home_is_a_run_beside_the_queue(
    queue: QueueFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "events.jsonl").write_text("told")
    archive = packed(tmp_path / "elsewhere")
    trained_by(monkeypatch, lambda *_: MemberOutcome(state="done", archive=archive))
    assert program.train(queue, 2, None, threading.Event()) == 0
    assert (queue.path.parent / "luck-4" / "events.jsonl").read_text() == "told"


def test_who_stops_it_has_every_member_stopped(queue: QueueFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    stopping = threading.Event()

    def train(_: MemberTask, home: Any) -> MemberOutcome:
        stopping.set()
        while not home.is_stopping:
            home.tell({"epoch": 1, "epochs": 3, "loss": None})
        return MemberOutcome(state="stopped")

    trained_by(monkeypatch, train)
    assert program.train(queue, 1, None, stopping) == 130


def test_what_a_member_came_to_is_what_its_run_says(
    queue: QueueFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By patience it may end before its last epoch, and its last word may be lost."""

    def train(asked: MemberTask, _: Any) -> MemberOutcome:
        run = queue.path.parent / asked.run
        run.mkdir()
        events = EventWriter(run)
        events.tell(FitStarted(epoch=0, step=0, max_epochs=3))
        events.tell(FitEnded(fit=0, reason="finished", epoch=2, step=8))
        return MemberOutcome(state="done")

    trained_by(monkeypatch, train)
    assert program.train(queue, 1, None, threading.Event()) == 0
    ended = [line for line in map(json.loads, capsys.readouterr().out.splitlines()) if line["state"] == "done"]
    assert [(line["epoch"], line["epochs"]) for line in ended] == [(2, 3)] * 4
