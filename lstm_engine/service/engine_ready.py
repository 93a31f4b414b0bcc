"""An engine's first word: which process it is, and with which libraries."""

from __future__ import annotations

import os
import socket

import lightning
import torch

from lstm_engine.protocol.message import PROTOCOL
from lstm_engine.protocol.messages import EngineReady


def engine_ready() -> EngineReady:
    """The event that says so of this process."""
    return EngineReady(
        pid=os.getpid(),
        host=socket.gethostname(),
        torch=str(torch.__version__),
        lightning=lightning.__version__,
        protocol=PROTOCOL,
    )
