"""A folder of event files: several of one training, live, damaged, replaced."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import tensorboardX

from lstm_engine.formats.event_file.writer import EventFileWriter
from tests.support.event_files import Points, written
from tests.support.logs import heard
from tui.client.logs.event_folder import EventFolder

FIRST: Points = {"loss": [(step, 1.0 + step, step / 2) for step in range(5)]}
SECOND: Points = {"loss": [(step, 9.0 + step, step / 4) for step in range(5, 8)], "acc": [(7, 1.0, float("nan"))]}


def told(points: Points) -> dict[str, list[tuple[int, float | None]]]:
    rows = {tag: [(step, value) for step, _, value in found] for tag, found in points.items()}
    return {tag: [(step, None if value != value else value) for step, value in found] for tag, found in rows.items()}


def test_files_in_the_order_of_their_names_and_new_ones(tmp_path: Path) -> None:
    log = EventFolder("a/b", tmp_path)
    found = heard(log.new())
    written(tmp_path / "events.out.tfevents.2.host", {"loss": FIRST["loss"][3:]})
    written(tmp_path / "events.out.tfevents.1.host", {"loss": FIRST["loss"][:3]}, texts={"note": "hi"})
    (tmp_path / "other.txt").write_text("no log")
    news = list(log.new())
    assert {each.run for each in news} == {"a/b"}
    heard(news, found)
    assert (found.points, found.texts) == (told(FIRST), {"note": "hi"})
    assert list(log.new()) == []
    written(tmp_path / "events.out.tfevents.3.host", SECOND)
    heard(log.new(), found)
    assert found.points == told({"loss": FIRST["loss"] + SECOND["loss"], "acc": SECOND["acc"]})


def test_what_a_logger_of_lightning_leaves(tmp_path: Path) -> None:
    with tensorboardX.SummaryWriter(str(tmp_path)) as writer:
        for step in range(3):
            writer.add_scalar("loss", step, step)
            writer.add_histogram("layer/weights", np.arange(5.0), step)
    (tmp_path / "hparams.yaml").write_text("lr: 0.5\n")
    found = heard(EventFolder("x", tmp_path).new())
    assert found.points == {"loss": [(0, 0.0), (1, 1.0), (2, 2.0)]}
    assert found.hyperparameters == {"lr": 0.5}
    assert found.texts == {"histograms": "layer/weights (3)"}


def test_many_that_are_not_shown_are_counted(tmp_path: Path) -> None:
    with tensorboardX.SummaryWriter(str(tmp_path)) as writer:
        for number in range(23):
            writer.add_histogram(f"w{number}", np.arange(5.0), 0)
    (said,) = heard(EventFolder("x", tmp_path).new()).texts.values()
    assert said.startswith("w0 (1), w1 (1), ")
    assert said.endswith("w19 (1) and 3 more")


def test_damage_is_told_once_with_its_file_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = written(tmp_path / "events.out.tfevents.1.host", FIRST)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    log = EventFolder("x", tmp_path)
    found = heard(log.new())
    assert found.points == told({"loss": FIRST["loss"][:-1]})
    assert found.problem.startswith("events.out.tfevents.1.host: the record at byte ")
    written(tmp_path / "events.out.tfevents.2.host", SECOND)
    heard(log.new(), found)
    assert found.points["acc"] == [(7, None)]
    assert "is damaged" in found.problem
    assert list(log.new()) == []


def test_a_file_that_is_replaced_begins_the_whole_folder_anew(tmp_path: Path) -> None:
    written(tmp_path / "events.out.tfevents.1.host", FIRST)
    path = written(tmp_path / "events.out.tfevents.2.host", SECOND)
    log = EventFolder("x", tmp_path)
    found = heard(log.new())
    written(tmp_path / "new", {"acc": [(1, 1.0, 0.5)]}).replace(path)
    heard(log.new(), found)
    heard(log.new(), found)
    assert found.points == told({**FIRST, "acc": [(1, 1.0, 0.5)]})
    assert found.times == 2


def test_a_folder_that_is_gone_says_nothing(tmp_path: Path) -> None:
    assert list(EventFolder("x", tmp_path / "gone").new()) == []


def test_a_live_file(tmp_path: Path) -> None:
    log = EventFolder("x", tmp_path)
    found = heard(log.new())
    with (tmp_path / "events.out.tfevents.1.host").open("wb", buffering=0) as file:
        writer = EventFileWriter(file)
        for step in range(10):
            writer.scalars("loss", np.array([step]), np.array([1.0]), np.array([step], np.float32))
            heard(log.new(), found)
            assert found.points["loss"][-1] == (step, step)
    assert len(found.points["loss"]) == 10
