"""What Lightning gets when a script makes a Trainer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lstm_engine.hook.lstm_tui_hook import factories
from lstm_engine.hook.lstm_tui_hook import wrap_trainer as wrapping
from lstm_engine.hook.lstm_tui_hook.factories import for_lightning, for_pytorch_lightning
from lstm_engine.hook.lstm_tui_hook.lightning_hook import LightningHook
from lstm_engine.hook.lstm_tui_hook.pytorch_lightning_hook import PytorchLightningHook

BOTH = pytest.mark.parametrize(
    ("factory", "kind"), [(for_lightning, LightningHook), (for_pytorch_lightning, PytorchLightningHook)]
)


@BOTH
def test_each_package_gets_a_callback_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factory: object, kind: type
) -> None:
    assert callable(factory)
    monkeypatch.delenv("LSTM_TUI_RUN", raising=False)
    assert factory() == []
    monkeypatch.setenv("LSTM_TUI_RUN", str(tmp_path))
    (one,) = factory()
    assert type(one) is kind
    bases = {base.__module__.partition(".")[0] for base in kind.__mro__}
    assert ("pytorch_lightning" in bases, "lightning" in bases) == (
        kind is PytorchLightningHook,
        kind is LightningHook,
    )


@BOTH
def test_a_fault_leaves_the_trainer_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], factory: object, kind: type
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError(f"no {kind.__name__}")

    assert callable(factory)
    monkeypatch.setenv("LSTM_TUI_RUN", str(tmp_path))
    monkeypatch.setattr(wrapping, "wrap_trainer", broken)
    assert factory() == []
    assert f"(RuntimeError: no {kind.__name__})" in capsys.readouterr().err


class _Closed:
    def write(self, _: str) -> None:
        raise ValueError("I/O operation on closed file")


@BOTH
@pytest.mark.parametrize("missing", ["settings", "wrap_trainer", "hooks", "guard"])
def test_a_part_that_cannot_be_imported_costs_the_view_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    factory: object,
    kind: type,
    missing: str,
) -> None:
    """As while lstm-tui is installed anew, or in a Python that is too old for it."""
    assert callable(factory)
    monkeypatch.setenv("LSTM_TUI_RUN", str(tmp_path))
    package = wrapping.__name__.rpartition(".")[0]
    for name in [name for name in sys.modules if name.startswith(f"{package}.") and name != factories.__name__]:
        monkeypatch.delitem(sys.modules, name)
        parent, _, child = name.rpartition(".")
        monkeypatch.delattr(sys.modules.get(parent), child, raising=False)
    monkeypatch.setitem(sys.modules, f"{package}.{missing}", None)
    assert factory() == []
    assert "lstm-tui: watching this training failed, which goes on (" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stderr", None)
    assert factory() == []
    monkeypatch.setattr(sys, "stderr", _Closed())
    assert factory() == []
    assert capsys.readouterr().out == ""
