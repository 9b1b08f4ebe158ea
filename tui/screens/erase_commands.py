"""The command that takes words out of a partnership for good, after showing where they were found."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.screens.list_commands import confirm_dialog, start_over
from tui.screens.list_screen import run_reporting_errors
from tui.store.store_errors import StoreError
from tui.ui.dialog import Picker, begin_typing
from tui.workspace.text_erasure import beyond_lines, done_words, files_outside, found_lines, sought_text, take_out

if TYPE_CHECKING:
    from tui.store.erasure import Erasure
    from tui.text.sought_text import SoughtText
    from tui.ui.host import Host


def erase_words(app: Host) -> None:
    """Ask which words to take out. The words typed here are not kept for later, since they are to go."""
    selected = app.page.selected_text()
    typing = begin_typing(app, "erase")

    def take_text(text: str | None) -> None:
        typing.done()
        app.unfinished.save_now()
        if text is None or not text.strip():
            app.say(_("Nothing was taken out."))
            return
        sought = sought_text(text)
        if sought is None:
            app.say(_("One letter stands nearly everywhere: give a word or a text."))
        else:
            _show_places(app, sought)

    title = _("Which word or text is to go for good, from everywhere in this partnership?")
    app.push_screen(Picker(title, typing=typing, begun=" ".join(selected.split())), take_text)


def _show_places(app: Host, sought: SoughtText) -> None:
    """Show where the words were found and which files cannot be reached, and ask whether to take them out."""
    workspace = app.workspace
    erasures: list[Erasure] = []  # what `find_places` found; empty if the store could not be read

    def find_places() -> None:
        assert workspace is not None
        workspace.flush()
        erasures.append(app.store.erase(workspace.partnership.id, sought))

    if workspace is None or not run_reporting_errors(app, find_places):
        return
    outside_files = files_outside(workspace.partnership.id, sought, os.environ)
    place_lines = found_lines(workspace, erasures[0])
    unreached_lines = beyond_lines(workspace, erasures[0], outside_files)
    if not place_lines:
        message = _("“{words}” stands in no field, earlier text or file of this partnership.").format(
            words=sought.words
        )
        app.say(" ".join([message, *unreached_lines]))
        return
    about = _("; ").join(place_lines) + "."
    about = " ".join([about, _("Private notes too; nothing brings it back, undo included."), *unreached_lines])

    def take_choice(answer: str | None) -> None:
        if answer == "yes":
            _take_out(app, sought, outside_files)
        else:
            app.say(_("Nothing was taken out."))

    question = _("Take “{words}” out for good?").format(words=sought.words)
    app.push_screen(confirm_dialog(question, about, _("Yes, take it out")), take_choice)


def _take_out(app: Host, sought: SoughtText, outside_files: list[Path]) -> None:
    """Take the words out of all files of the partnership, and say what is left elsewhere."""
    workspace = app.workspace
    if workspace is None:
        return
    app.page.finish_typing()
    try:
        erasures = take_out(workspace, app.store, app.unfinished, sought)
        start_over(app)
    except StoreError as error:
        app.say(str(error))
        return
    unreached_lines = beyond_lines(workspace, erasures, outside_files)
    app.lines_at_end += unreached_lines
    app.say(" ".join([done_words(erasures), *unreached_lines]))
