"""One key after the other: the next is handed on once everyone has dealt with the one before.

Textual gives a key to the widget that has the focus when it arrives. Where several arrive at once (a slow line, a busy
machine), the letters after a Tab would reach the field that the Tab is about to leave.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key, Paste

from tui.terminal.editor import Editor, written

_PAGE, _WORDS = 30, 5  # letters and words that wait together and are no commands: nobody types ahead so
_LINE, _WHOLE = 7, 2  # the same of one line: its letters, and how many of its words have two letters or more
_ENOUGH = 4  # letters that wait together: nobody types so fast


class InputQueue:
    """Lets input events of `app` pass one at a time, in their order, to `hand_on`.

    `astray` is called instead for a text pasted where no editor has the keyboard, with that text: its letters would be
    commands. Where `commands` says that letters are commands, a page of words that arrives as keys goes to `burst`.
    """

    def __init__(
        self,
        app: App[Any],
        hand_on: Callable[[Any], Awaitable[None]],
        astray: Callable[[str], None] | None = None,
        commands: Callable[[], bool] = lambda: False,
        burst: Callable[[str], None] = lambda _text: None,
    ) -> None:
        self._app = app
        self._astray = astray
        self._hand_on = hand_on
        self._commands = commands
        self._burst = burst
        self._waiting: deque[Event] = deque()
        self._turn = 0
        self._busy = False
        self._seen = -1
        self._screen: DOMNode | None = None  # the one on which the event at hand began

    async def take(self, event: Event) -> None:
        """Hand an event on now, or when its turn comes."""
        self._waiting.append(event)
        if self._busy:
            return
        if self._app.message_queue_size and written(event) and self._commands():
            # A page of words is seen whole before its first letter is a command: what came with it follows at once.
            self._busy, self._turn = True, self._turn + 1
            self._app.call_later(self._begin, self._turn)
        else:
            await self._next()

    async def _begin(self, turn: int) -> None:
        if turn == self._turn:
            await self._next()

    async def _next(self) -> None:
        self._turn += 1
        self._busy = bool(self._waiting)
        words = self._words() if self._waiting and self._commands() else ""
        if words:
            self._burst(words)
            await self._next()
        elif self._waiting:
            event = self._run() or self._waiting.popleft()
            self._screen = self._app.screen
            path = self._path()
            try:
                if self._astray is not None and isinstance(event, Paste) and not isinstance(self._app.focused, Editor):
                    self._astray(event.text)
                else:
                    await self._hand_on(event)
            finally:  # one that fails holds back none behind it
                self._follow(path, self._turn)

    def _run(self) -> Event | None:
        """Return the letters that wait, as one text: a page that is pasted as if it were typed."""
        editor = self._app.focused
        if len(self._waiting) < _ENOUGH or not isinstance(editor, Editor):
            return None
        lines = () if editor.single_line else ("enter",)
        run: list[str] = []
        for event in self._waiting:
            letter = "\n" if isinstance(event, Key) and event.key in lines else written(event)
            if not letter:
                break
            run.append(letter)
        if len(run) < _ENOUGH:
            return None
        for _letter in run:
            self._waiting.popleft()
        return Paste("".join(run))

    def _words(self) -> str:
        """The words that wait, as one text, where they are too many to be commands: "" else. They wait no more then."""
        run: list[str] = []
        for event in self._waiting:
            is_break = isinstance(event, Key) and event.key == "enter"
            letter = "\n" if is_break else written(event)
            if not letter:
                break
            run.append(letter)
        text = "".join(run)
        if not _is_page(text) and not _is_line(text):
            return ""
        for _letter in run:
            self._waiting.popleft()
        return text

    def _path(self) -> Sequence[DOMNode]:
        """Whoever the event will come by: the widget with the focus, what it lies in, up to the app."""
        first = self._app.focused or self._app.screen
        return [node for node in first.ancestors_with_self if node is not self._app]

    def _follow(self, path: Sequence[DOMNode], turn: int) -> None:
        """Go behind the event through the queue of each; one that is closed has no queue any more."""
        for at, node in enumerate(path):
            if node.call_later(self._follow, path[at + 1 :], turn):
                return
        self._app.call_later(self._done, turn)

    async def _done(self, turn: int) -> None:
        if turn != self._turn:
            return
        if self._app.screen is not self._screen:  # a window that has just come first takes the focus
            self._screen = self._app.screen
            self._follow([self._screen], turn)
        else:
            await self._next()

    def look(self) -> None:
        """Called now and then: a widget that went away with the event in its queue holds nobody back for long."""
        if self._busy and self._seen == self._turn:
            self._app.call_later(self._unstick, self._turn)
        self._seen = self._turn

    async def _unstick(self, turn: int) -> None:
        if self._busy and turn == self._turn:
            await self._next()


def _is_page(text: str) -> bool:
    """Return whether it is several words, perhaps of several lines, and longer than anybody types ahead."""
    return len(text) >= _PAGE and len(text.split()) >= _WORDS


def _is_line(text: str) -> bool:
    """Whether it is words of one line: of commands that are typed ahead, none is a word that a space parts from one."""
    words = text.split()
    return "\n" not in text and len(text) >= _LINE and sum(len(word) > 1 for word in words) >= _WHOLE
