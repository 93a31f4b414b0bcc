"""An engine's first word."""

import os
import socket

import lightning
import torch

from lstm_engine.protocol.message import PROTOCOL
from lstm_engine.protocol.messages import decode_event, encode
from lstm_engine.service.engine_ready import engine_ready


def test_it_says_which_process_it_is_with_which_libraries_and_what_it_speaks() -> None:
    event = engine_ready()
    assert (event.pid, event.host, event.protocol) == (os.getpid(), socket.gethostname(), PROTOCOL)
    assert (event.torch, event.lightning) == (str(torch.__version__), lightning.__version__)
    assert PROTOCOL > 0, "0 is of engines that did not tell"
    assert decode_event(encode(event)) == event
