"""What is said where there is no cluster; tests/whole/test_cluster.py has one."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from lstm_engine.errors import UserError
from lstm_engine.queue import dask_cluster as module
from lstm_engine.queue.dask_cluster import DaskCluster, SchedulerGoneError, dask_cluster
from lstm_engine.queue.member_task import version
from tests.support.terminal import free_port


def test_without_dask_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(UserError, match=r"needs Dask: pip install 'lstm-tui\[cluster\]'"),
        dask_cluster("tcp://a:1", "q"),
    ):
        pass


#: In a process of its own: Dask changes how exceptions are pickled in the one that imports it.
ASKS = """
import sys
from lstm_engine.errors import UserError
from lstm_engine.queue import dask_cluster
dask_cluster._PATIENCE = 1
try:
    with dask_cluster.dask_cluster(sys.argv[1], "q"):
        pass
except UserError as error:
    print(error)
"""


@pytest.mark.parametrize("address", ["", "nowhere", "tcp://127.0.0.1:PORT"])
def test_where_nobody_answers_that_is_said(address: str) -> None:
    asked = address.replace("PORT", str(free_port()))
    said = subprocess.run([sys.executable, "-c", ASKS, asked], capture_output=True, text=True, check=True).stdout
    assert said == f"no scheduler of Dask answers at {asked}: expected one, such as tcp://host:8786\n"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("9.9 (1)", "the worker at tcp://b has lstm-tui 9.9 (1): expected"),
        (
            ModuleNotFoundError("No module named 'lstm_engine'"),
            "the worker at tcp://b cannot import lstm-tui (No module",
        ),
    ],
)
def test_a_worker_of_another_version_is_named(told: object, sentence: str) -> None:
    client = SimpleNamespace(run=lambda *_, **__: {"tcp://a": version(), "tcp://b": told})
    with pytest.raises(UserError) as error:
        DaskCluster(client, "tcp://s", "q").check_versions()
    assert str(error.value).startswith(sentence)


def test_a_scheduler_that_is_silent_for_too_long_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    client: Any = SimpleNamespace(status="running")
    cluster = DaskCluster(client, "tcp://s:1", "q")
    assert cluster.news(0.0) is None
    client.status = "connecting"
    assert cluster.news(0.0) is None
    monkeypatch.setattr(module, "_SILENCE", -1.0)
    with pytest.raises(SchedulerGoneError, match="the scheduler at tcp://s:1 is gone"):
        cluster.news(0.0)
