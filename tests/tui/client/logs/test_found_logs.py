"""Which folders are logs, under which names, and which are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.client.logs.found_logs import found_logs, logs_of


def put(root: Path, *files: str) -> None:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).touch()


def test_each_kind_by_its_files_in_natural_order(tmp_path: Path) -> None:
    put(
        tmp_path,
        "lightning_logs/version_10/metrics.csv",
        "lightning_logs/version_2/events.out.tfevents.1.host.1.0",
        "lightning_logs/version_2/metrics.csv",
        "lightning_logs/version_2/checkpoints/epoch=1.ckpt",
        "runs/calm-lake/run.json",
        "runs/calm-lake/tensorboard/events.out.tfevents.1.host",
        "runs/train/script.json",
        "notes.txt",
        ".hidden/metrics.csv",
    )
    assert [(log.run, log.kind) for log in found_logs(tmp_path)] == [
        ("lightning_logs/version_2", "events"),
        ("lightning_logs/version_10", "csv"),
        ("runs/calm-lake", "lstm"),
        ("runs/train", "script"),
    ]


def test_logs_in_the_folder_itself_bear_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "mine", "metrics.csv", "sub/metrics.csv")
    monkeypatch.chdir(tmp_path / "mine")
    assert [log.run for log in found_logs(Path())] == ["mine", "sub"]


def test_what_add_hparams_makes_below_a_run_is_of_that_run(tmp_path: Path) -> None:
    events = "events.out.tfevents.1.host"
    put(tmp_path, f"a/{events}", f"a/1795705274.19/{events}", f"a/2/{events}", f"b/1795705274.19/{events}")
    assert [log.run for log in found_logs(tmp_path)] == ["a", "a", "a/2", "b/1795705274.19"]


def test_links_are_not_followed_and_a_deep_folder_is_left(tmp_path: Path) -> None:
    put(tmp_path, "a/metrics.csv", "/".join("d" * 17) + "/metrics.csv")
    (tmp_path / "a" / "round").symlink_to(tmp_path)
    assert [log.run for log in found_logs(tmp_path)] == ["a"]


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        found_logs(tmp_path / "gone")


def test_the_runs_of_these_names_alone(tmp_path: Path) -> None:
    put(tmp_path, "runs/a/run.json", "runs/b/script.json", "runs/c/run.json", "else/where/script.json")
    (tmp_path / "runs" / "linked").symlink_to(tmp_path / "else" / "where")
    found = logs_of(tmp_path / "runs", ("linked", "gone", "a"))
    assert [(log.run, log.kind) for log in found] == [("linked", "script"), ("a", "lstm")]
