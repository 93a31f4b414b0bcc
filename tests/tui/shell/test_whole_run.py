"""An app's own errors are told in a sentence, and what is printed on a terminal that is gone does no harm."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tui.shell import whole_run
from tui.shell.whole_run import prepare, say, say_failure


def test_an_error_is_one_sentence_and_the_rest_is_in_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(whole_run.tempfile, "tempdir", str(tmp_path))
    say_failure("Traceback\n  line\nValueError: no\n")
    said = capsys.readouterr().out
    (file,) = tmp_path.iterdir()
    assert said.count("\n") == 1
    assert "(ValueError: no)" in said
    assert str(file) in said
    assert file.read_text().startswith("Traceback")


def test_where_no_file_can_be_written_the_sentence_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(whole_run.tempfile, "tempdir", str(tmp_path / "missing"))
    say_failure("ValueError: no")
    assert "cannot be written" in capsys.readouterr().out


def test_words_for_a_terminal_that_is_gone_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[tuple[int, int]] = []
    monkeypatch.setattr("builtins.print", lambda *_, **__: (_ for _ in ()).throw(OSError(5, "gone")))
    monkeypatch.setattr(whole_run.os, "dup2", lambda *numbers: taken.append(numbers))
    say("hello")
    assert len(taken) == 2


def test_repaints_are_not_limited_to_textual_s_own_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_FPS", raising=False)
    interval = sys.getswitchinterval()
    try:
        prepare()
        assert int(os.environ["TEXTUAL_FPS"]) > 60
        assert sys.getswitchinterval() < interval or interval <= 0.001
    finally:
        sys.setswitchinterval(interval)
        os.environ.pop("TEXTUAL_FPS", None)
