"""Handles text that is pasted, or arrives all at once, while letters are commands: it must not run commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from tui.commands import PAGE, WORK
from tui.i18n import _
from tui.terminal.editor import Editor
from tui.text.clean import one_line
from tui.text.widths import shorten

if TYPE_CHECKING:
    from tui.ui.host import Host

_TEXT_CELLS = 40  # cells of the text that the question shows, at most


def letters_are_commands(app: Host) -> bool:
    """Return whether letters are commands now: on a page that has commands, while no text is being written."""
    page = app.page
    return page.where not in ("", PAGE) and not page.writing and not isinstance(app.focused, Editor)


def refuse_paste(app: Host, text: str) -> None:
    """Give a pasted text to the page; if the page does not take it, say so."""
    if not app.page.take_pasted_text(text):
        app.say(_("A text was pasted where nothing is written: stand in a field, then paste it."))


def ask_about_burst(app: Host, text: str) -> None:
    """Ask whether to write a text whose letters came all at once, as some terminals paste, or to drop it."""
    page = app.page
    if page.where != WORK:
        refuse_paste(app, text)
        return

    def take_choice(key: str | None) -> None:
        if key == "1":
            page.write_at(None)
            app.post_message(events.Paste(text))

    from tui.ui.dialog import OneKey  # imported here: dialogs are loaded when the first one opens

    words = _("“{text}” came all at once, where letters are commands. Nothing was done with it.")
    title = words.format(text=shorten(one_line(text), _TEXT_CELLS))
    app.push_screen(OneKey(title, [("1", _("write it where one stands"))]), take_choice)
