"""Checkpoint files as bytes: they come back, and nothing in them runs."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from lstm_engine.errors import UserError
from lstm_engine.store.database import is_checkpoint_name
from lstm_engine.training.checkpoint import MemoryCheckpointIO, counters_of, dumps, file_name, load, loads


def test_a_checkpoint_comes_back_from_its_bytes() -> None:
    found = loads(dumps({"state_dict": {"wlr1": torch.tensor(0.1)}, "global_step": 7}), "here")
    assert torch.equal(found["state_dict"]["wlr1"], torch.tensor(0.1))
    assert found["global_step"] == 7


@pytest.mark.parametrize("data", [b"", b"hello", dumps({"state_dict": {}})[:-10]])
def test_what_is_none_gets_a_sentence_that_names_it(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.ckpt").write_bytes(data)
    with pytest.raises(UserError, match=r"a\.ckpt is not a checkpoint that can be read safely"):
        load(tmp_path / "a.ckpt")


@pytest.mark.parametrize("content", [[1], {}, {"state_dict": [1]}])
def test_without_parameters_it_is_none(content: object) -> None:
    with pytest.raises(UserError, match="holds no `state_dict`"):
        loads(dumps(content), "here")  # type: ignore[arg-type]


def test_what_lightning_saves_and_loads_passes_through_memory(tmp_path: Path) -> None:
    memory = MemoryCheckpointIO()
    memory.save_checkpoint({"state_dict": {}, "global_step": 3}, tmp_path / "never")
    assert list(tmp_path.iterdir()) == []
    held = MemoryCheckpointIO(memory.saved)
    assert held.load_checkpoint(tmp_path / "never")["global_step"] == 3
    assert held.loaded is not None


@pytest.mark.parametrize(("epoch", "step", "name"), [(10, 20, "epoch=9-step=20.ckpt"), (0, 0, "epoch=-1-step=0.ckpt")])
def test_a_file_s_name_is_lightning_s_and_one_that_the_history_takes(epoch: int, step: int, name: str) -> None:
    assert file_name(epoch, step) == name
    assert is_checkpoint_name(name)


def loops(epochs: object) -> dict[str, object]:
    return {"fit_loop": {"epoch_progress": {"current": {"processed": epochs}}}}


def test_how_far_it_is() -> None:
    found = counters_of({"loops": loops(9), "global_step": 18, "epoch": 8}, "here")
    assert (found.epoch, found.step) == (9, 18)
    for epochs, step in ((-1, 1), ("9", 1), (True, 1), (9, None), (10**9, 1)):
        with pytest.raises(UserError, match="expected whole numbers"):
            counters_of({"loops": loops(epochs), "global_step": step}, "here")
    with pytest.raises(UserError, match="does not say how many epochs"):
        counters_of({"global_step": 1}, "here")
