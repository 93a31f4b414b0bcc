"""Where the command `lstm-tui` comes in: one step before the package `tui`, whose name is another's on the index.

`pip install tui` puts a program of 2011 into the same folder, over our `tui/__init__.py`. This module is not in that
folder, so it can still say so. It knows the command line by its name alone: the engine imports nothing of the UI.
"""

import importlib
import sys

_BAD_INPUT = 2


def main() -> None:
    """Run the command line; where `tui` is not ours, say so in one sentence and exit with status 2."""
    try:
        importlib.import_module("tui.cli")  # ours are two docstrings: they cannot fail
    except Exception:
        sys.exit(_refused())
    importlib.import_module("tui.cli.main").main()


def _refused() -> int:
    from importlib.util import find_spec

    spec = find_spec("tui")
    where = spec.origin if spec is not None else None
    sys.stderr.write(
        f"lstm-tui: {where or 'tui'} is another package's, not lstm-tui's: "
        "expected an environment that has lstm-tui alone, such as pipx makes\n"
    )
    return _BAD_INPUT


if __name__ == "__main__":
    main()
