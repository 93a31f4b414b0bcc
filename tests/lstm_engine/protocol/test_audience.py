"""Everybody who attends an engine."""

import io

from lstm_engine.protocol.audience import Audience
from lstm_engine.protocol.channel import Inbox
from lstm_engine.protocol.client_queue import ClientQueue
from lstm_engine.protocol.messages import Pause, Quit, Refused, decode_event, encode


def test_what_is_no_command_is_refused_and_the_end_of_input_is_quit() -> None:
    inbox, written = Inbox(), []
    audience, client = Audience(inbox), ClientQueue(written.append)
    audience.join(client)
    lines = [b"hello\n", b'{"type":"fly"}\n', b'{"type":"train","epochs":"many"}\n', b"\xff\n", encode(Pause())]
    audience.hear(client, io.BytesIO(b"".join(lines)))
    assert isinstance(inbox.get(), Pause)
    assert inbox.asker is client
    assert isinstance(inbox.get(), Quit)
    client.close(timeout=60)
    assert [isinstance(decode_event(line), Refused) for line in written] == [True] * 4
    assert inbox.get(timeout=0.0) is None
