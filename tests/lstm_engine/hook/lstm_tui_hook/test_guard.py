"""What fails in the hook stays in the hook."""

from __future__ import annotations

import pytest

from lstm_engine.hook.lstm_tui_hook.guard import complain, guarded, in_one_line


class _Watcher:
    def __init__(self) -> None:
        self.off = False
        self.calls: list[str] = []
        self.error: BaseException | None = None

    def switch_off(self, error: BaseException) -> None:
        self.off, self.error = True, error

    @guarded
    def works(self, what: str, *, again: str = "") -> None:
        self.calls.append(what + again)

    @guarded
    def fails(self, error: BaseException) -> None:
        raise error


def test_the_first_error_switches_it_off_and_it_does_nothing_more() -> None:
    one, error = _Watcher(), ValueError("bad")
    one.works("a", again="b")
    one.fails(error)
    one.works("c")
    one.fails(KeyError("never raised"))
    assert (one.off, one.error, one.calls) == (True, error, ["ab"])


@pytest.mark.parametrize("ending", [KeyboardInterrupt(), SystemExit(3)])
def test_what_ends_a_process_passes_through(ending: BaseException) -> None:
    one = _Watcher()
    with pytest.raises(type(ending)):
        one.fails(ending)
    assert not one.off


def test_an_error_is_told_in_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_one_line(ValueError("two\n  lines")) == "ValueError: two lines"
    assert len(in_one_line(ValueError("x" * 9000))) == 500
    complain(ValueError("two\nlines"))
    assert capsys.readouterr().err == (
        "lstm-tui: watching this training failed, which goes on (ValueError: two lines)\n"
    )
    monkeypatch.setattr("sys.stderr", None)
    complain(ValueError("there is nowhere to say it"))


def test_an_error_that_cannot_say_itself_is_told_by_its_kind() -> None:
    class MuteError(Exception):
        def __str__(self) -> str:
            raise ValueError

    assert in_one_line(MuteError()) == "MuteError: it cannot say what"
