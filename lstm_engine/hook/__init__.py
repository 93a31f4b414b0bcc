"""The folder that goes on a script's PYTHONPATH: Lightning finds the hook in it by its entry points.

Whoever starts a script takes the folder from `FOLDER`. What lies in it runs in the script's interpreter, from Python
3.9 on, with whatever versions are there: the standard library, PyTorch and Lightning, nothing else.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
