"""What is being typed in a window, on disk a moment after each key, and offered again until it has found its place.

A field of the partnership is a change at once, and has its journal. A line asked for in a window is nothing yet: until
Enter it would live in the memory of the program alone, and go with it at a hang-up or a crash.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tui.atomic_files import forget
from tui.i18n import _
from tui.store.store_errors import StoreError
from tui.store.unfinished_files import UnfinishedFile, UnfinishedText, resume_text, unfinished_in
from tui.text.clean import one_line
from tui.workspace.workspace import current_moment

KEEP_AFTER = 0.1  # seconds from a key to its write: with the write itself well under the 0.3 that may be lost
_NAMED = 3  # windows whose text waits that are told by name
_PATIENCE = 1.0  # seconds that a write here and now waits for one under way in another thread


class Typing:
    """One window's text. `earlier` is what was left of it before, None when it begins anew."""

    def __init__(self, texts: UnfinishedTexts, text: UnfinishedText, file: UnfinishedFile, *, earlier: bool) -> None:
        self._texts = texts
        self._file = file
        self._place = text
        self.earlier = text if earlier else None
        self.problem = ""  # why the text is not on disk, in words
        self.wanted = self.earlier  # what is to be on disk, None for nothing; set where it is typed
        self.written = self.earlier  # what is on disk; set by whoever writes

    @property
    def key(self) -> tuple[str, str, str]:
        """Return where it is typed: (partnership id, window, row id)."""
        return self._place.partnership, self._place.window, self._place.row

    def open(self, title: str, base: str) -> str:
        """The window is there, asking `title` over a field that holds `base`; what its editor begins with."""
        self._place = replace(self._place, title=title, base=base)
        return self.earlier.text if self.earlier is not None else base

    def keep(self, text: str) -> None:
        """A letter was typed: it goes to disk in a moment. What says no more than the field itself is not kept."""
        place = self._place
        said = bool(text.strip()) and text != place.base
        self.wanted = replace(place, text=text, at=current_moment()) if said else None
        self._texts.changed()

    def leave(self) -> None:
        """The window closes and the text waits: it is offered when the same is asked again."""
        self.earlier = self.wanted
        self._texts.left(self)

    def done(self) -> None:
        """The text has found its place: nothing of it is kept here."""
        self.wanted = None
        self._texts.left(self)
        self._texts.changed(at_once=True)

    @property
    def gone(self) -> bool:
        """Whether it was destroyed with the private notes, by this program or another."""
        return self.written is not None and self._file.was_removed

    def write(self) -> None:
        """Bring the disk up to date; called by one thread at a time."""
        wanted = self.wanted
        if wanted is self.written:
            return
        try:
            if wanted is None:
                self._file.remove()
            else:
                self._file.write(wanted)
        except StoreError as error:
            self.problem = str(error)
            return
        self.written, self.problem = wanted, ""

    def close(self) -> None:
        """Let go of the file, which stays."""
        self._file.release()


class UnfinishedTexts:
    """All texts being typed in windows over the store at `root`.

    A text about a partnership lies in its folder, readable for this account alone: there it is destroyed with the
    private notes, whoever destroys them, and goes to the bin with the rest. The others, and those whose folder cannot
    be written, lie in `home`, a folder of the account's own.
    """

    def __init__(self, root: Path, home: Path) -> None:
        self._root = root
        self._home = home
        self._store = os.path.realpath(root)
        self._typings: tuple[Typing, ...] = ()  # those of open windows, and those that wait
        self._waiting: tuple[Typing, ...] = ()  # those whose window is closed, the last one last
        self._writing = threading.Lock()
        self._wake, self._at_once = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._closed = False

    def begin(self, window: str, row: str = "", partnership: str = "", *, hidden: bool = False) -> Typing:
        """Return a text about to be typed: the last one left there, else a new one; `hidden`, always a new one."""
        place = UnfinishedText(window, row, partnership, self._store, "", "", "", "")
        self._tidy()
        typing = None if hidden else self._again(place)
        if typing is None:
            found = None if hidden else self._found(place)
            typing = found or Typing(self, place, UnfinishedFile(self._folders(partnership)), earlier=False)
            self._typings = (*self._typings, typing)
        self._waiting = tuple(waiting for waiting in self._waiting if waiting is not typing)
        return typing

    def _tidy(self) -> None:
        """Let go of what waits no more: it was noted, or destroyed."""
        over = [waiting for waiting in self._waiting if waiting.gone or waiting.wanted is waiting.written is None]
        for typing in over:
            typing.close()
        self._typings = tuple(waiting for waiting in self._typings if waiting not in over)
        self._waiting = tuple(waiting for waiting in self._waiting if waiting not in over)

    def _again(self, place: UnfinishedText) -> Typing | None:
        """Return what was left in the same place by this program."""
        here = place.partnership, place.window, place.row
        return next(
            (typing for typing in reversed(self._waiting) if typing.key == here and typing.wanted is not None), None
        )

    def _found(self, place: UnfinishedText) -> Typing | None:
        """Return what a program that ended left in the same place."""
        folders = self._folders(place.partnership)
        for text, path in self._on_disk(place.partnership):
            if (text.window, text.row) == (place.window, place.row) and (
                taken := resume_text(folders, path)
            ) is not None:
                kept = replace(taken[0], store=place.store, partnership=place.partnership)
                return Typing(self, kept, taken[1], earlier=True)
        return None

    def _folders(self, partnership: str) -> tuple[Path, ...]:
        return (self._root / partnership, self._home) if partnership else (self._home,)

    def _on_disk(self, partnership: str) -> list[tuple[UnfinishedText, Path]]:
        mine = [
            (text, path)
            for text, path in unfinished_in(self._home)
            if (text.store, text.partnership) == (self._store, partnership)
        ]
        return [*unfinished_in(self._root / partnership), *mine] if partnership else mine

    def titles(self, partnership: str) -> list[str]:
        """What the windows asked in which a text waits, the last one typed in first; "" is for no partnership."""
        return list(dict.fromkeys(text.title for text, _path in self._on_disk(partnership)))

    def waiting_words(self, partnership: str) -> str:
        """Return the sentence that texts wait, and where; "" when none does. It is no line for a room."""
        titles = self.titles(partnership)
        if not titles:
            return ""
        short = [one_line(title).partition(" (")[0] for title in titles[:_NAMED]]
        named = ", ".join(_("“{title}”").format(title=title) for title in short)
        said = _("Begun and not noted yet: {titles}. Ask for it again, and the text is there.")
        return said.format(titles=named + (" …" if len(titles) > _NAMED else ""))

    def forget(self, partnership: str, *windows: str) -> None:
        """Forget the texts of a partnership, "" for those of none: those typed in these windows, or all."""
        for typing in self._typings:
            if typing.key[0] == partnership and (not windows or typing.key[1] in windows):
                typing.wanted = None
                self.left(typing)
        self.save_now()
        for text, path in self._on_disk(partnership):
            if not windows or text.window in windows:
                forget(path)

    def forget_holding(self, partnership: str, holds: Callable[[str], bool]) -> None:
        """Forget the texts of a partnership, or of none, that hold what `holds` looks for."""
        for name in (partnership, ""):
            for typing in self._typings:
                text = typing.wanted
                if typing.key[0] == name and text is not None and (holds(text.text) or holds(text.base)):
                    typing.wanted = None
                    self.left(typing)
            self.save_now()
            for text, path in self._on_disk(name):
                if holds(text.text) or holds(text.base):
                    forget(path)

    # -- writing -------------------------------------------------------------------------------------------------------

    def changed(self, *, at_once: bool = False) -> None:
        """Something is to be written, in a thread: in a moment, or now."""
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._run, name="unfinished texts", daemon=True)
            self._thread.start()
        if at_once:
            self._at_once.set()
        self._wake.set()

    def left(self, typing: Typing) -> None:
        """Its window is closed."""
        others = tuple(waiting for waiting in self._waiting if waiting is not typing)
        self._waiting = (*others, typing)

    @property
    def pending(self) -> bool:
        """Whether something was typed that is not on disk."""
        return any(typing.wanted is not typing.written for typing in self._typings)

    def save_now(self) -> None:
        """Write all that was typed, here and now, whichever thread asks."""
        if not self._writing.acquire(timeout=_PATIENCE):
            return
        try:
            for typing in self._typings:
                typing.write()
        finally:
            self._writing.release()

    def close(self) -> None:
        """The program ends: write what is left to write, and let go of every file."""
        self._closed = True
        self._at_once.set()
        self._wake.set()
        self.save_now()
        for typing in self._typings:
            typing.close()
        self._typings = self._waiting = ()

    def _run(self) -> None:
        while not self._closed:
            self._wake.wait()
            self._at_once.wait(KEEP_AFTER)
            self._wake.clear()
            self._at_once.clear()
            self.save_now()
