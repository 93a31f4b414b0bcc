"""What is in a folder, to tell whether anything in it was written."""

from pathlib import Path


def contents(root: Path) -> dict[Path, bytes]:
    """Every file byte for byte, without who held a run last."""
    ours = ("owner.json", "lock")
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and path.name not in ours}


def tree(folder: Path) -> list[tuple[str, int]]:
    """Every file and folder, with when it was written to."""
    return sorted((str(path), path.lstat().st_mtime_ns) for path in folder.rglob("*"))
