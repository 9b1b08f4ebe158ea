"""Words that arrive at once where letters are commands: they command nothing, and are refused or asked about."""

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

_SHOWN = 40  # cells of the text that the question shows


def letters_act(app: Host) -> bool:
    """Return whether letters are commands where one is: on a page of the table, unless one writes there."""
    page = app.page
    return page.where not in ("", PAGE) and not page.writing and not isinstance(app.focused, Editor)


def refuse_paste(app: Host, text: str) -> None:
    """Say that a pasted text was not taken, unless the page has a use for it: its letters are no commands."""
    if not app.page.words_pasted(text):
        app.say(_("A text was pasted where nothing is written: stand in a field, then paste it."))


def ask_about_burst(app: Host, text: str) -> None:
    """Ask what words are for that came all at once, as some terminals paste; before anything is done with them."""
    page = app.page
    if page.where != WORK:
        refuse_paste(app, text)
        return

    def chosen(key: str | None) -> None:
        if key == "1":
            page.write_at(None)
            app.post_message(events.Paste(text))

    from tui.ui.dialog import OneKey  # windows are loaded with the first one that opens

    said = _("“{text}” came all at once, where letters are commands. Nothing was done with it.")
    title = said.format(text=shorten(one_line(text), _SHOWN))
    app.push_screen(OneKey(title, [("1", _("write it where one stands"))]), chosen)
