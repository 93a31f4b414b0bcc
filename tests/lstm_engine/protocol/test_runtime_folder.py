"""The folder of an engine's socket: made for its user alone, and none that others could have touched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.protocol.runtime_folder import LONGEST_ADDRESS, check_own_folder, runtime_folder


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """What is the temporary folder here; short enough of name."""
    folder = Path("/tmp") / f"lstm-tui-test-{os.getpid()}"  # noqa: S108
    folder.mkdir()
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(folder))
    yield folder
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    folder.rmdir()


def fallback(temporary: Path) -> Path:
    return temporary / f"lstm-tui-{os.geteuid()}"


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_it_is_made_in_the_temporary_folder_for_its_user_alone(temporary: Path, umask: int) -> None:
    """The runtime directory goes when its user has logged out; what trains goes on, and is to be found."""
    (temporary / "run").mkdir()
    given = {"XDG_RUNTIME_DIR": str(temporary / "run")}
    before = os.umask(umask)
    try:
        folder = runtime_folder(given)
    finally:
        os.umask(before)
    assert (folder, mode(folder)) == (fallback(temporary), 0o700)
    assert runtime_folder(given) == folder, "it is used again"


def test_where_that_cannot_be_it_is_in_the_runtime_directory(temporary: Path) -> None:
    fallback(temporary).touch()
    (temporary / "run").mkdir()
    folder = runtime_folder({"XDG_RUNTIME_DIR": str(temporary / "run")})
    assert (folder, mode(folder)) == (temporary / "run" / "lstm-tui", 0o700)


@pytest.mark.parametrize("given", [None, "", "relative/run"])
def test_a_runtime_directory_that_is_none_is_ignored(temporary: Path, given: str | None) -> None:
    fallback(temporary).touch()
    with pytest.raises(UserError) as error:
        runtime_folder({} if given is None else {"XDG_RUNTIME_DIR": given})
    assert str(error.value) == f"{fallback(temporary)} cannot be used (File exists)"


def make_link(path: Path) -> None:
    target = path.with_name("elsewhere")
    target.mkdir(mode=0o700)
    path.symlink_to(target)


def make_open(path: Path) -> None:
    path.mkdir()
    path.chmod(0o750)


def give_away(path: Path) -> None:
    path.mkdir(mode=0o700)
    os.chown(path, 65534, -1)


WAYS: dict[str, Callable[[Path], object]] = {
    "is no folder: expected one for this user's sockets": make_link,
    "cannot be used (File exists)": Path.touch,
    "is open to others (mode 750): expected mode 700": make_open,
    f"belongs to user 65534: expected a folder of user {os.geteuid()}": give_away,
}


@pytest.mark.parametrize("sentence", WAYS)
def test_a_folder_that_is_not_ours_alone_is_left_alone(temporary: Path, sentence: str) -> None:
    if WAYS[sentence] is give_away and os.geteuid() != 0:
        pytest.skip("only root gives folders away")
    (temporary / "run").mkdir()
    WAYS[sentence](temporary / "run" / "lstm-tui")
    given = {"XDG_RUNTIME_DIR": str(temporary / "run")}
    assert runtime_folder(given) == fallback(temporary)
    fallback(temporary).rmdir()
    WAYS[sentence](fallback(temporary))
    with pytest.raises(UserError) as error:
        runtime_folder(given)
    assert str(error.value) == f"{fallback(temporary)} {sentence}; {temporary / 'run' / 'lstm-tui'} {sentence}"


def test_a_runtime_directory_that_is_missing_is_not_made(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"XDG_RUNTIME_DIR": str(temporary / "run")}
    assert runtime_folder(given) == fallback(temporary)
    assert not (temporary / "run").exists()
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(temporary / "none"))
    with pytest.raises(UserError) as error:
        runtime_folder(given)
    assert str(error.value) == (
        f"{temporary / 'none'} is missing: expected a folder for sockets; "
        f"{temporary / 'run'} is missing: expected a folder for sockets"
    )


def test_a_path_that_is_too_long_for_a_socket_is_said_with_its_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("é" * 50)
    long.mkdir()
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(long))
    bytes_long = len(os.fsencode(long)) + len("/lstm-tui/4194304.sock")
    with pytest.raises(UserError) as error:
        runtime_folder({"XDG_RUNTIME_DIR": str(long)})
    _, second = str(error.value).split("; ")
    assert second == (
        f"{long / 'lstm-tui'} is too long a path for a socket ({bytes_long} bytes): expected {LONGEST_ADDRESS} at most"
    )
    assert list(long.iterdir()) == []


def test_a_name_that_would_act_on_the_terminal_is_shown_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: "/nowhere/\x1b[2J")
    with pytest.raises(UserError) as error:
        runtime_folder({})
    assert str(error.value).isprintable()


def test_whoever_looks_for_a_socket_checks_the_folder_in_the_same_way(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    check_own_folder(tmp_path)
    tmp_path.chmod(0o701)
    with pytest.raises(UserError, match="open to others"):
        check_own_folder(tmp_path)
    with pytest.raises(FileNotFoundError):
        check_own_folder(tmp_path / "none")
