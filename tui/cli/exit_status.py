"""The exit statuses of the command line."""

from __future__ import annotations

DONE = 0
#: Training failed, or the output cannot be written.
FAILED = 1
#: The command line, or what it names, makes no sense; the engine refused it.
BAD_INPUT = 2
#: Ended by Ctrl-C or a signal, after saving.
INTERRUPTED = 130
