"""Checkpoints of strangers' scripts: what is not gone on from exactly is refused, and nothing is written."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lightning
import numpy as np
import pytest
import torch

from lstm_engine.data.companies import Companies
from lstm_engine.protocol.messages import EngineReady, Notice, OpenRun, Quit, Refused, RunOpened
from lstm_engine.run.config import LARGEST_EPOCHS, RunConfig
from lstm_engine.run.history import Columns, History
from lstm_engine.run.records import Parent
from lstm_engine.service.starts.branch_point import BranchPoint, CheckpointFile, branch
from lstm_engine.service.starts.importing import LARGEST_PAST
from lstm_engine.store.directory import read_history, read_record
from lstm_engine.training.checkpoint import file_name
from tests.support.in_process import only, play, refusal
from tests.support.walk_through import NAMES, WalkThrough, loader, plain_checkpoint

Checkpoint = dict[str, Any]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    """A plain script's checkpoint after three epochs."""
    loaded: Checkpoint = torch.load(plain_checkpoint(tmp_path_factory.mktemp("plain")), weights_only=True)
    return loaded


def current(whole: Checkpoint) -> Checkpoint:
    found: Checkpoint = whole["loops"]["fit_loop"]["epoch_progress"]["current"]
    return found


def parameter(value: object) -> Callable[[Checkpoint], None]:
    return lambda whole: whole["state_dict"].update(wlr1=value)


def every_parameter(dtype: torch.dtype) -> Callable[[Checkpoint], None]:
    return lambda whole: whole["state_dict"].update({name: whole["state_dict"][name].to(dtype) for name in NAMES})


def group(**settings: object) -> Callable[[Checkpoint], None]:
    return lambda whole: whole["optimizer_states"][0]["param_groups"][0].update(settings)


def moment(**tensors: object) -> Callable[[Checkpoint], None]:
    return lambda whole: whole["optimizer_states"][0]["state"][3].update(tensors)


def without(*path: object) -> Callable[[Checkpoint], None]:
    def change(whole: Checkpoint) -> None:
        inner: Any = whole
        for key in path[:-1]:
            inner = inner[key]
        del inner[path[-1]]

    return change


def of_epochs(epochs: object) -> Callable[[Checkpoint], None]:
    def change(whole: Checkpoint) -> None:
        current(whole).update(processed=epochs)
        whole["global_step"] = 2 * epochs if isinstance(epochs, int) else 6

    return change


FIRST_GROUP = ("optimizer_states", 0, "param_groups", 0)

#: By what is wrong with a checkpoint: how it comes to be so, and what the sentence tells.
STRANGE: dict[str, tuple[Callable[[Checkpoint], object], str]] = {
    "endless epochs": (of_epochs(10**12), "says it has 1000000000000 epochs"),
    "too many epochs": (of_epochs(LARGEST_EPOCHS), "expected at most 8947848 with this data"),
    "epochs of truth": (of_epochs(True), "says it has True epochs"),
    "a key that is a number": (lambda whole: whole["state_dict"].update({7: torch.zeros(())}), "it has too many: 7"),
    "a red key": (lambda whole: whole["state_dict"].update({"\x1b[31m": torch.zeros(())}), "it has too many: ?[31m"),
    "one too many": (
        lambda whole: whole["state_dict"].update(scale=torch.zeros(())),
        "is not of the by-hand model: it has too many: scale",
    ),
    "some missing": (
        lambda whole: [whole["state_dict"].pop(name) for name in NAMES[:6]],
        "is not of the by-hand model: it lacks blr1, bpr1, wlr1, wlr2 and 2 more",
    ),
    "a pickled module": (
        lambda whole: whole.update(model=torch.nn.Linear(1, 1)),
        "asks for torch.nn.modules.linear.Linear, and nothing but tensors and plain values is read)",
    ),
    "meta": (parameter(torch.zeros((), device="meta")), "wlr1 as strided float32 on meta: expected strided float32"),
    "sparse": (parameter(torch.zeros(()).to_sparse()), "wlr1 as sparse_coo float32 on cpu"),
    "int64": (every_parameter(torch.int64), "wlr1 as strided int64 on cpu: expected strided float32"),
    "float64": (every_parameter(torch.float64), "wlr1 as strided float64 on cpu"),
    "complex": (every_parameter(torch.complex64), "wlr1 as strided complex64 on cpu"),
    "half": (every_parameter(torch.float16), "wlr1 as strided float16 on cpu"),
    "weight decay": (group(weight_decay=0.5), "Adam with weight_decay=0.5: expected 0"),
    "amsgrad": (group(amsgrad=True), "Adam with amsgrad=True: expected False"),
    "maximising": (group(maximize=True), "Adam with maximize=True: expected False"),
    "AdamW": (group(decoupled_weight_decay=True), "Adam with decoupled_weight_decay=True"),
    "a tensor in the settings": (group(weight_decay=torch.zeros(3)), "Adam with weight_decay=Tensor: expected 0"),
    "no betas": (without(*FIRST_GROUP, "betas"), "Adam with betas=NoneType: expected two numbers"),
    "one beta": (group(betas=(0.9,)), "Adam with betas=(0.9,): expected two numbers"),
    "beta of 1": (group(betas=(1.0, 0.999)), "Adam with betas=(1.0, 0.999)"),
    "no epsilon": (without(*FIRST_GROUP, "eps"), "Adam with eps=NoneType"),
    "no weight decay": (without(*FIRST_GROUP, "weight_decay"), "Adam without weight_decay"),
    "no settings": (
        lambda whole: whole["optimizer_states"][0].update(param_groups=[[]]),
        "holds no Adam state",
    ),
    "moment not a number": (moment(exp_avg=torch.tensor(float("nan"))), "Adam state that is not finite"),
    "square below 0": (moment(exp_avg_sq=torch.tensor(-1.0)), "Adam state that is not finite"),
    "moment of doubles": (moment(exp_avg=torch.zeros((), dtype=torch.float64)), "holds no Adam state"),
    "moment nowhere": (moment(exp_avg=torch.zeros((), device="meta")), "holds no Adam state"),
    "steps in text": (moment(step="6"), "holds no Adam state"),
    "other steps": (moment(step=torch.tensor(5.0)), "other numbers of steps"),
    "a third moment": (moment(max_exp_avg_sq=torch.zeros(())), "holds no Adam state"),
    "a parameter too many": (
        lambda whole: whole["optimizer_states"][0]["state"].update({12: {}}),
        "holds no Adam state",
    ),
    "no steps": (without("loops", "fit_loop", "epoch_loop.manual_optimization.optim_step_progress"), "gone on from"),
    "epochs begun in text": (lambda whole: current(whole).update(ready="3"), "gone on from"),
    "no fit": (lambda whole: whole["loops"].update(fit_loop={"epoch_progress": {"current": {"processed": 3}}}), ""),
    "schedulers": (lambda whole: whole.update(lr_schedulers=7), "gone on from"),
}


@pytest.mark.parametrize("wrong", STRANGE)
def test_a_strange_checkpoint_is_refused_and_nothing_written(plain: Checkpoint, tmp_path: Path, wrong: str) -> None:
    change, expected = STRANGE[wrong]
    whole = copy.deepcopy(plain)
    change(whole)
    path, root = tmp_path / "strange.ckpt", tmp_path / "checkpoints"
    torch.save(whole, path)
    root.mkdir()
    reason = refusal(root, path)
    assert list(root.iterdir()) == []
    assert reason.startswith(f"{path} ")
    assert expected in reason
    assert reason.isprintable()


def test_a_script_in_double_precision_or_with_another_adam_is_refused(tmp_path: Path) -> None:
    class Decaying(WalkThrough):
        def configure_optimizers(self) -> torch.optim.Optimizer:
            return torch.optim.Adam(self.parameters(), lr=0.001, weight_decay=0.5, amsgrad=True)

    root = tmp_path / "checkpoints"
    root.mkdir()
    for name, model, expected in (
        ("double", WalkThrough().double(), "holds wlr1 as strided float64 on cpu"),
        ("decaying", Decaying(), "holds "),
    ):
        trainer = lightning.Trainer(
            max_epochs=2,
            precision="64-true" if name == "double" else "32-true",
            logger=False,
            enable_checkpointing=False,
            enable_progress_bar=False,
            enable_model_summary=False,
        )
        trainer.fit(model, loader())
        trainer.save_checkpoint(tmp_path / f"{name}.ckpt")
        assert expected in refusal(root, tmp_path / f"{name}.ckpt")


# --- what is assumed, and what is left out ---------------------------------------------------------------------------


def opening(path: Path, root: Path, config: RunConfig) -> tuple[RunOpened, list[str]]:
    """What the checkpoint opens as, and what is told of it."""
    events = play(root, [(EngineReady, OpenRun(source=str(path), config=config)), (RunOpened, Quit())])
    (opened,) = only(events, RunOpened)
    return opened, [event.text for event in only(events, Notice)]


def test_what_is_taken_for_its_data_is_said_unless_somebody_has_said_it(plain: Checkpoint, tmp_path: Path) -> None:
    path = tmp_path / "plain.ckpt"
    torch.save(plain, path)
    opened, told = opening(path, tmp_path / "a", RunConfig())
    assert told == [
        "plain.ckpt says nothing of its data: taken for the walk-through's, 1 a step; --data and --batch-size say "
        "otherwise"
    ]
    own = Companies(source="own.csv", names=("C", "D"), days=((0.5,), (1.0,)), targets=(0.25, 0.5))
    opened, told = opening(path, tmp_path / "b", RunConfig(data=own))
    assert (opened.config.data, told) == (own, [])
    four = Companies(source="own.csv", names=tuple("CDEF"), days=((0.5,),) * 4, targets=(0.25,) * 4)
    opened, told = opening(path, tmp_path / "c", RunConfig(data=four))
    assert (opened.config.batch_size, told) == (
        2,
        ["plain.ckpt is of 2 companies a step, by the steps that it made"],
    )
    assert opening(path, tmp_path / "d", RunConfig(data=four, batch_size=3))[0].config.batch_size == 3


def test_a_batch_size_that_its_steps_do_not_fit_is_refused(plain: Checkpoint, tmp_path: Path) -> None:
    path = tmp_path / "plain.ckpt"
    torch.save(plain, path)
    asked = OpenRun(source=str(path), config=RunConfig(batch_size=2))
    (refused,) = only(play(tmp_path / "runs", [(EngineReady, asked), (Refused, Quit())]), Refused)
    assert "another batch size: it made 6 steps in 3 epochs, and 2 companies in batches of 2 make 1" in refused.reason


def test_a_scheduler_is_not_gone_on_with_which_is_said(plain: Checkpoint, tmp_path: Path) -> None:
    whole = copy.deepcopy(plain)
    whole["lr_schedulers"] = [{"last_epoch": 3, "_last_lr": [0.001]}]
    torch.save(whole, tmp_path / "plain.ckpt")
    _, told = opening(tmp_path / "plain.ckpt", tmp_path / "runs", RunConfig())
    assert told[1:] == ["plain.ckpt has a learning rate scheduler, which is not gone on with: the rate stays 0.001"]


def test_a_compiled_model_s_parameters_are_known_by_their_own_names(plain: Checkpoint, tmp_path: Path) -> None:
    whole = copy.deepcopy(plain)
    whole["state_dict"] = {f"_orig_mod.{name}": tensor for name, tensor in whole["state_dict"].items()}
    torch.save(plain, tmp_path / "plain.ckpt")
    torch.save(whole, tmp_path / "compiled.ckpt")
    histories = []
    for name in ("plain", "compiled"):
        opened, _ = opening(tmp_path / f"{name}.ckpt", tmp_path / name, RunConfig())
        histories.append(read_history(Path(opened.directory), Columns.of(RunConfig())).rows.tobytes())
    assert histories[0] == histories[1]


def test_a_long_past_is_taken_over_in_chunks(tmp_path: Path) -> None:
    config = RunConfig()
    columns = Columns.of(config)
    rows = np.random.default_rng(1).random((25_001, columns.width), np.float32)
    checkpoint = CheckpointFile(file_name(25_000, 50_000), b"x")
    past = History.from_rows(columns, rows)
    opened = branch(tmp_path, BranchPoint(config, Parent("plain.ckpt", 25_000), past, checkpoint=checkpoint), 5)
    opened.writer.close()
    assert np.array_equal(read_history(opened.writer.directory, columns).rows, rows)
    assert LARGEST_PAST // (4 * columns.width) < LARGEST_EPOCHS


def test_a_file_with_a_name_in_red_opens_as_a_run_that_can_be_read(plain: Checkpoint, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31mred\n.ckpt"
    torch.save(plain, path)
    events = play(tmp_path / "checkpoints", [(EngineReady, OpenRun(source=str(path))), (RunOpened, Quit())])
    (opened,) = only(events, RunOpened)
    assert opened.parent.run == "a?[31mred?.ckpt"
    assert read_record(Path(opened.directory)).parent == opened.parent
