"""Texts being typed in dialogs: kept on disk a moment after each key, and offered again until they are entered.

What is typed in a field of the partnership is a change at once, and is in its journal. A text typed in a dialog is no
change before Enter: without these files it would be lost with a crash or a lost connection.
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

KEEP_AFTER = 0.1  # seconds from a key to its write: with the write itself well under the 0.3 s that may be lost
_MOST_TITLES = 3  # named in the sentence that texts wait
_WRITE_WAIT_SECONDS = 1.0  # that `save_now` waits for a write under way in another thread


class Typing:
    """The text being typed in one dialog, which has its own file. `earlier`: what was typed in it before, else None."""

    def __init__(self, texts: UnfinishedTexts, text: UnfinishedText, file: UnfinishedFile, *, earlier: bool) -> None:
        self._texts = texts
        self._file = file
        self._place = text  # where it is typed: its partnership, dialog and row; its text is not used
        self.earlier = text if earlier else None
        self.problem = ""  # why the text is not on disk, in words; "" when it is
        self.wanted = self.earlier  # what is to be on disk, None for nothing; set by the thread of the app
        self.written = self.earlier  # what is on disk, None for nothing; set by the thread that writes

    @property
    def key(self) -> tuple[str, str, str]:
        """Where it is typed: (partnership id, name of the dialog, row id)."""
        return self._place.partnership, self._place.window, self._place.row

    def open(self, title: str, base: str) -> str:
        """Note that a dialog of this `title` is open for a field that holds `base`; return the text to begin with.

        That is the earlier text, else `base`.
        """
        self._place = replace(self._place, title=title, base=base)
        return self.earlier.text if self.earlier is not None else base

    def keep(self, text: str) -> None:
        """Write the text as it is now to disk in a moment; a blank one, or one equal to its field's, is not kept."""
        place = self._place
        is_new_text = bool(text.strip()) and text != place.base
        self.wanted = replace(place, text=text, at=current_moment()) if is_new_text else None
        self._texts.write_soon()

    def leave(self) -> None:
        """Note that the dialog was left: the text waits, and is offered when the same is asked again."""
        self.earlier = self.wanted
        self._texts.add_waiting(self)

    def done(self) -> None:
        """Note that the text was entered where it belongs, and remove it from disk."""
        self.wanted = None
        self._texts.add_waiting(self)
        self._texts.write_soon(at_once=True)

    @property
    def gone(self) -> bool:
        """Whether the text was destroyed with the private notes, by this program or another."""
        return self.written is not None and self._file.was_removed

    def write(self) -> None:
        """Make the disk hold what is wanted; an error ends in `problem`. Called by one thread at a time."""
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
        """Release the file, which stays on disk."""
        self._file.release()


class UnfinishedTexts:
    """All texts being typed in dialogs over the store at `root`.

    A text about a partnership is kept in the partnership's folder, readable by this account alone: there it is
    destroyed with the private notes, and goes to the bin with the rest. All others, and those whose folder
    cannot be written, are kept in `home`, a folder of the account.
    """

    def __init__(self, root: Path, home: Path) -> None:
        self._root = root
        self._home = home
        self._store = os.path.realpath(root)
        self._typings: tuple[Typing, ...] = ()  # those of open dialogs, and those that wait
        self._waiting: tuple[Typing, ...] = ()  # those whose dialog is closed, the last one last
        self._writing = threading.Lock()
        # Set to wake the writing thread, and to let it write without its usual wait.
        self._wake, self._at_once = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._closed = False

    def begin(self, window: str, row: str = "", partnership: str = "", *, hidden: bool = False) -> Typing:
        """Return the text of a dialog that opens: the last one left there, else a new one; with `hidden` a new one.

        `window` is the dialog's name; `row` and `partnership` are ids, "" for none.
        """
        place = UnfinishedText(window, row, partnership, self._store, "", "", "", "")
        self._tidy()
        typing = None if hidden else self._waiting_here(place)
        if typing is None:
            resumed = None if hidden else self._resumed(place)
            typing = resumed or Typing(self, place, UnfinishedFile(self._folders(partnership)), earlier=False)
            self._typings = (*self._typings, typing)
        self._waiting = tuple(waiting for waiting in self._waiting if waiting is not typing)
        return typing

    def _tidy(self) -> None:
        """Drop the waiting texts that were entered or destroyed."""
        ended = [
            typing for typing in self._waiting if typing.gone or (typing.wanted is None and typing.written is None)
        ]
        for typing in ended:
            typing.close()
        self._typings = tuple(typing for typing in self._typings if typing not in ended)
        self._waiting = tuple(typing for typing in self._waiting if typing not in ended)

    def _waiting_here(self, place: UnfinishedText) -> Typing | None:
        """Return the text that this program left in the same place, None for none."""
        key = place.partnership, place.window, place.row
        return next(
            (typing for typing in reversed(self._waiting) if typing.key == key and typing.wanted is not None), None
        )

    def _resumed(self, place: UnfinishedText) -> Typing | None:
        """Return the text that a program that has ended left in the same place, None for none."""
        folders = self._folders(place.partnership)
        for text, path in self._on_disk(place.partnership):
            if (text.window, text.row) != (place.window, place.row):
                continue
            resumed = resume_text(folders, path)
            if resumed is not None:
                text, file = resumed
                return Typing(self, replace(text, store=place.store, partnership=place.partnership), file, earlier=True)
        return None

    def _folders(self, partnership: str) -> tuple[Path, ...]:
        """Return the folders that a text may be kept in, the preferred one first."""
        return (self._root / partnership, self._home) if partnership else (self._home,)

    def _on_disk(self, partnership: str) -> list[tuple[UnfinishedText, Path]]:
        """Return the texts about a partnership ("": about none) that are on disk, each with its file."""
        in_home = [
            (text, path)
            for text, path in unfinished_in(self._home)
            if (text.store, text.partnership) == (self._store, partnership)
        ]
        return [*unfinished_in(self._root / partnership), *in_home] if partnership else in_home

    def titles(self, partnership: str) -> list[str]:
        """Return the titles of the dialogs whose text waits, the last one typed in first; "" means no partnership."""
        return list(dict.fromkeys(text.title for text, _path in self._on_disk(partnership)))

    def waiting_words(self, partnership: str) -> str:
        """Return the sentence that texts wait in some dialogs; "" when none does. A projected page never shows it."""
        titles = self.titles(partnership)
        if not titles:
            return ""
        short_titles = [one_line(title).partition(" (")[0] for title in titles[:_MOST_TITLES]]
        quoted_titles = ", ".join(_("“{title}”").format(title=title) for title in short_titles)
        sentence = _("Begun and not noted yet: {titles}. Ask for it again, and the text is there.")
        return sentence.format(titles=quoted_titles + (" …" if len(titles) > _MOST_TITLES else ""))

    def forget(self, partnership: str, *windows: str) -> None:
        """Delete the texts about a partnership ("": about none) that were typed in these dialogs; without any, all."""
        for typing in self._typings:
            if typing.key[0] == partnership and (not windows or typing.key[1] in windows):
                typing.wanted = None
                self.add_waiting(typing)
        self.save_now()
        for text, path in self._on_disk(partnership):
            if not windows or text.window in windows:
                forget(path)

    def forget_holding(self, partnership: str, holds: Callable[[str], bool]) -> None:
        """Delete the texts about a partnership, and those about none, for which `holds` returns True.

        It is called with the text, and with the text of its field.
        """
        for partnership_id in (partnership, ""):
            for typing in self._typings:
                text = typing.wanted
                if typing.key[0] == partnership_id and text is not None and (holds(text.text) or holds(text.base)):
                    typing.wanted = None
                    self.add_waiting(typing)
            self.save_now()
            for text, path in self._on_disk(partnership_id):
                if holds(text.text) or holds(text.base):
                    forget(path)

    # -- writing -------------------------------------------------------------------------------------------------------

    def write_soon(self, *, at_once: bool = False) -> None:
        """Have the thread write what was typed: KEEP_AFTER seconds from now, or `at_once`."""
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._run, name="unfinished texts", daemon=True)
            self._thread.start()
        if at_once:
            self._at_once.set()
        self._wake.set()

    def add_waiting(self, typing: Typing) -> None:
        """Put a text whose dialog is closed behind those that wait."""
        others = tuple(waiting for waiting in self._waiting if waiting is not typing)
        self._waiting = (*others, typing)

    @property
    def pending(self) -> bool:
        """Whether the disk does not hold yet what was typed."""
        return any(typing.wanted is not typing.written for typing in self._typings)

    def save_now(self) -> None:
        """Write all that was typed before this returns; any thread may call it. Give up after _WRITE_WAIT_SECONDS."""
        if not self._writing.acquire(timeout=_WRITE_WAIT_SECONDS):
            return
        try:
            for typing in self._typings:
                typing.write()
        finally:
            self._writing.release()

    def close(self) -> None:
        """Write what is left to write and release every file, as the program ends."""
        self._closed = True
        self._at_once.set()
        self._wake.set()
        self.save_now()
        for typing in self._typings:
            typing.close()
        self._typings = self._waiting = ()

    def _run(self) -> None:
        """Write what was typed, in the thread, whenever it is woken."""
        while not self._closed:
            self._wake.wait()
            self._at_once.wait(KEEP_AFTER)
            self._wake.clear()
            self._at_once.clear()
            self.save_now()
