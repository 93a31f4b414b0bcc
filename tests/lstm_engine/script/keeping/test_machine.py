"""What a process takes of the machine, with all that it has started."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import psutil
import pynvml
import pytest

from lstm_engine.script.keeping.machine import MachineSampler

BUSY = (
    "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\nprint('busy', flush=True)\n"
)


def test_a_child_s_work_is_its_parent_s(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        f"import subprocess, sys\nsys.stdin.readline()\nsubprocess.run([sys.executable, '-c', {BUSY + 'input()'!r}])"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        sampler = MachineSampler(process.pid)
        begun = sampler._at
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "busy\n"
        sample = sampler.sample()
        assert sample.processor * (sampler._at - begun) >= 0.25
        assert sample.memory > 2_000_000
        assert (sample.free or 0) > 0
        process.stdin.write("\n")
    with pytest.raises(psutil.NoSuchProcess):
        sampler.sample()


def test_what_a_gpu_does_not_know_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> object:
        raise pynvml.NVMLError(pynvml.NVML_ERROR_NOT_SUPPORTED)

    answers = {
        "nvmlInit": lambda: None,
        "nvmlDeviceGetCount": lambda: 1,
        "nvmlDeviceGetHandleByIndex": lambda number: f"gpu {number}",
        "nvmlDeviceGetName": lambda _: b"NVIDIA H100",
        "nvmlDeviceGetUtilizationRates": lambda _: SimpleNamespace(gpu=37),
        "nvmlDeviceGetMemoryInfo": lambda _: SimpleNamespace(used=5, total=9),
        "nvmlDeviceGetTemperature": unknown,
        "nvmlDeviceGetPowerUsage": lambda _: 71500,
    }
    for name, answer in answers.items():
        monkeypatch.setattr(pynvml, name, answer)
    (gpu,) = MachineSampler(psutil.Process().pid).sample().gpus
    assert (gpu.name, gpu.utilisation, gpu.memory, gpu.memory_total) == ("NVIDIA H100", 0.37, 5, 9)
    assert (gpu.temperature, gpu.power) == (None, 71.5)
    monkeypatch.setattr(pynvml, "nvmlInit", unknown)
    assert MachineSampler(psutil.Process().pid).sample().gpus == ()
