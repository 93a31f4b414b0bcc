"""The app's commands as the palette finds them: by their titles, or by words of their sentences."""

from __future__ import annotations

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

#: What a hit in the sentence is worth; one in the title is worth more.
_IN_SENTENCE = 0.01


class ActionCommands(Provider):
    """What Textual calls the app's system commands. Textual's own provider (8.2.8) looks through the titles alone."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for title, sentence, callback, *_ in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(title, callback, help=sentence)

    async def search(self, query: str) -> Hits:
        """Those whose titles match, and those that hold every word of the query."""
        matcher, words = self.matcher(query), query.casefold().split()
        for title, sentence, callback, *_ in self.app.get_system_commands(self.screen):
            text = f"{title} {sentence}".casefold()
            if (score := matcher.match(title)) > 0:
                yield Hit(score, matcher.highlight(title), callback, help=sentence)
            elif words and all(word in text for word in words):
                yield Hit(_IN_SENTENCE, Content(title), callback, help=sentence)
