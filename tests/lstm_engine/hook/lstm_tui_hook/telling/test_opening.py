"""What is told of a Trainer when it opens."""

from __future__ import annotations

import math
import os
from types import SimpleNamespace
from typing import Any

import lightning
import lightning.pytorch as pl
import torch

from lstm_engine.hook.lstm_tui_hook.telling.opening import opening


class OwnTrainer(pl.Trainer):
    """A script may make a class of its own."""

    def __init__(self) -> None:
        """Nothing of the real one's: what is read is set."""
        self.__dict__.update(_of_the_test=True)

    loggers: Any = ()
    datamodule: Any = None
    world_size: Any = 2
    strategy: Any = SimpleNamespace(root_device=torch.device("cpu"))
    precision: Any = "32-true"


class Module(pl.LightningModule):
    def __init__(self, lr: float, rate: float, path: object, nested: dict[str, Any]) -> None:
        super().__init__()
        self.save_hyperparameters()
        self.body = torch.nn.GRU(1, 2)
        self.head = torch.nn.LazyLinear(3)
        self.body.bias_hh_l0.requires_grad_(False)


def test_the_module_is_described_also_where_it_is_lazy() -> None:
    module = Module(0.1, math.inf, "x" * 999, {"depth": 2, "on": True, "none": None})
    told = opening(OwnTrainer(), module, "fit", 3)
    assert (told["trainer"], told["version"], told["torch"]) == (
        "lightning",
        lightning.__version__,
        str(torch.__version__),
    )
    assert (told["model"], told["stage"], told["fit"], told["pid"], told["world"]) == (
        "Module",
        "fit",
        3,
        os.getpid(),
        2,
    )
    tensors = {one["name"]: one for one in told["tensors"]}
    assert tensors["body.weight_ih_l0"] == {
        "name": "body.weight_ih_l0",
        "shape": [6, 1],
        "count": 6,
        "trainable": True,
    }
    assert not tensors["body.bias_hh_l0"]["trainable"]
    assert (tensors["head.weight"]["shape"], tensors["head.weight"]["count"]) == ([], 0)
    assert told["gates"]


def test_hyperparameters_are_what_json_and_a_line_can_hold() -> None:
    module = Module(0.1, math.inf, "x" * 999, {"depth": 2, "on": True, "none": None})
    assert opening(OwnTrainer(), module, "fit", 0)["hyperparameters"] == {
        "lr": 0.1,
        "rate": "inf",
        "path": "x" * 200,
        "nested.depth": 2,
        "nested.on": True,
        "nested.none": None,
    }


class _Broken:
    def __str__(self) -> str:
        raise RuntimeError("it has no text")


class _Missing(dict[str, Any]):
    """As a configuration is in which a value is yet to be given."""

    def __getitem__(self, name: str) -> Any:
        if name == "missing":
            raise LookupError(name)
        return super().__getitem__(name)


def test_a_hyperparameter_that_cannot_be_read_costs_itself_alone() -> None:
    odd = _Missing(missing=1, there=2, broken=_Broken())
    module = SimpleNamespace(hparams={"odd": odd, "last": 3}, named_parameters=list, modules=list)
    assert opening(OwnTrainer(), module, "fit", 0)["hyperparameters"] == {"odd.there": 2, "last": 3}
    module.hparams = SimpleNamespace(depth=4)
    assert opening(OwnTrainer(), module, "fit", 0)["hyperparameters"] == {"depth": 4}
    module.hparams = 5
    assert opening(OwnTrainer(), module, "fit", 0)["hyperparameters"] == {}


class _OwnLSTM(torch.nn.LSTM):
    """May do anything between its gates."""


def test_gates_are_offered_where_they_can_be_told() -> None:
    for part, told in ((torch.nn.LSTM(1, 1), True), (torch.nn.GRU(1, 1), True), (_OwnLSTM(1, 1), False)):
        assert opening(OwnTrainer(), torch.nn.Sequential(part), "fit", 0)["gates"] == told
