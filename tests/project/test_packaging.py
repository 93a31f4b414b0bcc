"""What is installed is what was tested, and whole: the ranges, the wheel, and the sdist."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from lstm_engine.hook import FOLDER

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
TESTED = {
    line.partition("==")[0]: Version(line.partition("==")[2])
    for line in (ROOT / "constraints.txt").read_text().splitlines()
    if not line.startswith("#")
}
#: Whose private parts, or habits beyond their documentation, we rely on.
REACHED_INTO = {"lightning", "textual", "rich", "plotext"}
PACKAGES = ("lstm_engine", "tui")
#: What every wheel says about itself.
OWN_RECORD = re.compile(r"lstm_tui-[^/]*\.dist-info/")


def requirements() -> list[Requirement]:
    return [Requirement(text) for text in PROJECT["dependencies"]]


@pytest.mark.parametrize("requirement", requirements(), ids=lambda requirement: requirement.name)
def test_only_what_was_tested_is_installed(requirement: Requirement) -> None:
    """Exactly that, where we reach into it; else its minor version, and no other."""
    tested = TESTED[requirement.name]
    assert requirement.specifier.contains(tested)
    if requirement.name in REACHED_INTO:
        assert str(requirement.specifier) == f"=={tested}"
    else:
        assert not requirement.specifier.contains(f"{tested.major}.{tested.minor + 1}.0")
        assert not requirement.specifier.contains(f"{tested.major}.{tested.minor - 1}.99")


def test_all_that_is_reached_into_is_required() -> None:
    assert {requirement.name for requirement in requirements()} >= REACHED_INTO


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return folder


def sources() -> set[str]:
    """What the program consists of: modules, style sheets, the series that come along, the marks that its types are
    for others to use, and what Lightning finds the hook by.
    """
    kinds = (".py", ".tcss", ".typed", ".csv")
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.suffix in kinds]
    files += (FOLDER / "lstm_tui_hook-1.dist-info").iterdir()
    return {path.relative_to(ROOT).as_posix() for path in files}


def test_the_wheel_holds_the_program_and_its_licence_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (licence,) = [name for name in names if name.endswith("/licenses/LICENSE")]
        assert archive.read(licence) == (ROOT / "LICENSE").read_bytes()
        (metadata,) = [name for name in names if OWN_RECORD.match(name) and name.endswith("/METADATA")]
        assert "\nLicense-Expression: MIT\n" in archive.read(metadata).decode()
    assert {name for name in names if not OWN_RECORD.match(name)} == sources()


def test_the_sdist_holds_the_program_its_tests_and_its_licence(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"LICENSE", "README.md", "CHANGELOG.md", "Makefile", "constraints.txt", "tests/conftest.py"}
    assert wanted | sources() <= names


@pytest.mark.parametrize("package", PACKAGES)
def test_others_may_use_its_types(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()
