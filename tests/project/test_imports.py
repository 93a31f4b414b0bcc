"""Import hygiene: who may load what, checked in fresh interpreters; import-linter checks the same statically."""

from __future__ import annotations

import subprocess
import sys

import pytest


def loaded(statement: str) -> set[str]:
    """The top-level packages that a fresh interpreter has loaded after `statement`."""
    program = f"{statement}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(result.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        *(
            "tui.cli.main",
            "tui.app.start",
            "tui.app.dashboard",
            "tui.cli.train",
            "tui.client.engine_process",
            "tui.state.session",
            "tui.state.reducer",
        ),
        *(
            "lstm_engine",
            "lstm_engine.protocol.messages",
            "lstm_engine.run.config",
            "lstm_engine.run.history",
            "lstm_engine.store.directory",
        ),
        *("lstm_engine.lstm.cell", "lstm_engine.data.companies", "lstm_engine.lstm.parameters"),
    ],
)
def test_only_the_engine_process_loads_pytorch(module: str) -> None:
    packages = loaded(f"import {module}")
    assert module.partition(".")[0] in packages
    assert not packages & {"torch", "lightning", "pytorch_lightning"}


def test_the_command_line_loads_no_screen() -> None:
    assert not loaded("import tui.cli.main") & {"textual", "rich", "numpy", "asyncio", "msgspec", "plotext", "sqlite3"}


def test_training_without_a_screen_loads_no_screen() -> None:
    assert not loaded("import tui.cli.train, tui.cli.arguments") & {"textual", "rich", "numpy", "plotext"}


def test_the_first_step_of_the_dashboard_starts_the_engine_before_it_loads_the_screen() -> None:
    assert not loaded("import tui.app.start") & {"textual", "plotext"}


def test_the_engine_loads_no_screen() -> None:
    """rich is left out here: Lightning imports it by itself where it finds it."""
    packages = loaded("import lstm_engine.__main__, lstm_engine.service.engine, lstm_engine.training.trainer")
    assert {"torch", "lightning"} <= packages
    assert not packages & {"textual", "plotext", "tui"}
