"""The engine's inbox: commands that wait, and who sent them."""

from lstm_engine.protocol.channel import Asker, Inbox
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import Quit, Train


def test_a_command_is_found_wherever_it_waits() -> None:
    inbox = Inbox()
    inbox.put(Train(epochs=1))
    assert not inbox.holds(Quit)
    inbox.put(Quit())
    assert inbox.holds(Quit)
    assert inbox.peek() == Train(epochs=1)


def test_who_sent_the_command_that_was_taken_is_known_until_the_next() -> None:
    class Sender(Asker):
        def answer(self, event: Message) -> None:
            """Nobody is told."""

    inbox, sender = Inbox(), Sender()
    inbox.put(Train(), sender)
    inbox.put(Quit())
    assert inbox.asker is None
    assert (inbox.get(), inbox.asker) == (Train(), sender)
    assert (inbox.get(), inbox.asker) == (Quit(), None)


def test_one_who_waits_is_woken_without_a_command_once() -> None:
    inbox = Inbox()
    inbox.wake()
    assert inbox.get() is None
    inbox.wake()
    inbox.put(Quit())
    assert inbox.get() == Quit()
    assert inbox.get(timeout=0.0) is None
