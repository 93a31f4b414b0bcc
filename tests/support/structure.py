"""What the folders of a source tree promise: small packages, short modules, names that say what is in them, and a test
file beside every module. Every function takes the root of a tree and tells what in it breaks its promise.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_MODULES, MOST_LINES = 16, 300


@dataclass(frozen=True)
class Module:
    """A module of the tree. path: its file, from the root. classes, functions: the public ones at its top level."""

    path: Path
    lines: int
    classes: tuple[str, ...]
    functions: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.path.stem


def modules(root: Path, *packages: str) -> list[Module]:
    """All modules under these packages, without the `__init__.py` files."""
    return [
        _read(root, path)
        for package in packages
        for path in sorted((root / package).rglob("*.py"))
        if path.name != "__init__.py"
    ]


def _read(root: Path, path: Path) -> Module:
    text = path.read_text()
    public = [node for node in ast.parse(text).body if not getattr(node, "name", "_").startswith("_")]
    classes = tuple(node.name for node in public if isinstance(node, ast.ClassDef))
    functions = tuple(node.name for node in public if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return Module(path.relative_to(root), len(text.splitlines()), classes, functions)


def crowded_packages(found: list[Module]) -> dict[str, int]:
    """Packages of more modules than a reader takes in, with how many."""
    folders = [str(module.path.parent) for module in found]
    return {folder: folders.count(folder) for folder in set(folders) if folders.count(folder) > MOST_MODULES}


def long_modules(found: list[Module]) -> dict[str, int]:
    """Modules of more lines than a reader takes in, with how many."""
    return {str(module.path): module.lines for module in found if module.lines > MOST_LINES}


def misnamed_modules(found: list[Module]) -> dict[str, str]:
    """Modules whose public name is not found under the file's name, with what is in them.

    A module with one public class or function in all bears its name: every word of one is in the other, but for its
    ending (`RunWriter` in writer.py, `Action` in actions.py, `read_csv` in csv_reader.py). A class that bears the
    whole name of a module of its package is in that module.
    """
    wrong = {}
    for module in found:
        if module.name == "__main__":
            continue
        public = (*module.classes, *module.functions)
        if len(public) == 1 and not _alike(public[0], module.name):
            wrong[str(module.path)] = public[0]
    files = {module.path for module in found}
    for module in found:
        for name in module.classes:
            home = module.path.with_name(f"{snake(name)}.py")
            if home != module.path and home in files:
                wrong[str(module.path)] = name
    return wrong


def _alike(one: str, other: str) -> bool:
    words, others = (snake(name).split("_") for name in (one, other))
    return _all_in(words, others) or _all_in(others, words)


def _all_in(words: list[str], others: list[str]) -> bool:
    return all(any(word.startswith(other) or other.startswith(word) for other in others) for word in words)


def snake(name: str) -> str:
    """A class's name as a module is called: `LSTMByHand` is lstm_by_hand."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def untested_modules(root: Path, found: list[Module]) -> list[str]:
    """Modules without the test file that one would look for: tests/tui/view/test_layout.py for tui/view/layout.py."""
    return [
        str(module.path)
        for module in found
        if not (root / "tests" / module.path.parent / f"test_{module.name}.py").is_file()
    ]


def imports_from_tests(root: Path) -> list[str]:
    """Modules under tests/ that import from a test module, with it; helpers lie in tests/support/."""
    return [
        f"{path.relative_to(root)}: {imported}"
        for path in sorted((root / "tests").rglob("*.py"))
        for imported in _imported(ast.parse(path.read_text()))
        if any(part.startswith("test_") for part in imported.split("."))
    ]


def _imported(tree: ast.Module) -> Iterator[str]:
    """Every module, and every name from a module, that is imported anywhere in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module.split(".")[-1].startswith("test_"):
                yield module
            else:
                yield from (f"{module}.{alias.name}" for alias in node.names if _is_package(module))


def _is_package(module: str) -> bool:
    """Whether a name imported from it may be a module: of tests/, or of the folder that the file is in."""
    return module.split(".")[0] in ("tests", "")
