"""What holds for every test.

PyTorch computes in one thread, as it does in the engine process: where tests run side by side, threads that wait for
each other on tensors of one element take ten times as long. And no property test has a deadline: a busy machine is no
defect. Signals do what they do in a shell: what is started in the background, or by nohup, is told to ignore some.
No setting of somebody's terminal changes what is drawn.
What is to be collected is collected between tests: what PyTorch and Textual are made of is looked through anew at each
collection, which took a third of the time of a test of a screen.
Files of tests that mostly wait, for processes of their own, are spread among the others: side by side they leave the
processor idle, and at the end all of it to one of them.
No test's name holds bytes: those of a compression hold the time, and the processes that share the tests have to find
the same names.
"""

import gc
import importlib
import itertools
import os
import signal
import sys

import pytest
from hypothesis import settings

from tests.support.stylesheets import parse_each_once

_USUAL = {
    signal.SIGINT: signal.default_int_handler,
    signal.SIGQUIT: signal.SIG_DFL,
    signal.SIGHUP: signal.SIG_DFL,
}
for number, usual in _USUAL.items():
    if signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, usual)

for name in tuple(os.environ):
    told_by_its_plugin = name.startswith("TEXTUAL_SNAPSHOT")
    if name.startswith(("TEXTUAL", "NO_COLOR", "COLUMNS", "LINES")) and not told_by_its_plugin:
        del os.environ[name]
if "textual.constants" in sys.modules:  # the plugin that compares pictures has imported Textual before
    importlib.reload(sys.modules["textual.constants"])

os.environ["OMP_NUM_THREADS"] = "1"
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

parse_each_once()

_WAITING = {"faults", "whole"}
_TESTS_BETWEEN_COLLECTIONS = 20
_run = itertools.count(1)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    by_file = [list(group) for _, group in itertools.groupby(items, lambda item: item.path)]
    waiting = [group for group in by_file if not _WAITING.isdisjoint(group[0].path.parts)]
    others = [group for group in by_file if _WAITING.isdisjoint(group[0].path.parts)]
    places = [(number + 0.5) / len(group) for group in (waiting, others) for number in range(len(group))]
    placed = sorted(zip(places, waiting + others, strict=True), key=lambda each: each[0])
    items[:] = [item for _, group in placed for item in group]


def pytest_collection_finish() -> None:
    """Everything is imported by then."""
    gc.collect()
    gc.freeze()
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    if next(_run) % _TESTS_BETWEEN_COLLECTIONS == 0:
        gc.collect()
