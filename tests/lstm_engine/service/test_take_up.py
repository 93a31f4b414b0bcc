"""What changes with the run that an engine holds."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from lstm_engine.protocol.channel import Outbox
from lstm_engine.protocol.message import Message
from lstm_engine.run.records import OnHangup
from lstm_engine.service.logs import LOG, _run_log, log_to
from lstm_engine.service.take_up import take_up
from lstm_engine.store.on_hangup import recalled_on_hangup


class Nobody(Outbox):
    def put(self, event: Message) -> None:
        """Nobody hears it."""


@pytest.fixture(autouse=True)
def no_log_afterwards() -> Iterator[None]:
    yield
    log_to(None)


@pytest.mark.parametrize(
    ("said", "before", "outlives"),
    [
        (None, None, True),
        (None, "stop", False),
        ("continue", "stop", True),
        ("stop", None, False),
        ("stop", "continue", False),
    ],
)
def test_what_is_said_counts_and_is_remembered_else_what_the_run_remembers(
    tmp_path: Path, said: OnHangup | None, before: OnHangup | None, outlives: bool
) -> None:
    outbox = Nobody()
    if before is not None:
        take_up(tmp_path, before, outbox)
    take_up(tmp_path, said, outbox)
    assert outbox.outlives is outlives
    assert recalled_on_hangup(tmp_path) == ("continue" if outlives else "stop")


@pytest.mark.parametrize(("said", "outlives"), [(None, True), ("continue", True), ("stop", False)])
def test_a_run_that_is_on_no_disk_yet_does_what_is_said(said: OnHangup | None, outlives: bool) -> None:
    outbox = Nobody()
    take_up(None, said, outbox)
    assert outbox.outlives is outlives


def test_a_disk_that_cannot_be_written_keeps_nothing_from_being_done(tmp_path: Path) -> None:
    outbox = Nobody()
    take_up(tmp_path / "gone", "stop", outbox)
    assert not outbox.outlives
    assert not (tmp_path / "gone").exists()


def test_the_log_goes_into_the_run_s_folder_from_then_on(tmp_path: Path) -> None:
    take_up(tmp_path, None, Nobody())
    _run_log.emit(logging.makeLogRecord({"msg": "hello"}))
    take_up(None, None, Nobody())
    _run_log.emit(logging.makeLogRecord({"msg": "of no run"}))
    assert (tmp_path / LOG).read_text().count("\n") == 1
