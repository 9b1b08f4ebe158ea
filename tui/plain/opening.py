"""The way in: open a partnership, talk until the person leaves or the input ends, and leave everything saved."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tui.desk.desk import Desk
from tui.desk.directory import teach
from tui.desk.rescue import rescue
from tui.guide.load import load_guide
from tui.plain.interview import Interview
from tui.plain.talk import Talk
from tui.project.organisations import profiles
from tui.settings import Settings
from tui.store import Author, Store, open_store
from tui.store.errors import StoreError
from tui.words import _, language

DONE, FAILED = 0, 3  # exit codes (contracts.md, « Commands »)


def run(
    store: Store, settings: Settings, project_id: str, author: Author | None = None, lang: str | None = None
) -> int:
    """Work on one partnership line by line, on this process's standard streams; `lang` is "fr" or "en".

    Returns 0, or 3 when something could not be saved in the end, or 128 and the number of the signal that ended it.
    StoreError when the partnership cannot be opened.
    """
    if author is not None:
        store = open_store(store.root, author)
    guide = load_guide()
    project = store.load(project_id)
    with store.session(project_id) as session:
        desk = Desk(guide, project, store, session)
        desk.lang = lang or language()
        desk.region = settings.region
        desk.doc_lang = settings.doc_lang or str(project.setting("lang", desk.lang))
        met = profiles(project)
        talk = Talk(sys.stdin, sys.stdout)
        interview = Interview(desk, talk, settings, store)
        try:
            with _signals_to(talk):
                number = interview.run()
        finally:
            talk.close()
        with suppress(StoreError):  # what is not learnt now is learnt the next time
            desk.edit(teach(store, met, desk.project))
            desk.flush()
        if desk.edits.at_risk:
            _put_elsewhere(desk, talk)
            return FAILED
        return 128 + number if number else DONE


def _put_elsewhere(desk: Desk, talk: Talk) -> None:
    """What the store still refuses goes to a readable file."""
    kept = rescue(desk, os.environ)
    if kept is not None:
        talk.say(_("What could not be saved is written here: {file}").format(file=kept))


@contextmanager
def _signals_to(talk: Talk) -> Iterator[None]:
    """An interrupt, an end or a hang-up ends the conversation like the end of the input: nothing typed is lost."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may take signals
        return
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [(number, signal.signal(number, talk.told)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
