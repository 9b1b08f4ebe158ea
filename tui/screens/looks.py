"""Commands of the looks: the language of the screen and of the document, the colours, a fresh drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import command, key_name
from tui.screens.picker import Choice, Picker
from tui.words import _, use

if TYPE_CHECKING:
    from tui.app import EntenteApp


def language(app: EntenteApp) -> None:
    """The other language of the interface, at once."""
    app.lang = "en" if app.lang == "fr" else "fr"
    use(app.lang)
    if app.desk is not None:
        app.desk.lang = app.lang
    app.repaint()


def document_language(app: EntenteApp) -> None:
    """The other language of the document, at once."""
    if app.desk is not None:
        app.desk.doc_lang = "en" if app.desk.doc_lang == "fr" else "fr"
        app.desk.setting("lang", app.desk.doc_lang)
        app.repaint()
        app.edited()


def theme(app: EntenteApp) -> None:
    """Choose the colours."""
    choices = [
        Choice("entente-dark", _("Dark")),
        Choice("entente-light", _("Light")),
        Choice("entente-contrast", _("High contrast")),
        Choice("entente-terminal", _("The terminal's own colours")),
    ]

    def chosen(name: str | None) -> None:
        if name:
            app.choose_theme(name)

    app.push_screen(Picker(_("Colours"), choices), chosen)


def repaint(app: EntenteApp) -> None:
    """Draw everything anew."""
    app.forget()


def never_quits(app: EntenteApp) -> None:
    """Ctrl+C where nothing is selected."""
    app.say(_("Ctrl+C copies a selection; {key} quits.").format(key=key_name(command("quit"))))
