"""Which metrics share a chart, and which of their values is the best."""

from __future__ import annotations

import pytest

from tui.board.view.metric_names import VALIDATION, best_of, grouped, matching, single


def charts(*names: str) -> dict[str, list[str]]:
    groups = grouped(names)
    return {group.title: [member.label for member in group.members] for group in groups}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("train_loss", "val_loss"), {"loss": ["train", "val"]}),
        (("train/acc", "val/acc"), {"acc": ["train", "val"]}),
        (("acc/train", "acc/valid"), {"acc": ["train", "val"]}),
        (("loss_train", "loss_val"), {"loss": ["train", "val"]}),
        (("Train Loss", "Val Loss"), {"Loss": ["train", "val"]}),
        (("train/loss", "validation_loss"), {"loss": ["train", "val"]}),
        (("training_loss", "valid_loss"), {"loss": ["train", "val"]}),
        (("loss/train/total", "loss/val/total"), {"loss/total": ["train", "val"]}),
        (("avg_train_loss", "avg_val_loss"), {"avg_loss": ["train", "val"]}),
        (("trainLoss", "valLoss"), {"Loss": ["train", "val"]}),
        (("train_loss", "dev_loss"), {"loss": ["train", "val"]}),
        (("acc", "val_acc"), {"acc": ["acc", "val"]}),
        (("train_time_total",), {"train_time_total": ["train"]}),
        (("g_loss", "d_loss"), {"g_loss": ["g_loss"], "d_loss": ["d_loss"]}),
        (("train_loss_step", "train_loss_epoch", "val_loss"), {"loss": ["train step", "train epoch", "val"]}),
        (("loss", "train_loss", "train_loss_step", "train_loss_epoch"), {"loss": ["train step", "train epoch"]}),
        (("time_step", "lr"), {"time_step": ["time_step"], "lr": ["lr"]}),
        (("val_loss/dataloader_idx_0", "val_loss/dataloader_idx_1"), {"loss": ["val 0", "val 1"]}),
        (("train", "val"), {"train": ["train"], "val": ["val"]}),
        (("acc", "train_loss"), {"train_loss": ["train"], "acc": ["acc"]}),
        (("lr-Adam", "lr", "val_acc"), {"lr": ["lr"], "val_acc": ["val"], "learning rate": ["Adam"]}),
        (
            ("lr-Adam/pg1", "lr-Adam/pg2", "lr-SGD-1", "lr-decay"),
            {"lr-decay": ["lr-decay"], "learning rate": ["Adam/pg1", "Adam/pg2", "SGD-1"]},
        ),
    ],
)
def test_train_and_validation_of_one_name_share_a_chart(
    names: tuple[str, ...], expected: dict[str, list[str]]
) -> None:
    assert list(charts(*names).items()) == list(expected.items())


def test_the_returned_loss_is_quiet_beside_one_that_was_logged() -> None:
    (group,) = grouped(["loss", "train_loss", "val_loss"])
    assert group.quiet == "loss"
    assert [member.name for member in group.members] == ["train_loss", "val_loss"]
    (alone,) = grouped(["loss"])
    assert not alone.quiet
    assert alone.members[0].name == "loss"


def test_curves_of_a_chart_have_numbers_of_their_own_validation_always_the_same() -> None:
    (group,) = grouped(["val_loss", "train_loss_step", "train_loss_epoch", "test_loss"])
    assert len({member.number for member in group.members}) == 4
    assert next(member.number for member in group.members if member.label == "val") == VALIDATION


@pytest.mark.parametrize(
    ("name", "best"),
    [
        *((name, "least") for name in ("loss", "train_loss", "val/mae", "nll", "WER", "gloss")),
        *((name, "most") for name in ("val_acc", "acc/top1", "F1", "val.r2", "mean_reward")),
        *((name, None) for name in ("lr", "grad_norm", "epoch", "throughput")),
    ],
)
def test_the_best_value_is_told_by_the_name(name: str, best: str | None) -> None:
    assert best_of(name) == best


def test_several_runs_have_a_chart_a_metric() -> None:
    assert [group.title for group in single(["acc", "train_loss", "val_loss"])] == ["train_loss", "val_loss", "acc"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("", 3), ("LOSS", 1), ("val", 2), ("val acc", 1), ("train lo", 1), ("nothing", 0)],
)
def test_a_filter_finds_what_has_all_its_words_in_the_names(text: str, found: int) -> None:
    groups = grouped(["train_loss", "val_loss", "val_acc", "train_acc", "lr"])
    assert len(matching(groups, text)) == found
