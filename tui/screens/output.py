"""The document leaving the screen: copied, with an honest word on what is known of it, or written to a file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui import clipboard
from tui.desk.desk import Desk
from tui.export.formats import FORMATS, CannotExport, render
from tui.export.plain import section_to_text, to_text
from tui.screens.picker import Choice, Picker
from tui.screens.work import WorkScreen
from tui.settings import copies_folder
from tui.store.errors import StoreError
from tui.store.files import write_atomic
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp


def _desk(app: EntenteApp) -> Desk:
    assert app.desk is not None  # the table says where a command is valid
    return app.desk


def copy_document(app: EntenteApp) -> None:
    """Copy the agreement as plain text, unwrapped: it is pasted in a mail or in Word."""
    desk = _desk(app)
    copy_text(app, to_text(desk.agreement, wrap=None), f"{_file_name(desk)}.txt")


def copy_section(app: EntenteApp) -> None:
    """Copy the section that the present question feeds."""
    desk = _desk(app)
    section = next((one for one in desk.agreement.sections if one.id == desk.question.feeds), None)
    if section is None:
        app.say(_("This question feeds no section of the document."))
        return
    copy_text(app, section_to_text(section, desk.agreement), f"{_file_name(desk)}-{section.number}.txt")


def copy_answer(app: EntenteApp) -> None:
    """Copy the text of the present field."""
    screen = app.screen
    slot = screen.form.slot if isinstance(screen, WorkScreen) else None
    if slot is None or not slot.text:
        app.say(_("There is no text here to copy."))
        return
    copy_text(app, slot.text, "reponse.txt")


def copy_text(app: EntenteApp, text: str, name: str) -> None:
    """Copy in a thread of its own (a helper program may take seconds) and say what is known."""
    driver = app._driver
    write = (lambda data: driver.write(data.decode("ascii"))) if driver is not None else None
    folder = copies_folder(os.environ, app.settings)

    def work() -> None:
        outcome = clipboard.copy(
            text,
            facts=clipboard.gather(os.environ),
            folder=folder,
            name=name,
            write=write,
            route=app.settings.clipboard,
        )
        app.call_from_thread(_said, app, outcome)

    app.say(_("copying…"))
    app.run_worker(work, thread=True, exclusive=True)


def _said(app: EntenteApp, outcome: clipboard.Outcome) -> None:
    app.say(clipboard.message(outcome))
    if outcome.path is not None:
        app.said_at_end = [str(outcome.path)]


def _file_name(desk: Desk) -> str:
    return f"entente-{desk.project.id}"


def export(app: EntenteApp) -> None:
    """Write the agreement in a format, beside the copies, and show the path and how to fetch it."""
    choices = [Choice(one.id, one.label, one.endings[0]) for one in FORMATS]

    def chosen(name: str | None) -> None:
        if name:
            app.run_worker(lambda: _write(app, name), thread=True)

    app.push_screen(Picker(_("Write a file"), choices), chosen)


def _write(app: EntenteApp, name: str) -> None:
    desk = _desk(app)
    form = next(one for one in FORMATS if one.id == name)
    path = copies_folder(os.environ, app.settings) / f"{_file_name(desk)}{form.endings[0]}"
    try:
        rendered = render(desk.agreement, name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomic(path, rendered.data)
    except (OSError, CannotExport, StoreError) as error:
        app.call_from_thread(app.say, str(error))
        return
    said = _("Written: {path}").format(path=path)
    app.call_from_thread(app.say, " · ".join((said, *rendered.warnings)))
    app.said_at_end = [str(path), *clipboard.fetch_lines(path, os.environ, desk.project.id)]
