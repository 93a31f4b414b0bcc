"""What is said of the process that holds the run on screen, and of the way there."""

from __future__ import annotations

import shlex

import pytest

from tui.state.elsewhere import Elsewhere

DIRECTORY = "/shared/runs/calm-lake"
THERE = Elsewhere("node-17", 4711)


def test_it_says_where_the_run_trains_and_how_to_get_there() -> None:
    way = "ssh -t node-17 lstm-tui attach /shared/runs/calm-lake"
    assert THERE.where == "trains on node-17"
    assert THERE.refusal("calm-lake", DIRECTORY) == f"calm-lake trains in process 4711 on node-17: {way} steers it"
    assert THERE.hints(DIRECTORY) == [
        "trains on node-17",
        f"*{way}* steers it",
        "process 4711",
        "*o* opens another run",
    ]


def test_a_run_that_is_open_and_does_not_train() -> None:
    is_open = Elsewhere("node-17", 4711, training=False)
    assert is_open.where == "open on node-17"
    assert is_open.refusal("calm-lake", DIRECTORY).startswith("calm-lake is open in process 4711 on node-17: ssh -t")


@pytest.mark.parametrize(
    ("holder", "who"),
    [(Elsewhere("here", 4711, is_here=True), "process 4711 on here"), (Elsewhere(), "another process")],
)
def test_where_no_command_leads_none_is_given(holder: Elsewhere, who: str) -> None:
    refusal = holder.refusal("calm-lake", DIRECTORY)
    assert refusal == f"calm-lake trains in {who}, which cannot be reached: it is only watched"
    assert not any("attach" in hint for hint in holder.hints(DIRECTORY))


@pytest.mark.parametrize(("is_lost", "where", "how"), [
    (False, "ended on node-17", "process 4711 on node-17 has ended"),
    (True, "not heard on node-17", "nothing is heard any more of process 4711 on node-17"),
])  # fmt: skip
def test_how_it_ended(is_lost: bool, where: str, how: str) -> None:
    ended = Elsewhere("node-17", 4711, is_held=False, is_lost=is_lost)
    assert ended.hints(DIRECTORY) == [where, "*space* opens it here", "*o* opens another run"]
    assert ended.ended("calm-lake", 120) == f"{how}: calm-lake is at epoch 120, space opens it here"


@pytest.mark.parametrize("directory", ["/shared/my runs/calm-lake", "/it's/a b", "/shared/$HOME/`x`"])
def test_two_shells_take_the_command_apart_before_it_is_run(directory: str) -> None:
    command = THERE.refusal("calm-lake", directory).partition(": ")[2].removesuffix(" steers it")
    there = " ".join(shlex.split(command)[3:])
    assert shlex.split(there) == ["lstm-tui", "attach", directory]


def test_an_asterisk_in_a_name_is_no_mark_of_a_key() -> None:
    assert THERE.hints("/shared/*/calm-lake") == ["trains on node-17", "process 4711", "*o* opens another run"]
