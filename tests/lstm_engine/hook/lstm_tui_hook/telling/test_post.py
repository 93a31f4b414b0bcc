"""The file of events, as the script's process writes it."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from lstm_engine.hook.lstm_tui_hook.telling import post as module
from lstm_engine.hook.lstm_tui_hook.telling.post import Post, post_of, say_nothing
from lstm_engine.script.event_log import EventLog
from lstm_engine.script.vocabulary.events import EVENTS


def lines(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / EVENTS).read_text().splitlines() if line]


def test_each_event_is_a_line_with_its_time_for_the_user_alone(tmp_path: Path) -> None:
    post = Post(str(tmp_path))
    post.tell("one", value=None, text="two\nlines")
    post.tell("other")
    post.close()
    first, last = lines(tmp_path)
    assert (first["type"], first["value"], first["text"], last["type"]) == ("one", None, "two\nlines", "other")
    assert last["at"] >= first["at"] > 1e9
    assert stat.S_IMODE((tmp_path / EVENTS).stat().st_mode) == 0o600


def test_a_line_that_somebody_could_not_end_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / EVENTS).write_text('{"type": "cut o')
    post = Post(str(tmp_path))
    post.tell("whole")
    post.close()
    assert json.loads((tmp_path / EVENTS).read_text().splitlines()[-1])["type"] == "whole"


def test_a_write_that_takes_a_part_is_gone_on_with_and_one_that_fails_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post(str(tmp_path))
    write = os.write
    with monkeypatch.context() as patched:
        patched.setattr(module.os, "write", lambda file, data: write(file, data[:7]))
        post.tell("in pieces")
    assert [line["type"] for line in lines(tmp_path)] == ["in pieces"]

    def full(file: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(module.os, "write", full)
        with pytest.raises(OSError, match="No space"):
            post.tell("lost")
    post.tell("later")
    assert [line["type"] for line in lines(tmp_path)] == ["in pieces", "later"]


def test_what_is_no_json_is_an_error_and_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        Post(str(tmp_path)).tell("one", value=float("nan"))
    assert (tmp_path / EVENTS).read_bytes() == b""


def test_a_link_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / EVENTS).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic"):
        Post(str(tmp_path))


def test_a_process_has_one_and_a_forked_one_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_posts", {})
    first = post_of(str(tmp_path))
    assert post_of(str(tmp_path)) is first
    monkeypatch.setattr(first, "pid", 1)
    assert post_of(str(tmp_path)) is not first


def test_the_other_processes_say_nothing() -> None:
    assert say_nothing("steps", step=1) is None  # type: ignore[func-returns-value]


def test_a_name_that_is_no_utf_8_is_still_an_event_to_its_reader(tmp_path: Path) -> None:
    """Python keeps such bytes of a file's name as halves of characters, which no reader of JSON takes."""
    Post(str(tmp_path)).tell("hook_off", cause=os.fsdecode(b"/data/caf\xe9 ") + "\U0001f600\\ud")
    log = EventLog(tmp_path / EVENTS)
    assert [getattr(event, "cause", None) for event in log.new()] == ["/data/caf? \U0001f600\\ud"]
    assert log.unread == 0
