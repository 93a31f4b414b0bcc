"""A run that another process holds, as it is known by its files alone: who holds it, and how one gets there."""

from __future__ import annotations

from dataclasses import dataclass

from tui.options import shell_word

#: What one can do about it in any case.
_ANOTHER = "*o* opens another run"


@dataclass(frozen=True)
class Elsewhere:
    """The process that holds the run on screen, or held it last.

    host, pid: None where it left no word.
    is_here: it runs on this host, but cannot be reached.
    is_held: it holds the run. is_lost: it did not give it back, and is not heard any more.
    training: it trains, or did. per_second: epochs a second, where it tells.
    """

    host: str | None = None
    pid: int | None = None
    is_here: bool = False
    is_held: bool = True
    is_lost: bool = False
    training: bool = True
    per_second: float | None = None

    @property
    def who(self) -> str:
        """The process, in words."""
        return "another process" if self.host is None else f"process {self.pid} on {self.host}"

    @property
    def where(self) -> str:
        """What it does, and where, in a few words."""
        place = "in another process" if self.host is None else f"on {self.host}"
        if not self.is_held:
            return f"{'not heard' if self.is_lost else 'ended'} {place}"
        return f"{'trains' if self.training else 'open'} {place}"

    def refusal(self, run: str, directory: str) -> str:
        """Why no key steers the run, and what does."""
        does = f"{run} {'trains' if self.training else 'is open'} in {self.who}"
        command = self._command(directory)
        return f"{does}: {command} steers it" if command else f"{does}, which cannot be reached: it is only watched"

    def hints(self, directory: str) -> list[str]:
        """What one can do now, the most telling first; keys and commands stand between asterisks."""
        if not self.is_held:
            return [self.where, "*space* opens it here", _ANOTHER]
        process = [] if self.pid is None else [f"process {self.pid}"]
        command = self._command(directory)
        way = [f"*{command}* steers it"] if command and "*" not in command else []
        return [self.where, *way, *process, _ANOTHER]

    def ended(self, run: str, epoch: int) -> str:
        """That it does not hold the run any more."""
        how = f"nothing is heard any more of {self.who}" if self.is_lost else f"{self.who} has ended"
        return f"{how}: {run} is at epoch {epoch}, space opens it here"

    def _command(self, directory: str) -> str:
        """The command line that steers it from here; empty where none does."""
        if self.host is None or self.is_here:
            return ""
        word = shell_word(directory)
        # The shell there takes the words apart once more.
        return f"ssh -t {self.host} lstm-tui attach {word if word == directory else shell_word(word)}"
