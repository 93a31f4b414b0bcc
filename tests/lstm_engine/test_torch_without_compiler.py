from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import lstm_engine
from lstm_engine import torch_without_compiler as module

_TRAINING = """
import sys
import lstm_engine.torch_without_compiler
import torch
from lightning import LightningModule, Trainer
from torch.utils.data import DataLoader, TensorDataset

class Line(LightningModule):
    def __init__(self):
        super().__init__()
        self.line = torch.nn.Linear(1, 1)
    def training_step(self, batch, index):
        return self.line(batch[0]).pow(2).mean()
    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters())

options = dict.fromkeys(("logger", "enable_checkpointing", "enable_progress_bar", "enable_model_summary"), False)
Trainer(max_epochs=2, accelerator="cpu", **options).fit(Line(), DataLoader(TensorDataset(torch.ones(4, 1))))
assert not {"torch._dynamo.utils", "sympy"} & set(sys.modules)
doubled = torch.compile(lambda tensor: tensor * 2, backend="eager")(torch.ones(1))
print(doubled.item(), "torch._dynamo.utils" in sys.modules)
"""


def test_lightning_trains_without_it_and_who_compiles_gets_it() -> None:
    said = subprocess.run([sys.executable, "-c", _TRAINING], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines()[-1] == "2.0 True"


PROGRAMS = sorted(Path(lstm_engine.__file__).parent.glob("price_model/*program.py"))


@pytest.mark.parametrize("program", PROGRAMS, ids=[program.stem for program in PROGRAMS])
def test_programs_of_ours_import_it_first(program: Path) -> None:
    body = ast.parse(program.read_text()).body
    imports = [node.names[0].name for node in body if isinstance(node, ast.Import)]
    assert imports[1] == module.__name__


@pytest.fixture
def compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a package that stands for the compiler; what it loads is forgotten at the test's end."""
    package = tmp_path / "compiler_of_tests"
    package.mkdir()
    (package / "__init__.py").write_text("from compiler_of_tests.config import LEVEL\nOptimizedModule = int\n")
    (package / "config.py").write_text("LEVEL = 3\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    monkeypatch.setattr(module, "COMPILER", package.name)
    module.torch_without_compiler()
    return package.name


def test_what_optimisers_ask_of_it_is_there(compiler: str) -> None:
    stand_in = importlib.import_module(compiler)
    assert stand_in.disable(len, recursive=False) is len
    assert stand_in.disable(recursive=False)(len) is len
    assert stand_in.graph_break() is None
    assert not isinstance(3, stand_in.OptimizedModule)
    assert not hasattr(stand_in, "__wrapped__")
    assert f"{compiler}.config" not in sys.modules


def test_any_other_name_of_it_is_its_own(compiler: str) -> None:
    assert importlib.import_module(compiler).LEVEL == 3
    assert importlib.import_module(compiler).OptimizedModule is int


def test_a_module_of_it_is_loaded_once_and_behind_it(compiler: str) -> None:
    config = importlib.import_module(f"{compiler}.config")
    assert importlib.import_module(compiler).config is config
    assert sys.modules[config.__name__] is config


def test_a_compiler_that_is_there_stays(compiler: str) -> None:
    config = importlib.import_module(f"{compiler}.config")
    module.torch_without_compiler()
    assert importlib.import_module(compiler).config is config
