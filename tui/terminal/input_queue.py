"""Pass keys and pastes on one at a time, each once the one before it was handled.

Textual gives a key to the widget that has the focus when the key arrives. Where several arrive at once (a slow line, a
busy machine), the letters after a Tab would reach the field that the Tab is about to leave.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key, Paste

from tui.terminal.editor import Editor, written_character

# So many letters and words that wait together are no commands, since nobody types ahead so much.
_PAGE_LETTERS, _PAGE_WORDS = 30, 5
_LINE_LETTERS, _LINE_LONG_WORDS = 7, 2  # the same for one line; a long word has two letters or more
_RUN_LETTERS = 4  # so many letters that wait together were pasted: nobody types so fast


class InputQueue:
    """Passes the input events of `app` to `hand_on`, one at a time and in order.

    `take_stray_paste` is called instead with a text that is pasted while no editor has the focus, since its letters
    would be commands. If `letters_are_commands` returns True, a page of words that arrives as keys goes to
    `take_burst`.
    """

    def __init__(
        self,
        app: App[Any],
        hand_on: Callable[[Any], Awaitable[None]],
        take_stray_paste: Callable[[str], None] | None = None,
        letters_are_commands: Callable[[], bool] = lambda: False,
        take_burst: Callable[[str], None] = lambda _text: None,
    ) -> None:
        self._app = app
        self._take_stray_paste = take_stray_paste
        self._hand_on = hand_on
        self._letters_are_commands = letters_are_commands
        self._take_burst = take_burst
        self._waiting: deque[Event] = deque()
        self._turn = 0  # the number of the event that is being handled
        self._busy = False  # whether an event is being handled
        self._last_checked = -1  # the turn at the last `check`
        self._screen: DOMNode | None = None  # the screen when the event being handled was handed on

    async def take(self, event: Event) -> None:
        """Pass an event on now, or once those before it are handled."""
        self._waiting.append(event)
        if self._busy:
            return
        if self._app.message_queue_size and written_character(event) and self._letters_are_commands():
            # Wait for the events that arrived together, so that a page of words is recognised before its first letter
            # acts as a command.
            self._busy, self._turn = True, self._turn + 1
            self._app.call_later(self._begin, self._turn)
        else:
            await self._next()

    async def _begin(self, turn: int) -> None:
        """Pass the next event on, unless that has happened since."""
        if turn == self._turn:
            await self._next()

    async def _next(self) -> None:
        """Pass the next waiting event on, several letters as one paste, a page of words to `take_burst`."""
        self._turn += 1
        self._busy = bool(self._waiting)
        words = self._take_words() if self._waiting and self._letters_are_commands() else ""
        if words:
            self._take_burst(words)
            await self._next()
        elif self._waiting:
            event = self._take_letters() or self._waiting.popleft()
            self._screen = self._app.screen
            path = self._path()
            in_editor = isinstance(self._app.focused, Editor)
            try:
                if isinstance(event, Paste) and not in_editor and self._take_stray_paste is not None:
                    self._take_stray_paste(event.text)
                else:
                    await self._hand_on(event)
            finally:  # also after an error, so that later events are not held back
                self._follow(path, self._turn)

    def _take_letters(self) -> Event | None:
        """Return the letters that wait for an editor as one paste, and take them from the queue; None for few letters.

        A terminal without bracketed paste sends a pasted page as keys.
        """
        editor = self._app.focused
        if len(self._waiting) < _RUN_LETTERS or not isinstance(editor, Editor):
            return None
        line_keys = () if editor.single_line else ("enter",)
        letters = self._waiting_letters(line_keys)
        if len(letters) < _RUN_LETTERS:
            return None
        for _letter in letters:
            self._waiting.popleft()
        return Paste(letters)

    def _waiting_letters(self, line_keys: Sequence[str]) -> str:
        """Return the letters of the first events that wait; the keys named in `line_keys` are line ends."""
        letters: list[str] = []
        for event in self._waiting:
            letter = "\n" if isinstance(event, Key) and event.key in line_keys else written_character(event)
            if not letter:
                break
            letters.append(letter)
        return "".join(letters)

    def _take_words(self) -> str:
        """Return the waiting words as one text, taken from the queue, if too many to be commands; else ""."""
        text = self._waiting_letters(("enter",))
        if not _is_page(text) and not _is_line(text):
            return ""
        for _letter in text:
            self._waiting.popleft()
        return text

    def _path(self) -> Sequence[DOMNode]:
        """Return the nodes that the event will pass: the focused widget, and those around it up to the screen."""
        first = self._app.focused or self._app.screen
        return [node for node in first.ancestors_with_self if node is not self._app]

    def _follow(self, path: Sequence[DOMNode], turn: int) -> None:
        """Call `_done` after the event was handled: follow it through the message queue of each node.

        A closed node has no queue (`call_later` returns False) and is passed over.
        """
        for at, node in enumerate(path):
            if node.call_later(self._follow, path[at + 1 :], turn):
                return
        self._app.call_later(self._done, turn)

    async def _done(self, turn: int) -> None:
        """Pass the next event on, once a screen that the last one opened has taken the focus."""
        if turn != self._turn:
            return
        if self._app.screen is not self._screen:  # a new screen must take the focus first
            self._screen = self._app.screen
            self._follow([self._screen], turn)
        else:
            await self._next()

    def check(self) -> None:
        """Go on after an event whose widget was removed before handling it; called from time to time."""
        if self._busy and self._last_checked == self._turn:
            self._app.call_later(self._go_on, self._turn)
        self._last_checked = self._turn

    async def _go_on(self, turn: int) -> None:
        """Pass the next event on, unless that has happened since."""
        if self._busy and turn == self._turn:
            await self._next()


def _is_page(text: str) -> bool:
    """Return whether a text is several words, perhaps on several lines, and longer than anybody types ahead."""
    return len(text) >= _PAGE_LETTERS and len(text.split()) >= _PAGE_WORDS


def _is_line(text: str) -> bool:
    """Return whether a text is words on one line; commands typed ahead are single letters, not words with spaces."""
    long_words = [word for word in text.split() if len(word) > 1]
    return "\n" not in text and len(text) >= _LINE_LETTERS and len(long_words) >= _LINE_LONG_WORDS
