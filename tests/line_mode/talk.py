"""A conversation of line mode in memory: one command after another, without a program that starts anew."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui import i18n
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_streams import LineStreams
from tui.settings import Settings
from tui.store import Author
from tui.workspace.workspace import Workspace


class Remembering(Memory):
    """A store in memory that knows who writes, and no earlier value."""

    author = Author("x" * 10, "Marie")

    def history(self, partnership_id: str, /) -> list[Any]:
        return []


class Talk:
    """Gives commands of line mode about a partnership that is open in memory."""

    def __init__(self, told: Told, lang: i18n.Language = "fr") -> None:
        i18n.use(lang)
        store: Any = Remembering()
        store.partnership = told.partnership
        self.workspace = Workspace(GUIDE, told.partnership, store)
        self.workspace.lang = lang
        self.conversation = Conversation(self.workspace, LineStreams(io.StringIO(), io.StringIO()), Settings(), store)

    def gives(self, command: Callable[[Conversation, str], None], argument: str = "", *lines: str) -> str:
        """Give a command with what is typed behind it, then the lines that it asks for; return what is said."""
        said = io.StringIO()
        self.conversation.talk = LineStreams(io.StringIO("".join(f"{line}\n" for line in lines)), said)
        command(self.conversation, argument)
        return said.getvalue().replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
