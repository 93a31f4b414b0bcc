"""What the environment tells the hook."""

from __future__ import annotations

import pytest

from lstm_engine.hook.lstm_tui_hook.settings import Settings


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RUN", "SOCKET", "CKPT", "FIT", "EPOCHS"):
        monkeypatch.delenv(f"LSTM_TUI_{name}", raising=False)


def test_without_a_run_there_is_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LSTM_TUI_CKPT", "/c.ckpt")
    assert Settings.from_environment() is None
    monkeypatch.setenv("LSTM_TUI_RUN", "")
    assert Settings.from_environment() is None


def test_what_is_not_said_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LSTM_TUI_RUN", "/run")
    monkeypatch.setenv("LSTM_TUI_SOCKET", "")
    assert Settings.from_environment() == Settings("/run")


def test_all_of_it_is_read_and_a_number_that_is_none_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"RUN": "/run", "SOCKET": "/s", "CKPT": "/c.ckpt", "FIT": "2", "EPOCHS": "-1"}.items():
        monkeypatch.setenv(f"LSTM_TUI_{name}", value)
    assert Settings.from_environment() == Settings("/run", "/s", "/c.ckpt", 2, -1)
    monkeypatch.setenv("LSTM_TUI_FIT", "²")
    monkeypatch.setenv("LSTM_TUI_EPOCHS", "1e3")
    assert Settings.from_environment() == Settings("/run", "/s", "/c.ckpt", 0, None)
    monkeypatch.setenv("LSTM_TUI_FIT", "--5")
    assert Settings.from_environment() == Settings("/run", "/s", "/c.ckpt", 0, None)
