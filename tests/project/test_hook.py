"""The hook lives in other people's interpreters: an old Python, and nothing installed of ours."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_engine.hook import FOLDER

MODULES = sorted(Path(FOLDER).rglob("*.py"))
#: What each bears for the class that it makes.
OF_LIGHTNING = {"lightning_hook.py": "lightning", "pytorch_lightning_hook.py": "pytorch_lightning"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_python_3_9_reads_it_and_it_needs_the_standard_library_alone(path: Path) -> None:
    tree = ast.parse(path.read_text(), feature_version=(3, 9))
    assert (
        any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)
        or not tree.body[1:]
    )
    names = {
        name.partition(".")[0]
        for node in tree.body
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }
    assert names - set(sys.stdlib_module_names) - {OF_LIGHTNING.get(path.name)} == set()
    newer = [
        keyword.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in ("strict", "slots", "kw_only")
    ]
    assert newer == []


def test_without_a_package_of_anybody_s_it_says_so_and_harms_nothing(tmp_path: Path) -> None:
    """A Python that has nothing but itself, as one whose packages are being installed."""
    program = "from lstm_tui_hook.factories import for_lightning; print(for_lightning())"
    ran = subprocess.run(
        [sys.executable, "-S", "-c", program],
        env={"PYTHONPATH": str(FOLDER), "LSTM_TUI_RUN": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "[]\n")
    assert "lstm-tui: watching this training failed, which goes on (ModuleNotFoundError" in ran.stderr
