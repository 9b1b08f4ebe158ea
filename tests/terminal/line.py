"""A line from a terminal to the parser, with a clock of its own: what is sent, in which pieces, with which pauses."""

from __future__ import annotations

from textual import events
from textual.message import Message

from tui.terminal.editor import written_character
from tui.terminal.key_parser import KeyParser

TICK = 0.05  # seconds, as the driver looks


class Line:
    """Sends text to a parser and keeps the events that come of it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.parser = KeyParser(lambda: self.now)
        self.events: list[Message] = []

    def send(self, *reads: str) -> Line:
        """Send some reads, one right after the other."""
        for read in reads:
            self.events += self.parser.feed(read)
            self.events += self.parser.tick()
        return self

    def wait(self, seconds: float = 1.2) -> Line:
        """Let time go by in which nothing comes."""
        end = self.now + seconds
        while self.now < end:
            self.now = min(self.now + TICK, end)
            if self.parser.waiting:
                self.events += self.parser.tick()
        return self

    @property
    def keys(self) -> list[str]:
        """The names of the keys; a paste in « »."""
        named = {events.Key: lambda key: key.key, events.Paste: lambda paste: f"«{paste.text}»"}
        return [named[type(event)](event) for event in self.events if type(event) in named]

    @property
    def typed(self) -> str:
        """What all this writes where one writes."""
        return "".join(
            event.text if isinstance(event, events.Paste) else written_character(event)
            for event in self.events
            if isinstance(event, events.Event)
        )


def keys(*reads: str) -> list[str]:
    """The keys of some reads, once nothing more comes."""
    return Line().send(*reads).wait().keys
