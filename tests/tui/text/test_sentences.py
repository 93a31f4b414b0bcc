"""Sentences made of plain values."""

from __future__ import annotations

from typing import get_args

import pytest

from lstm_engine.protocol.attendance import Detach, Join
from lstm_engine.protocol.messages import AddEpochs, Branch, Command, NewRun, OpenRun, Pause, Quit, Reseed, Save, Train
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from tests.support.script import companies
from tui.state.session import State
from tui.text.sentences import (
    ended_hint,
    engine_end,
    engine_end_in_order,
    hint,
    how_ended,
    lineage,
    offered,
    sent,
    settings,
    unsaved,
)


def test_settings_say_what_is_not_usual_too() -> None:
    assert settings(RunConfig()) == ["by-hand", "seed 42", "lr 0.001", "init normal"]
    other = RunConfig(model="nn-lstm", seed=7, lr=0.1, init="uniform", batch_size=4, data=companies(4))
    assert settings(other) == ["nn-lstm", "seed 7", "lr 0.1", "init uniform", "batch 4", "many.csv"]


def test_where_a_run_branched_off() -> None:
    assert lineage(None) == ""
    assert lineage(Parent("old-oak", 60)) == "branch of old-oak at 60"
    assert (
        lineage(Parent("old-oak", 60, {"wlr1": -1.0, "bo1": 0.25})) == "branch of old-oak at 60 with wlr1 -1, bo1 0.25"
    )


def test_what_is_lost_is_counted() -> None:
    assert [unsaved(epochs) for epochs in (-1, 0, 1, 2)] == [
        "",
        "",
        " (1 later epoch could not be saved)",
        " (2 later epochs could not be saved)",
    ]


@pytest.mark.parametrize("state", get_args(State))
def test_every_state_has_a_hint_and_names_keys_in_pairs_of_asterisks(state: State) -> None:
    assert hint(state, 1234, 5678).count("*") % 2 == 0
    assert ("1234" in hint(state, 1234, 5678)) == (state == "ready")
    assert ("5678" in hint(state, 1234, 5678)) == (state == "paused")


@pytest.mark.parametrize(
    ("state", "run", "words"),
    [
        ("stopped", "old-oak", "stopped (SIGTERM): *space* goes on"),
        ("stopped", None, "stopped (SIGTERM): *space* starts a new engine"),
        ("finished", "old-oak", "finished: *space* opens it again"),
        ("failed", "old-oak", "*space* tries again with a new engine"),
    ],
)
def test_what_one_can_do_without_an_engine(state: State, run: str | None, words: str) -> None:
    assert ended_hint(state, how_ended("SIGTERM", by_another=True), run).split(", ")[0] == words


def test_what_space_does_then_stands_on_the_smallest_screen_too() -> None:
    for run in ("old-oak", None):
        clause = ended_hint("stopped", how_ended("", by_another=True), run).split(", ")[0]
        assert len(clause.replace("*", "")) <= 58


def test_who_has_ended_an_engine() -> None:
    hows = [how_ended("", by_another=True), how_ended("", by_another=False), how_ended("SIGINT", by_another=False)]
    assert hows == ["from another terminal", "by itself", "(SIGINT)"]
    assert engine_end_in_order(hows[0], 12) == "the engine was ended from another terminal after saving epoch 12"
    assert engine_end_in_order(hows[1], 0) == "the engine ended by itself before it had anything to save"
    assert engine_end_in_order(hows[2], 12, "it is gone") == (
        "the engine was ended (SIGINT); it is gone; nothing is saved there"
    )


def test_an_unfinished_run_is_offered_as_what_it_is() -> None:
    assert offered("old-oak", 12, 20, True) == "old-oak was interrupted at 12 of 20: *u* continues it"
    assert offered("old-oak", 12, 20, False) == "old-oak was stopped at 12 of 20: *u* continues it"


@pytest.mark.parametrize("kind", get_args(Command))
def test_every_command_has_a_word_for_being_on_its_way(kind: type[Command]) -> None:
    made = {
        NewRun: NewRun(config=RunConfig()),
        OpenRun: OpenRun(source="x"),
        AddEpochs: AddEpochs(epochs=1),
        Branch: Branch(epoch=1),
    }
    command = made.get(kind) or kind()
    assert isinstance(
        command, Train | Pause | Save | Reseed | Quit | NewRun | OpenRun | AddEpochs | Branch | Join | Detach
    )
    assert sent(command).endswith("…")


@pytest.mark.parametrize(
    ("status", "loading", "sentence"),
    [
        (None, True, "the engine process could not be started"),
        (-9, False, "the engine process was ended by signal 9"),
        (-15, True, "the engine process was ended before it was ready by signal 15"),
        (3, False, "the engine process ended with exit status 3"),
    ],
)
def test_why_there_is_no_engine(status: int | None, loading: bool, sentence: str) -> None:
    assert engine_end(status, loading=loading) == sentence
