"""The history file: what is committed survives a power loss, and a transaction happens whole or not at all."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, Rows
from lstm_engine.run.records import CheckpointRecord, Stage
from lstm_engine.store.database import HISTORY, Store, is_checkpoint_name
from tests.support.script import checkpoint

COLUMNS = Columns.of(RunConfig())
#: What `PRAGMA synchronous` answers: a commit has reached the disk, the journal's removal included.
EXTRA = 3


def rows(first: int, last: int) -> Rows:
    """Epochs whose every number is the epoch's."""
    return np.repeat(np.arange(first, last + 1, dtype=np.float32)[:, np.newaxis], COLUMNS.width, axis=1)


def record(epoch: int) -> CheckpointRecord:
    return CheckpointRecord(checkpoint(epoch), epoch, f"{epoch:064x}", "timed")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with contextlib.closing(Store.create(tmp_path, COLUMNS)) as created:
        yield created


def content(store: Store) -> tuple[bytes, object, object]:
    return store.history().rows.tobytes(), store.checkpoints(), store.stages()


@pytest.mark.parametrize("how", [Store.create, Store.open])
def test_a_commit_has_reached_the_disk(tmp_path: Path, how: object) -> None:
    if how == Store.open:
        Store.create(tmp_path, COLUMNS).close()
    with contextlib.closing(how(tmp_path, COLUMNS)) as store:  # type: ignore[operator]
        assert store._connection.execute("PRAGMA synchronous").fetchone() == (EXTRA,)
        assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_what_is_added_is_there_for_the_next_one_who_opens_it(store: Store, tmp_path: Path) -> None:
    store.add(0, rows(0, 4), None, ())
    store.add(5, rows(5, 9), record(9), ())
    store.add_stages([Stage(0, 9), Stage(9, 20)])
    with contextlib.closing(Store.open(tmp_path, COLUMNS)) as other:
        assert other.history().rows.tobytes() == rows(0, 9).tobytes()
        assert other.checkpoints() == (record(9),)
        assert other.stages() == (Stage(0, 9), Stage(9, 20))
        assert other.last_epoch() == 9
        assert other.row(7) == [7.0] * COLUMNS.width
        assert other.row(10) is None


def test_epochs_and_their_checkpoint_are_added_together_or_not_at_all(store: Store) -> None:
    store.add(0, rows(0, 4), record(4), ())
    before = content(store)
    with pytest.raises(sqlite3.Error):
        store.add(5, rows(5, 9), replace(record(9), reason=None), (checkpoint(4),))  # type: ignore[arg-type]
    assert content(store) == before
    store.add(5, rows(5, 9), record(9), (checkpoint(4),))
    assert store.checkpoints() == (record(9),)
    assert store.last_epoch() == 9


def test_a_stage_that_cannot_be_recorded_deletes_nothing(store: Store) -> None:
    store.add(0, rows(0, 9), record(9), ())
    store.add_stages([Stage(0, 9)])
    before = content(store)
    with pytest.raises(sqlite3.Error):
        store.begin_stage(Stage(5, None))  # type: ignore[arg-type]
    assert content(store) == before


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(0, 29))
def test_a_stage_keeps_what_is_up_to_its_start_and_nothing_past_it(
    tmp_path_factory: pytest.TempPathFactory, chunks: list[int], start: int
) -> None:
    with contextlib.closing(Store.create(tmp_path_factory.mktemp("run"), COLUMNS)) as store:
        first = 0
        for count in chunks:
            store.add(first, rows(first, first + count - 1), record(first + count - 1), ())
            store.add_stages([Stage(first, first + count)])
            first += count
        start = min(start, first - 1)
        stages = [stage for stage in store.stages() if stage.start < start]
        kept = [one for one in store.checkpoints() if one.epoch <= start]
        store.begin_stage(Stage(start, 100))
        assert store.history().rows.tobytes() == rows(0, start).tobytes()
        assert list(store.checkpoints()) == kept
        assert list(store.stages()) == [*stages, Stage(start, 100)]


def test_why_a_checkpoint_is_kept_can_change(store: Store) -> None:
    store.add(0, rows(0, 4), record(4), ())
    store.keep(checkpoint(4), "user")
    assert store.checkpoints() == (replace(record(4), reason="user"),)


def test_a_second_history_is_not_created_over_the_first(store: Store, tmp_path: Path) -> None:
    store.add(0, rows(0, 4), None, ())
    with pytest.raises(FileExistsError):
        Store.create(tmp_path, COLUMNS)
    assert store.last_epoch() == 4


def test_a_history_that_is_missing_is_not_created_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is missing"):
        Store.open(tmp_path, COLUMNS)
    assert not (tmp_path / HISTORY).exists()


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("epoch=9-step=20.ckpt", True),
        ("epoch=-1-step=0.ckpt", True),
        ("../epoch=9-step=20.ckpt", False),
        ("epoch=9-step=20.ckpt\n", False),
        ("epoch=٩-step=20.ckpt", False),
        ("run.json", False),
        (b"epoch=9-step=20.ckpt", False),
    ],
)
def test_a_checkpoint_s_name_leads_nowhere_else(name: object, is_one: bool) -> None:
    assert is_checkpoint_name(name) == is_one
