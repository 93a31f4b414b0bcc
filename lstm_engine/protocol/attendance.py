"""The part of the vocabulary that is about who attends an engine: commands first, then events."""

from lstm_engine.protocol.message import PROTOCOL, Message


class Join(Message, frozen=True):
    """The first word of whoever comes by the socket. Answer: EngineReady, and all that leads up to now; or Refused.

    protocol: the version that the client speaks.
    owns: the training is this client's own. It waits where this client does not read, and ends where it leaves; any
        other client is cut off then, and training goes on.
    """

    protocol: int = PROTOCOL
    owns: bool = False


class Detach(Message, frozen=True):
    """Go on to the target when nobody is left. Answer: Detached, or Refused where nothing is trained."""


class Watchers(Message, frozen=True):
    """How many clients attend from here on, this one included."""

    count: int


class Steered(Message, frozen=True):
    """Another client sent a command; or it was not carried out.

    command: its `type`. refusal: why nothing has changed, in one sentence; empty where it is still on its way.
    """

    command: str
    refusal: str = ""


class Logged(Message, frozen=True):
    """A line of the engine's log."""

    text: str


class Detached(Message, frozen=True):
    """Training goes on to `target` whoever leaves, is saved then, and the engine ends."""

    run: str
    directory: str
    epoch: int
    target: int


class CutOff(Message, frozen=True):
    """The last line to a client that has not read for so long that too much waits for it.

    The engine goes on. Whoever comes by the socket gets all that leads up to now.
    """
