"""The commands of the display: languages, colours, a fresh drawing, and who writes on a shared account."""

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


def language(app: Host) -> None:
    """The other language of the interface, at once and at the next start."""
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


def document_language(app: Host) -> None:
    """The other language of the document, at once."""
    if app.workspace is not None:
        app.workspace.doc_lang = "en" if app.workspace.doc_lang == "fr" else "fr"
        app.workspace.setting("lang", app.workspace.doc_lang)
        app.repaint()


async def theme(app: Host) -> None:
    """Choose the colours."""
    choices = [
        Choice("entente-dark", _("Dark")),
        Choice("entente-light", _("Light")),
        Choice("entente-contrast", _("High contrast")),
        Choice("entente-terminal", _("The terminal's own colours")),
    ]

    name = await answer_to(Picker(_("Colours"), choices))
    if name:
        app.choose_theme(name)


def time_zone(app: Host) -> None:
    """Choose the zone in which this partnership's dates are told."""
    workspace = app.workspace
    if workspace is None:
        return

    def chosen(text: str | None) -> bool:
        if text is None:
            return False
        try:
            said = choose_time_zone(workspace, text.strip())
        except BadValue as error:
            app.say(str(error))
            return False
        app.repaint()
        app.say(said)
        return True

    title = _("The time zone of this partnership (empty: that of your settings)")
    current = str(workspace.partnership.setting(TIME_ZONE, ""))
    ask_text(app, "timezone", title, chosen, text=current, hint="America/Toronto")


def repaint(app: Host) -> None:
    """Draw everything anew."""
    app.forget()


def never_quits(app: Host) -> None:
    """Ctrl+C where nothing is selected."""
    app.say(_("Ctrl+C copies a selection; {key} quits.").format(key=key_name(command("quit"))))


def ask(app: Host) -> None:
    """Ask for the name, keep it in the settings, and sign with it from now on."""

    def chosen(text: str | None) -> None:
        name = one_line(text or "").strip()
        if name:
            sign(app, name)

    title = _("Several people use this account: what is your name?")
    if app.settings.author:
        title = _("Changes are signed “{name}”. What is your name?").format(name=app.settings.author)
    typing = dialog.begin_typing(app, "author", partnership="")
    dialog.ask(app, Picker(title, typing=typing, hint=app.store.author.name), chosen)


def sign(app: Host, name: str) -> None:
    """Sign as `name` from now on; others see it at once."""
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
            fresh = app.store.session(workspace.partnership.id)
            if workspace.journal is not None:
                workspace.journal.close()
            workspace.store, workspace.journal = app.store, fresh
    except StoreError as error:
        app.say(str(error))
