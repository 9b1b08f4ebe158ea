"""Who writes on an account that several people share: asked once, then it stands beside what one changes."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.screens import asking
from tui.screens.picker import Picker
from tui.settings import SettingsError, remember, settings_path
from tui.store.errors import StoreError
from tui.text.clean import one_line
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp


def ask(app: EntenteApp) -> None:
    """Ask for the name, keep it in the settings, and sign with it from now on."""

    def chosen(text: str | None) -> None:
        name = one_line(text or "").strip()
        if name:
            sign(app, name)

    title = _("Several people use this account: what is your name?")
    typing = asking.begin_typing(app, "author", partnership="")
    asking.ask(app, Picker(title, typing=typing, hint=app.store.author.name), chosen)


def sign(app: EntenteApp, name: str) -> None:
    """Sign as `name` from now on; others see it at once."""
    from tui.store import Author, Store

    app.settings = replace(app.settings, author=name)
    try:
        remember(settings_path(os.environ), author=name)
    except (OSError, SettingsError) as error:
        app.say(str(error))
    desk = app.desk
    try:
        if desk is not None:
            desk.flush()
        app.store = Store(app.store.root, author=Author(app.store.author.id, name))
        if desk is not None:
            fresh = app.store.session(desk.project.id)
            if desk.journal is not None:
                desk.journal.close()
            desk.store, desk.journal = app.store, fresh
    except StoreError as error:
        app.say(str(error))
