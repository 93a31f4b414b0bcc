"""Where the log of a run goes."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from lstm_engine.protocol.attendance import Logged
from lstm_engine.protocol.channel import Outbox
from lstm_engine.protocol.message import Message
from lstm_engine.service.logs import LOG, RunLog, log_events, log_to, own_log


@pytest.mark.timeout(60)
def test_a_log_goes_into_a_runs_own_file_or_nowhere(tmp_path: Path) -> None:
    def logged(directory: Path) -> None:
        handler = RunLog()
        handler.directory = directory
        handler.emit(logging.makeLogRecord({"msg": "hello"}))

    for name in ("plain", "pipe", "link"):
        (tmp_path / name).mkdir()
    (tmp_path / "victim").write_text("precious")
    (tmp_path / "link" / LOG).symlink_to(tmp_path / "victim")
    os.mkfifo(tmp_path / "pipe" / LOG)
    for name in ("plain", "pipe", "link"):
        logged(tmp_path / name)
    assert (tmp_path / "plain" / LOG).read_text().endswith("hello\n")
    assert (tmp_path / "victim").read_text() == "precious"


def test_a_log_of_ones_own_goes_to_its_run_and_to_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_log(str(tmp_path)).info("hello\x1b[2J")
    own_log(None).warning("to nobody's file")
    (line,) = (tmp_path / LOG).read_text().splitlines()
    assert line.endswith(" INFO hello?[2J")
    assert capsys.readouterr().err.splitlines()[0] == line
    assert list(tmp_path.iterdir()) == [tmp_path / LOG]


class Heard(Outbox):
    def __init__(self) -> None:
        self.events: list[Message] = []

    def put(self, event: Message) -> None:
        self.events.append(event)


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root of all logs, put back as it was afterwards."""
    logger = logging.getLogger()
    handlers, level = logger.handlers, logger.level
    yield logger
    logger.handlers = handlers
    logger.setLevel(level)
    log_to(None)


def test_the_log_goes_to_those_who_attend_and_no_longer_to_standard_error(
    root: logging.Logger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = Heard()
    log_events(heard)
    log_to(tmp_path)
    root.setLevel(logging.INFO)
    logging.getLogger("lightning").info("hello\x1b[2J\nand more")
    (event,) = heard.events
    assert isinstance(event, Logged)
    assert event.text.endswith(" INFO hello?[2J\nand more")
    assert (tmp_path / LOG).read_text().endswith("\nand more\n"), "the run's own file gets it, too"
    assert capsys.readouterr().err == ""
