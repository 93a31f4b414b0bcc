"""To be imported ahead of all else that imports NumPy, by programs that have small matrices or none.

NumPy's BLAS starts a thread a core when it is loaded. They spin: for as long as a dashboard takes to open, on the core
of the training that it is about to show, and at each product of small matrices for longer than that takes.
"""

from __future__ import annotations

import os

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def single_thread_numpy() -> None:
    """Imports NumPy without threads, unless the user asks for some; the environment is left as it was."""
    unset = [name for name in _THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(unset, "1"))
    try:
        import numpy  # noqa: F401
    finally:
        for name in unset:
            os.environ.pop(name, None)


single_thread_numpy()
