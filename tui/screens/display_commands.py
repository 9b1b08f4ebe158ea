"""Commands for languages, colours, time zone, drawing anew, and the name with which the user's changes are signed."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.commands import command, key_name
from tui.i18n import _, use
from tui.partnership.field_kinds import BadValue
from tui.partnership.values import TIME_ZONE
from tui.settings import SettingsError, remember, settings_path
from tui.store.store_errors import StoreError, error_sentence
from tui.text.clean import one_line
from tui.ui import dialog
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.host import answer_to
from tui.workspace.time_zones import choose_time_zone

if TYPE_CHECKING:
    from tui.ui.host import Host


def switch_language(app: Host) -> None:
    """Switch the language of the interface, now and for the next starts."""
    app.lang = "en" if app.lang == "fr" else "fr"
    use(app.lang)
    if app.workspace is not None:
        app.workspace.lang = app.lang
    app.settings = replace(app.settings, lang=app.lang)
    app.repaint()
    try:
        remember(settings_path(os.environ), lang=app.lang)
    except (OSError, SettingsError) as error:
        app.say(error_sentence(error))


def switch_document_language(app: Host) -> None:
    """Switch the language of the document."""
    if app.workspace is not None:
        app.workspace.doc_lang = "en" if app.workspace.doc_lang == "fr" else "fr"
        app.workspace.set_setting("lang", app.workspace.doc_lang)
        app.repaint()


async def ask_theme(app: Host) -> None:
    """Ask for the theme (the colours), and use it."""
    choices = [
        Choice("entente-dark", _("Dark")),
        Choice("entente-light", _("Light")),
        Choice("entente-contrast", _("High contrast")),
        Choice("entente-terminal", _("The terminal's own colours")),
    ]

    theme_name = await answer_to(Picker(_("Colours"), choices))
    if theme_name:
        app.choose_theme(theme_name)


def ask_time_zone(app: Host) -> None:
    """Ask for the time zone of this partnership's dates."""
    workspace = app.workspace
    if workspace is None:
        return

    def take_choice(text: str | None) -> bool:
        if text is None:
            return False
        try:
            message = choose_time_zone(workspace, text.strip())
        except BadValue as error:
            app.say(str(error))
            return False
        app.repaint()
        app.say(message)
        return True

    title = _("The time zone of this partnership (empty: that of your settings)")
    current = str(workspace.partnership.setting(TIME_ZONE, ""))
    ask_text(app, "timezone", title, take_choice, text=current, hint="America/Toronto")


def repaint(app: Host) -> None:
    """Draw everything anew."""
    app.forget()


def explain_quitting(app: Host) -> None:
    """Say, for Ctrl+C without a selection, which key quits."""
    app.say(_("Ctrl+C copies a selection; {key} quits.").format(key=key_name(command("quit"))))


def ask_author(app: Host) -> None:
    """Ask for the user's name, keep it in the settings, and sign changes with it from now on."""

    def take_choice(text: str | None) -> None:
        name = one_line(text or "").strip()
        if name:
            sign_changes_as(app, name)

    title = _("Several people use this account: what is your name?")
    if app.settings.author:
        title = _("Changes are signed “{name}”. What is your name?").format(name=app.settings.author)
    typing = dialog.begin_typing(app, "author", partnership="")
    dialog.ask(app, Picker(title, typing=typing, hint=app.store.author.name), take_choice)


def sign_changes_as(app: Host, name: str) -> None:
    """Sign changes as `name` from now on; other editors see the new name at once."""
    from tui.store.author import author_named, default_author

    app.settings = replace(app.settings, author=name)
    try:
        remember(settings_path(os.environ), author=name)
    except (OSError, SettingsError) as error:
        app.say(error_sentence(error))
    workspace = app.workspace
    try:
        if workspace is not None:
            workspace.flush()
        app.store = app.store.written_by(author_named(default_author(os.environ), name))
        if workspace is not None:
            journal = app.store.session(workspace.partnership.id)
            if workspace.journal is not None:
                workspace.journal.close()
            workspace.store, workspace.journal = app.store, journal
    except StoreError as error:
        app.say(str(error))
