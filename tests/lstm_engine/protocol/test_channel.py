"""The engine's inbox: commands that wait, and who sent them."""

from lstm_engine.protocol.channel import Inbox
from lstm_engine.protocol.messages import Quit, Train


def test_a_command_is_found_wherever_it_waits() -> None:
    inbox = Inbox()
    inbox.put(Train(epochs=1))
    assert not inbox.holds(Quit)
    inbox.put(Quit())
    assert inbox.holds(Quit)
    assert inbox.peek() == Train(epochs=1)
