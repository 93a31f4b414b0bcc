"""The hook lives in other people's interpreters: an old Python, and nothing installed of ours."""

from __future__ import annotations

import ast
import builtins
import shutil
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
    assert newer_than_3_9(tree) == []


#: Of the standard library from 3.10 on, as far as a hook might come to use it.
NEWER = {
    *("pairwise", "aiter", "anext", "bit_count", "aclosing", "chdir", "StrEnum", "UTC", "tomllib", "batched"),
    *("Self", "TypeAlias", "ParamSpec", "TypeGuard", "NoneType", "UnionType", "EllipsisType", "ExceptionGroup"),
    *(
        "BaseExceptionGroup",
        "add_note",
        "get_annotations",
        "KW_ONLY",
        "is_junction",
        "walk_up",
        "packages_distributions",
    ),
}


def newer_than_3_9(tree: ast.Module) -> list[str]:
    """What an interpreter of 3.9 reads and then has not: `X | Y` of types outside annotations, newer names."""
    annotations = {
        id(inner)
        for node in ast.walk(tree)
        for field in ("annotation", "returns")
        for inner in ast.walk(getattr(node, field, None) or ast.Pass())
    }
    found = []
    for node in ast.walk(tree):
        if id(node) in annotations:
            continue
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            found += [ast.unparse(node)] if _is_type(node.left) or _is_type(node.right) else []
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        names += [node.attr] if isinstance(node, ast.Attribute) else [node.id] if isinstance(node, ast.Name) else []
        found += [name for name in names if name.rpartition(".")[2] in NEWER]
    return found


def _is_type(node: ast.expr) -> bool:
    """By how it is written: None, a built-in one, or a name like a class's. All capitals may be flags, too."""
    if isinstance(node, ast.Subscript):
        return _is_type(node.value)
    if isinstance(node, ast.Constant):
        return node.value is None
    name = (node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else "").lstrip(
        "_"
    )
    return isinstance(getattr(builtins, name, None), type) or (name[:1].isupper() and not name.isupper())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("isinstance(x, int | None)", ["int | None"]),
        ("isinstance(x, torch.Lstm | torch.Gru)", ["torch.Lstm | torch.Gru"]),
        ("Found = dict[str, int] | None", ["dict[str, int] | None"]),
        ("from itertools import pairwise", ["pairwise"]),
        ("import tomllib", ["tomllib"]),
        ("(3).bit_count()", ["bit_count"]),
        ("def f(x: int | None, *, y: str | None = None) -> int | None: ...", []),
        ("x: int | None = a | b", []),
        ("os.O_WRONLY | os.O_APPEND", []),
    ],
)
def test_what_is_newer_is_found(text: str, found: list[str]) -> None:
    assert newer_than_3_9(ast.parse(text)) == found


def test_a_real_python_3_9_imports_all_of_it(tmp_path: Path) -> None:
    """But for the two classes of Lightning's, which is not there."""
    python = shutil.which("python3.9")
    if python is None or subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode:
        pytest.skip("there is no Python 3.9 here")
    names = [
        ".".join(path.relative_to(FOLDER).with_suffix("").parts)
        for path in MODULES
        if path.name not in ("__init__.py", *OF_LIGHTNING)
    ]
    program = f"import importlib; [importlib.import_module(name) for name in {names}]; print('all')"
    ran = subprocess.run(
        [python, "-B", "-S", "-c", program],
        env={"PYTHONPATH": str(FOLDER), "LSTM_TUI_RUN": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.stdout, ran.stderr) == ("all\n", "")


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
