"""What a script takes of the machine: of its process, and of all that it has started; and what the GPUs say."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Any

import psutil
import pynvml

from lstm_engine.script.vocabulary.keeper_events import Gpu, Machine


class MachineSampler:
    """Measures a process with its children, from one call to the next."""

    def __init__(self, pid: int) -> None:
        """Raises psutil.NoSuchProcess where there is none of that number."""
        self._process = psutil.Process(pid)
        self._gpus = _handles()
        self._seconds: dict[tuple[int, float], float] = {}
        self._at = time.monotonic()
        self._seconds, _ = self._taken()

    def sample(self) -> Machine:
        """What was taken since the last sample, or since this sampler was made.

        Raises psutil.NoSuchProcess where the process is gone.
        """
        before, begun = self._seconds, self._at
        self._at = time.monotonic()
        self._seconds, memory = self._taken()
        busy = sum(seconds - before.get(process, 0.0) for process, seconds in self._seconds.items())
        return Machine(
            processor=max(busy, 0.0) / max(self._at - begun, 1e-3),
            memory=memory,
            free=psutil.virtual_memory().available,
            gpus=tuple(map(_gpu, self._gpus)),
        )

    def _taken(self) -> tuple[dict[tuple[int, float], float], int]:
        """By process, the seconds of processor time that it has taken so far; and the bytes that all of them hold.

        A process is told by its number and its start: numbers come again.
        """
        seconds: dict[tuple[int, float], float] = {}
        memory = 0
        for process in (self._process, *self._process.children(recursive=True)):
            try:
                with process.oneshot():
                    times, rss = process.cpu_times(), process.memory_info().rss
                    seconds[process.pid, process.create_time()] = times.user + times.system
                    memory += rss
            except (psutil.ZombieProcess, psutil.AccessDenied):
                continue
            except psutil.NoSuchProcess:
                if process is self._process:
                    raise
        return seconds, memory


def _handles() -> list[Any]:
    """The GPUs; none where there is no driver for them."""
    try:
        pynvml.nvmlInit()
        return [pynvml.nvmlDeviceGetHandleByIndex(number) for number in range(pynvml.nvmlDeviceGetCount())]
    except pynvml.NVMLError:
        return []


def _gpu(handle: Any) -> Gpu:
    name = _asked(pynvml.nvmlDeviceGetName, handle)
    rates = _asked(pynvml.nvmlDeviceGetUtilizationRates, handle)
    memory = _asked(pynvml.nvmlDeviceGetMemoryInfo, handle)
    temperature = _asked(lambda gpu: pynvml.nvmlDeviceGetTemperature(gpu, pynvml.NVML_TEMPERATURE_GPU), handle)
    power = _asked(pynvml.nvmlDeviceGetPowerUsage, handle)
    return Gpu(
        name=name.decode(errors="replace") if isinstance(name, bytes) else name or "GPU",
        utilisation=None if rates is None else rates.gpu / 100,
        memory=None if memory is None else memory.used,
        memory_total=None if memory is None else memory.total,
        temperature=None if temperature is None else float(temperature),
        power=None if power is None else power / 1000,
    )


def _asked(question: Callable[[Any], Any], handle: Any) -> Any:
    """What the driver answers; None where this GPU does not know."""
    with contextlib.suppress(pynvml.NVMLError):
        return question(handle)
    return None
