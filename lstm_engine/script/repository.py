"""The git repository that a script lies in, where it lies in one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

#: Seconds that git gets: a repository may be large, and on a slow disk.
_LIMIT = 2.0
_COMMIT = re.compile(r"[0-9a-f]{40,64}(-dirty)?", re.ASCII)


def repository_commit(directory: Path) -> str:
    """The commit of the repository that the directory is in, with `-dirty` behind it where files differ from it.

    Empty where there is no repository or no git, or where that does not answer in time.
    """
    git = shutil.which("git")
    if git is None:
        return ""
    command = [
        *(git, "-c", "core.fsmonitor=false", "-C", str(directory)),
        *("describe", "--always", "--abbrev=64", "--exclude=*", "--dirty"),
    ]
    try:
        asked = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_LIMIT,
            check=False,
            env=os.environ | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    answer = asked.stdout.strip()
    return answer if asked.returncode == 0 and _COMMIT.fullmatch(answer) else ""
