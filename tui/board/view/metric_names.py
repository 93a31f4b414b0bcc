"""What the names of metrics say: which of them belong into one chart, and which of their values is the best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

#: What a part of a name says of where its values come from.
_KINDS = {
    "train": "train",
    "training": "train",
    "val": "val",
    "valid": "val",
    "validation": "val",
    "eval": "val",
    "dev": "val",
    "test": "test",
}
_PARTS = re.compile(r"[/_.\- ]")
#: What lies between the words of a name, also of one like valLoss.
_BETWEEN = re.compile(r"([/_.\- ]|(?<=[a-z])(?=[A-Z]))")
_LOADER = re.compile(r"/dataloader_idx_(\d+)$")
#: As the hook and Lightning's LearningRateMonitor name the rates: by optimizer, and group of parameters.
_RATE = re.compile(r"lr-([A-Z]\w*(?:-\d+)?(?:/pg\d+)?)")
_RATES = "learning rate"
_LEAST = ("loss", "error", "err", "mae", "mse", "rmse", "mape", "perplexity", "ppl", "nll", "wer", "cer", "fid", "bce")
_MOST = (
    *("acc", "accuracy", "top1", "top5", "f1", "auc", "auroc", "ap", "map", "precision", "recall", "iou", "miou"),
    *("dice", "r2", "psnr", "ssim", "bleu", "rouge", "score", "reward", "return"),
)
#: What tells the curves of a chart of one run apart, by label: a number of colour and glyph.
VALIDATION = 0
_NUMBERS = {"train": 2, "val": VALIDATION, "test": 1}

#: The loss that training steps return, which nobody has named.
RETURNED = "loss"


@dataclass(frozen=True)
class Member:
    """A metric of a chart. name: the metric's. label: what the chart's legend calls it. number: colour and glyph."""

    name: str
    label: str
    number: int


@dataclass(frozen=True)
class Group:
    """Metrics that share a chart. title: what they have in common. quiet: one that is dotted behind the others."""

    title: str
    members: tuple[Member, ...]
    quiet: str = ""


def grouped(names: Iterable[str]) -> list[Group]:
    """The charts of one run's metrics: train and validation of one name in one, and all learning rates.

    Losses come first and learning rates last, else as they came.
    """
    logged = list(names)
    all_names = [name for name in logged if not _is_forked(name, logged)]
    found: dict[str, list[tuple[str, str]]] = {}
    for name in all_names:
        base, label = _divided(name, all_names)
        found.setdefault(base, []).append((name, label))
    groups = [_group(base, members) for base, members in found.items()]
    return sorted(groups, key=_place)


def single(names: Iterable[str]) -> list[Group]:
    """A chart a metric, for several runs on it."""
    groups = [Group(name, (Member(name, name, 0),)) for name in names]
    return sorted(groups, key=_place)


def is_rate(group: Group) -> bool:
    """Whether it is of learning rates: what is a constant there is to look like one."""
    return _RATE.fullmatch(group.members[0].name) is not None


def _place(group: Group) -> int:
    if is_rate(group):
        return 2
    return int("loss" not in group.title.lower())


def best_of(name: str) -> Literal["least", "most"] | None:
    """Which of a metric's values is the best, where its name says so."""
    words = _PARTS.split(name.lower())
    if any(word in _LEAST for word in words) or words[-1].endswith("loss"):
        return "least"
    return "most" if any(word in _MOST for word in words) else None


def matching(groups: Sequence[Group], text: str) -> list[Group]:
    """Those in which every word of the text is in the title or in the name of a metric."""
    words = text.lower().split()
    return [group for group in groups if all(_is_in(word, group) for word in words)]


def _is_in(word: str, group: Group) -> bool:
    return word in group.title.lower() or any(word in member.name.lower() for member in group.members)


def _is_forked(name: str, names: Sequence[str]) -> bool:
    """Whether it is there by step and by epoch, too: under the bare name Lightning keeps the epoch's once more."""
    return {f"{name}_step", f"{name}_epoch"} <= set(names)


def _divided(name: str, names: Sequence[str]) -> tuple[str, str]:
    """What a metric is of, and what kind of it this one is."""
    if rate := _RATE.fullmatch(name):
        return _RATES, rate.group(1)
    bare, loader = _LOADER.sub("", name), _LOADER.search(name)
    notes = [loader.group(1)] if loader else []
    stem, _, ending = bare.rpartition("_")
    if ending in ("step", "epoch") and {f"{stem}_step", f"{stem}_epoch"} <= set(names):
        bare, notes = stem, [*notes, ending]
    kind, bare = _kind_of(bare)
    return bare, " ".join([kind, *notes] if kind else notes)


def _kind_of(name: str) -> tuple[str, str]:
    """Where a metric's values come from, by the first of its words, the last or another; and the name without it."""
    parts = _BETWEEN.split(name)  # words, and what lies between them, in turns
    for place in (0, len(parts) - 1, *range(2, len(parts) - 1, 2)):
        kind = _KINDS.get(parts[place].lower(), "")
        rest = parts[2:] if place == 0 else [*parts[: place - 1], *parts[place + 1 :]]
        if kind and "".join(rest):
            return kind, "".join(rest)
    return "", name


def _group(base: str, members: list[tuple[str, str]]) -> Group:
    if len(members) == 1:
        name, label = members[0]
        return Group(base if base == _RATES else name, (Member(name, label or name, 2),))
    quiet = RETURNED if any(name == RETURNED for name, _ in members) else ""
    shown = [(name, label or name) for name, label in members if name != quiet]
    taken: list[int] = []
    result = []
    for name, label in shown:
        wanted = _NUMBERS.get(label.split(" ")[0], 3)
        number = next((each for each in (wanted, 3, 4, 5, 0, 1, 2) if each not in taken), wanted)
        taken.append(number)
        result.append(Member(name, label, number))
    return Group(base, tuple(result), quiet)
