"""The folders keep what they promise, and a folder that breaks a promise is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.structure import (
    crowded_packages,
    imports_from_tests,
    long_modules,
    misnamed_modules,
    modules,
    untested_modules,
)

ROOT = Path(__file__).parents[2]
FOUND = modules(ROOT, "tui", "lstm_engine")

#: Modules whose one public class or function has another name, and why.
NAMED_OTHERWISE: dict[str, str] = {
    "lstm_engine/command.py": "the way in to the command, and what every way in calls is main",
    "lstm_engine/protocol/messages.py": "Epochs is one of its events; epochs.py turns rows into it and back",
}

#: Modules without a test file of their own, and why.
UNTESTED: dict[str, str] = {
    "lstm_engine/prices/reading/reading_options.py": "data without code: test_price_reader.py reads by it",
    "lstm_engine/listing/run_entry.py": "data without code: the tests of both kinds of entries go by it",
    **{
        f"tui/cli/script/{name}.py": "test_commands.py beside it carries out the command that it is for"
        for name in (
            "command_words",
            "foreground",
            "notebook",
            "resume",
            "starting",
            "stopping",
            "stop_request",
            "taking_part",
        )
    },
    **{
        f"lstm_engine/hook/lstm_tui_hook/{name}.py": "a class without code of its own"
        for name in ("lightning_hook", "pytorch_lightning_hook", "steering/refusal_error")
    },
    "tui/cli/script/board.py": "nothing but the way to the board's app",
    "tui/__main__.py": "tests/whole starts the program by it",
    "lstm_engine/__main__.py": "tests/faults starts the engine by it, and tests/tui/test_options.py its options",
    "lstm_engine/errors.py": "a class without code",
    "tui/queue/told_member.py": "data without code: tests/tui/sweep/test_process_source.py has it told",
    "lstm_engine/queue/home.py": "a Protocol without code: mypy holds both kinds of workers to it",
    **{
        f"lstm_engine/script/vocabulary/{name}.py": "data without code: test_events.py has it come through JSON"
        for name in ("answers", "fit_events", "keeper_events", "log_events", "module_events", "script_event")
    },
    "tui/app/host.py": "a Protocol without code: mypy holds Dashboard and the keys to it",
    "tui/cli/exit_status.py": "constants without code: tests/tui/cli goes by the numbers themselves",
    "tui/runs/chosen_run.py": "data without code: mypy holds the list of runs and the screens to it",
    "tui/shell/left.py": "data without code: mypy holds both kinds of screens to it",
    "tui/state/told.py": "data and a Protocol without code: mypy holds every source to it",
    "tui/state/updates.py": "data without code: test_reducer.py carries out every one of them",
}


def test_no_package_holds_more_modules_than_a_reader_takes_in() -> None:
    assert FOUND
    assert crowded_packages(FOUND) == {}


def test_no_module_is_longer_than_a_reader_takes_in() -> None:
    assert long_modules(FOUND) == {}


def test_what_is_public_is_found_under_its_file_s_name() -> None:
    assert misnamed_modules(FOUND).keys() == NAMED_OTHERWISE.keys()


def test_every_module_has_the_test_file_that_one_would_look_for() -> None:
    assert set(untested_modules(ROOT, FOUND)) == UNTESTED.keys()


def test_no_test_imports_from_a_test() -> None:
    assert imports_from_tests(ROOT) == []


# --- the checks notice -----------------------------------------------------------------------------------------------


def write(root: Path, path: str, text: str = "") -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


def test_a_crowded_package_is_found(tmp_path: Path) -> None:
    write(tmp_path, "house/__init__.py")
    for number in range(16):
        write(tmp_path, f"house/room/m{number}.py")
    assert crowded_packages(modules(tmp_path, "house")) == {}
    write(tmp_path, "house/room/one_more.py")
    assert crowded_packages(modules(tmp_path, "house")) == {"house/room": 17}


def test_a_long_module_is_found(tmp_path: Path) -> None:
    write(tmp_path, "house/short.py", "x = 1\n" * 300)
    write(tmp_path, "house/long.py", "x = 1\n" * 301)
    assert long_modules(modules(tmp_path, "house")) == {"house/long.py": 301}


@pytest.mark.parametrize(
    ("name", "text", "fits"),
    [
        ("run_writer", "class RunWriter: ...", True),
        ("writer", "class RunWriter: ...", True),
        ("train_progress", "class Progress: ...", True),
        ("actions", "class Action: ...", True),
        ("csv_reader", "def read_csv(): ...", True),
        ("by_hand", "class LSTMByHand: ...", True),
        ("database", "class Store: ...", False),
        ("database", "class _Store: ...", True),
        ("records", "class Stage: ...\nclass Parent: ...", True),
        ("text", "async def printable(): ...", False),
        ("database", "class Store: ...\ndef is_name(): ...", True),
        ("reader", "def write(): ...", False),
    ],
)
def test_a_misnamed_module_is_found(tmp_path: Path, name: str, text: str, fits: bool) -> None:
    write(tmp_path, f"house/{name}.py", text)
    assert (misnamed_modules(modules(tmp_path, "house")) == {}) == fits


def test_a_class_beside_the_module_of_its_name_is_found(tmp_path: Path) -> None:
    write(tmp_path, "house/run_lock.py", "class RunLock: ...")
    write(tmp_path, "house/records.py", "class Stage: ...\nclass Parent: ...")
    assert misnamed_modules(modules(tmp_path, "house")) == {}
    write(tmp_path, "house/records.py", "class Stage: ...\nclass RunLock: ...")
    assert misnamed_modules(modules(tmp_path, "house")) == {"house/records.py": "RunLock"}


def test_a_module_without_a_test_file_is_found(tmp_path: Path) -> None:
    write(tmp_path, "house/room/door.py")
    write(tmp_path, "tests/house/test_door.py")
    assert untested_modules(tmp_path, modules(tmp_path, "house")) == ["house/room/door.py"]
    write(tmp_path, "tests/house/room/test_door.py")
    assert untested_modules(tmp_path, modules(tmp_path, "house")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from tests.house.test_door import handle", True),
        ("from tests.house import test_door", True),
        ("from .test_door import handle", True),
        ("from . import test_door", True),
        ("import tests.house.test_door as door", True),
        ("def late():\n    from tests.house.test_door import handle", True),
        ("from tests.support.door import handle", False),
        ("from house.door import test_of_strength", False),
    ],
)
def test_a_test_that_imports_a_test_is_found(tmp_path: Path, text: str, found: bool) -> None:
    write(tmp_path, "tests/house/test_window.py", text)
    assert bool(imports_from_tests(tmp_path)) == found
