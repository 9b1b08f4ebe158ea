"""A person at the keyboard: every key is counted; the words they would write anyway are typed apart from the keys."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from tui.app.app import EntenteApp
from tui.screens.agreement_screen import DocumentScreen
from tui.screens.work_screen import WorkScreen
from tui.settings import Settings
from tui.store import Author, Store
from tui.workspace.workspace import Workspace


def opened(folder: Path, lang: str = "fr") -> EntenteApp:
    """The app on a store of its own in `folder`."""
    from tui import i18n

    i18n.use("en" if lang == "en" else "fr")
    store = Store(folder / "store", author=Author("x" * 10, "Marie"))
    return EntenteApp(store, Settings(lang=lang, clipboard="none"))


def struck(key: str) -> events.Key:
    """The event of a key, by its letter or by its name (« equals_sign »), with the character sent for it."""
    if len(key) == 1:
        return events.Key({" ": "space"}.get(key, key), key)
    with suppress(KeyError):
        return events.Key(key, unicodedata.lookup(key.replace("_", " ").upper()))
    return events.Key(key, None)


class Hand:
    """Presses keys and counts them; `words` are written without being counted."""

    def __init__(self, app: EntenteApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.keys = 0

    async def press(self, *keys: str) -> None:
        """Press keys that are not words."""
        self.keys += len(keys)
        for key in keys:
            self.app.post_message(struck(key))
        await self.pilot.pause()

    async def words(self, text: str) -> None:
        """Write words, at once."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()

    async def lines(self, *texts: str) -> None:
        """Write lines in a field of several, at once; the Enters between them count as keys."""
        self.keys += len(texts) - 1
        await self.words("\n".join(texts))

    @property
    def workspace(self) -> Workspace:
        """The open partnership."""
        assert self.app.workspace is not None
        return self.app.workspace

    @property
    def work(self) -> WorkScreen:
        """The working screen, where one is on it."""
        screen = self.app.screen
        assert isinstance(screen, WorkScreen), screen
        return screen

    @property
    def document(self) -> DocumentScreen:
        """The document, where one reads it."""
        screen = self.app.screen
        assert isinstance(screen, DocumentScreen), screen
        return screen

    def name(self, text: str) -> str:
        """The id of the partner of that name."""
        rows = self.workspace.partnership.rows("open.who")
        return next(row.id for row in rows if row.text("name", self.workspace.lang) == text)

    def texts(self, question: str, part: str, field: str = "text") -> list[str]:
        """The texts of a list."""
        return [row.text(field, self.workspace.lang) for row in self.workspace.partnership.rows(question, part)]

    @property
    def seen(self) -> str:
        """Every cell of the screen, as text, with the apostrophes of a keyboard."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips).replace("’", "'")


@asynccontextmanager
async def seated(folder: Path, *names: str, lang: str = "fr", size: tuple[int, int] = (80, 24)) -> AsyncIterator[Hand]:
    """A person before the app on a store of its own in `folder`; with `names`, in a partnership of these, just begun.

    The keys of the beginning are counted like the others.
    """
    app = opened(folder, lang)
    async with app.run_test(size=size) as pilot:
        hand = Hand(app, pilot)
        await pilot.pause()
        if names:
            await hand.press("n")
            await hand.lines(*names)
            await hand.press("tab")
        yield hand
