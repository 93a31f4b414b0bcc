"""Checkpoints, whoever writes them, told when they are complete."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lstm_engine.hook.lstm_tui_hook.resuming import checkpoints as module
from lstm_engine.hook.lstm_tui_hook.resuming.checkpoints import OURS, Checkpoints


class _Resume:
    why_not = ""

    def __init__(self) -> None:
        self.asked: list[tuple[bool, bool]] = []

    def put_into(self, _: Any, checkpoint: dict[str, Any], ours: bool, behind_all: bool) -> str:
        self.asked.append((ours, behind_all))
        checkpoint["state"] = 1
        return self.why_not


class ModelCheckpoint:
    def __init__(self, folder: Path) -> None:
        self.dirpath = str(folder)


class Trainer(SimpleNamespace):
    pass


@pytest.fixture
def trainer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trainer:
    monkeypatch.setattr(module, "behind_batch", lambda one: one.inside)
    loop = SimpleNamespace(batch_idx=4)
    callbacks = [SimpleNamespace(), ModelCheckpoint(tmp_path / "kept")]
    return Trainer(checkpoint_callbacks=callbacks, current_epoch=2, global_step=9, fit_loop=loop, inside=True)


def written(
    told: list[dict[str, Any]], trainer: Trainer, path: Path, *, fills: bool = True, by: str = "", why_not: str = ""
) -> _Resume:
    resume = _Resume()
    resume.why_not = why_not
    one = Checkpoints(lambda _, **fields: told.append(fields), 1, resume)  # type: ignore[arg-type]
    one.by, one.id = by, "7" if by else None
    one.begin(trainer, str(path))
    if fills:
        one.fill(trainer, {})
    path.parent.mkdir(exist_ok=True)
    path.touch()
    one.tell(trainer, str(path))
    return resume


def test_it_is_told_whose_it_is_and_where_it_stands(tmp_path: Path, trainer: Trainer) -> None:
    told: list[dict[str, Any]] = []
    ours = written(told, trainer, tmp_path / "a.ckpt", by=OURS)
    callback = written(told, trainer, tmp_path / "kept" / "b.ckpt")
    trainer.inside = False
    script = written(told, trainer, tmp_path / "c.ckpt", why_not="a reason")
    assert [(one["by"], one["batch"], one["exact"], one["why_not"], one["id"]) for one in told] == [
        (OURS, 4, True, "", "7"),
        ("ModelCheckpoint", 4, True, "", None),
        ("Trainer", None, False, "a reason", None),
    ]
    assert all((one["epoch"], one["step"], one["fit"]) == (2, 9, 1) for one in told)
    assert told[0]["path"] == str(tmp_path / "a.ckpt")
    # A callback that keeps checkpoints has its turn behind all others.
    assert (ours.asked, callback.asked, script.asked) == ([(True, False)], [(False, True)], [(False, False)])


def test_weights_alone_are_nothing_to_go_on_from_exactly(tmp_path: Path, trainer: Trainer) -> None:
    told: list[dict[str, Any]] = []
    written(told, trainer, tmp_path / "a.ckpt", fills=False)
    assert (told[0]["exact"], told[0]["why_not"]) == (False, "only the weights are in it")


def test_what_is_hidden_or_not_there_is_not_told_and_what_lies_elsewhere_is(tmp_path: Path, trainer: Trainer) -> None:
    told: list[dict[str, Any]] = []
    written(told, trainer, tmp_path / ".lr_find.ckpt")
    one = Checkpoints(lambda _, **fields: told.append(fields), 1, _Resume())  # type: ignore[arg-type]
    one.tell(trainer, str(tmp_path / "async.ckpt"))
    assert told == []
    one.tell(trainer, "s3://bucket/x.ckpt")
    assert told[0]["path"] == "s3://bucket/x.ckpt"
