"""What stands in front of a Trainer's `fit` and `save_checkpoint`."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lstm_engine.hook.lstm_tui_hook import wrap_trainer as module
from lstm_engine.hook.lstm_tui_hook.lightning_hook import LightningHook
from lstm_engine.hook.lstm_tui_hook.wrap_trainer import wrap_trainer


def made(hook: LightningHook | None) -> Any:
    """A Trainer that does nothing, of a class of its own, and what it was given."""

    class Trainer:
        def __init__(self) -> None:
            self.callbacks = [object(), *([] if hook is None else [hook])]
            self.fit_loop = SimpleNamespace(max_epochs=7)
            self.given: list[Any] = []

        def fit(self, *arguments: Any, **named: Any) -> str:
            self.given.append((arguments, named))
            return "fitted"

        def save_checkpoint(self, filepath: str) -> str:
            self.given.append(filepath)
            return "saved"

    wrap_trainer(Trainer)
    wrap_trainer(Trainer)
    return Trainer()


@pytest.fixture(autouse=True)
def _a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_fits", 0)
    for name in ("SOCKET", "CKPT", "FIT", "EPOCHS"):
        monkeypatch.delenv(f"LSTM_TUI_{name}", raising=False)
    monkeypatch.setenv("LSTM_TUI_RUN", str(tmp_path))


def test_a_fit_that_goes_on_from_nothing_is_left_as_it_is() -> None:
    trainer = made(LightningHook())
    assert trainer.fit("module", ckpt_path="own") == "fitted"
    assert trainer.given == [(("module",), {"ckpt_path": "own"})]
    assert trainer.fit_loop.max_epochs == 7


def test_only_the_fit_of_that_number_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"CKPT": "/c.ckpt", "FIT": "1", "EPOCHS": "9"}.items():
        monkeypatch.setenv(f"LSTM_TUI_{name}", value)
    hook = LightningHook()
    trainer = made(hook)
    trainer.fit("first")
    assert (trainer.given.pop(), hook.resumed_from, trainer.fit_loop.max_epochs) == ((("first",), {}), None, 7)
    trainer.fit("second", ckpt_path=None)
    assert trainer.given.pop() == (("second",), {"ckpt_path": "/c.ckpt"})
    assert (hook.resumed_from, trainer.fit_loop.max_epochs) == ("/c.ckpt", 9)
    trainer.fit("third")
    assert (trainer.given.pop(), hook.resumed_from) == ((("third",), {}), None)


def test_a_path_that_was_given_by_its_place_is_replaced_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LSTM_TUI_CKPT", "/c.ckpt")
    trainer = made(LightningHook())
    trainer.fit("module", None, None, None, "own", "more")
    assert trainer.given == [(("module", None, None, None, "/c.ckpt", "more"), {})]


def test_a_trainer_without_the_hook_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LSTM_TUI_CKPT", "/c.ckpt")
    trainer = made(None)
    assert trainer.fit("module") == "fitted"
    assert trainer.save_checkpoint("x.ckpt") == "saved"
    assert trainer.given == [(("module",), {}), "x.ckpt"]


def test_a_checkpoint_is_told_of_before_and_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    hook = LightningHook()
    trainer = made(hook)
    for name in ("checkpoint_begun", "checkpoint_written"):
        monkeypatch.setattr(hook, name, lambda _, path, name=name: trainer.given.append(f"{name} {path}"))
    assert trainer.save_checkpoint("x.ckpt") == "saved"
    assert trainer.given == ["checkpoint_begun x.ckpt", "x.ckpt", "checkpoint_written x.ckpt"]


def test_a_fault_of_ours_costs_the_fit_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = LightningHook()
    trainer = made(hook)
    monkeypatch.setattr(hook, "fit_called", lambda _: 1 / 0)
    assert trainer.fit("module") == "fitted"
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_trainer_in_an_unknown_state_saves_as_ever(capsys: pytest.CaptureFixture[str]) -> None:
    trainer = made(None)
    del trainer.callbacks
    assert trainer.save_checkpoint("x.ckpt") == "saved"
    assert "AttributeError" in capsys.readouterr().err
