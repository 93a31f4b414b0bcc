from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from lstm_engine.queue import local_workers
from lstm_engine.queue.local_workers import LocalWorkers
from lstm_engine.queue.member_task import MemberOutcome, MemberTask
from tests.support.kept_scripts import wait_for


def task(run: str) -> MemberTask:
    return MemberTask(version="1", queue="/q", token="t", run=run, settings=b"", note="")  # noqa: S106


@contextmanager
def at_work(
    monkeypatch: pytest.MonkeyPatch, train: Callable[[MemberTask, Any], MemberOutcome], *runs: str
) -> Iterator[LocalWorkers]:
    monkeypatch.setattr(local_workers, "train_member", train)
    workers = LocalWorkers(2)
    workers.submit([task(run) for run in runs], b"")
    try:
        yield workers
    finally:
        workers.stop()
        workers.close()


def outcomes(workers: LocalWorkers, count: int) -> dict[str, MemberOutcome]:
    found: dict[str, MemberOutcome] = {}

    def hear() -> bool:
        news = workers.news(0.05)
        if news is not None and "outcome" in news:
            found[news["run"]] = news["outcome"]
        return len(found) == count

    wait_for(hear)
    return found


def test_members_are_trained_and_one_that_goes_wrong_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def train(asked: MemberTask, home: Any) -> MemberOutcome:
        if asked.run == "b":
            raise OSError("no room")
        home.put(b"")
        return MemberOutcome(state="done")

    with at_work(monkeypatch, train, "a", "b", "c") as workers:
        found = outcomes(workers, 3)
    assert found["b"] == MemberOutcome(state="failed", cause="OSError: no room")
    assert found["a"] == found["c"] == MemberOutcome(state="done")


def test_what_is_told_comes_as_news_and_stopping_reaches_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Barrier(3, timeout=60)

    def train(asked: MemberTask, home: Any) -> MemberOutcome:
        if home.is_stopping:
            return MemberOutcome(state="stopped", cause="before it began")
        home.tell({"epoch": 1})
        begun.wait()
        wait_for(lambda: home.is_stopping)
        return MemberOutcome(state="stopped")

    with at_work(monkeypatch, train, "a", "b", "c") as workers:
        begun.wait()
        first = workers.news(60)
        assert first in ({"run": "a", "where": "", "epoch": 1}, {"run": "b", "where": "", "epoch": 1})
        workers.stop()
        found = outcomes(workers, 3)
    assert [found[run].cause for run in "abc"] == ["", "", "before it began"]


def test_no_word_is_no_news(tmp_path: Path) -> None:
    assert LocalWorkers(1).news(0.01) is None
