"""The commands that bring text out of the program: copied, shown without frames, or fetched from a server.

If the program runs on another computer (over ssh), *lines to fetch* are shell commands that the user types at home to
bring a file there.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tui import clipboard
from tui.agreement.statement_page import statement_page
from tui.clipboard import pager
from tui.commands import key_meanwhile
from tui.export.formats import FORMATS
from tui.export.plain_text import section_to_text, to_text
from tui.i18n import _
from tui.partnership.privacy import is_public
from tui.settings import Settings, copies_folder, short_path
from tui.terminal.diff_app import control_writer
from tui.workspace.output_files import Export, fetch_commands, is_far_from_person
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.agreement.blocks import Agreement
    from tui.screens.work_screen import WorkScreen
    from tui.ui.host import Host

_FETCH_FORMATS = ("docx", "pdf", "text")  # ids of the formats that lines to fetch are given for


def _open_workspace(app: Host) -> Workspace:
    """Return the open partnership; these commands are valid only if there is one."""
    assert app.workspace is not None
    return app.workspace


def copy_document(app: Host) -> None:
    """Copy the agreement (or the minutes on the page) as plain text with long lines, to be pasted in a mail or Word."""
    document, name, export = _document_to_copy(app, "text")
    copy_text(app, to_text(document, wrap=None), f"{name}.txt", export=export)


def _document_to_copy(app: Host, format_id: str) -> tuple[Agreement, str, Export | None]:
    """Return (the document of the current page, the stem of its file name, how a command prints the same).

    The document is the agreement unless the page has its own. The last is None if no command prints the document.
    """
    workspace = _open_workspace(app)
    own_document = app.page.own_document()
    if own_document is None:
        return workspace.agreement, _file_name(workspace), _export(app, format_id)
    command = app.page.own_command()
    name = "-".join((_file_name(workspace), app.page.own_document_name()))
    return own_document, name, _export(app, format_id, command) if command else None


def copy_section(app: Host) -> None:
    """Copy the section of the document that the current question feeds."""
    workspace = _open_workspace(app)
    section = next(
        (section for section in workspace.agreement.sections if section.id == workspace.question.feeds), None
    )
    if section is None:
        app.say(_("This question feeds no section of the document."))
        return
    copy_text(app, section_to_text(section, workspace.agreement), f"{_file_name(workspace)}-{section.number}.txt")


def copy_statement(app: Host) -> None:
    """Copy the statement on one page."""
    workspace = _open_workspace(app)
    text = to_text(statement_page(workspace.guide, workspace.agreement), wrap=None)
    copy_text(app, text, f"{_file_name(workspace)}-statement.txt")


def show_statement(app: Host) -> None:
    """Show the statement on one page in the pane of the document, or the whole document again."""
    workspace = _open_workspace(app)
    workspace.statement_shown = not workspace.statement_shown
    app.repaint()
    app.say(_("The pane shows the statement on one page.") if workspace.statement_shown else
            _("The pane shows the whole document."))  # fmt: skip


def copy_answer(screen: WorkScreen) -> None:
    """Copy the text of the current field."""
    app, current = screen.app, screen.form.current_field
    if current is None or not current.text:
        app.say(_("There is no text here to copy."))
        return
    workspace = _open_workspace(app)
    is_private = not is_public(workspace.guide, workspace.partnership, current.entry, current.cell)
    copy_text(app, current.text, _("answer") + f"-{workspace.partnership.id}.txt", private=is_private)


def copy_text(app: Host, text: str, name: str, *, private: bool = False, export: Export | None = None) -> None:
    """Copy `text` in a thread, since a helper program may take seconds, and say whether it is known to have arrived.

    The text is written to a file called `name` too; that of a `private` text is not in the folder of files, which may
    be shared. `export` says how a command makes the same text, None if no command does.
    """
    write = control_writer(app)
    folder = copies_folder(os.environ, Settings() if private else app.settings)

    def copy_in_thread() -> None:
        facts = clipboard.gather(os.environ)
        outcome = clipboard.copy(text, facts=facts, folder=folder, name=name, write=write, route=app.settings.clipboard)
        lines: tuple[str, ...] = ()
        if outcome.kind != "verified" and outcome.path is not None:
            lines = fetch_commands(outcome.path, facts, export, app.settings.host)
        app.call_from_thread(_say_outcome, app, outcome, lines)

    app.say(_("copying…"))
    app.run_worker(copy_in_thread, thread=True, exclusive=True)


def _say_outcome(app: Host, outcome: clipboard.Outcome, lines: tuple[str, ...]) -> None:
    """Say whether a copy has arrived; keep `lines`, which fetch it, to be printed when the program ends."""
    parts = [clipboard.message(outcome)]
    if lines:
        parts.append(_("{key}: fetch it").format(key=key_meanwhile("fetch")))
    if outcome.reason and outcome.path is not None and outcome.kind != "verified":  # else the message says it
        parts.append(outcome.reason)
    app.say(" · ".join(parts))
    if outcome.path is not None:
        app.advice = outcome.reason
        app.last_written = [str(outcome.path), *lines]
        app.lines_at_end = [*app.last_written]


def report_written(app: Host, files: Sequence[Path], warnings: Sequence[str] = ()) -> None:
    """Say which files were written, with their warnings.

    If the program runs on another computer, the lines to fetch them are kept, and printed when it ends.
    """

    def find_fetch_lines() -> None:
        facts = clipboard.gather(os.environ)
        fetch_lines = (
            [fetch_commands(path, facts, None, app.settings.host)[0] for path in files]
            if is_far_from_person(facts)
            else []
        )
        app.call_from_thread(say_written, fetch_lines)

    def say_written(lines: Sequence[str]) -> None:
        paths = [short_path(path, os.environ) for path in files]
        app.last_written, app.advice = [", ".join(paths), *lines], ""
        app.lines_at_end = [*paths, *lines]
        app.say(" ".join((_("Written: {path}").format(path=", ".join(paths)), *warnings)))

    app.run_worker(find_fetch_lines, thread=True, exclusive=True)


def _file_name(workspace: Workspace) -> str:
    return f"entente-{workspace.partnership.id}"


def _export(app: Host, format_id: str, command: tuple[str, ...] = ()) -> Export:
    """Return how a shell command prints the document in a format; `command`: its words, () for the agreement."""
    workspace = _open_workspace(app)
    usual_lang = app.settings.doc_lang or str(workspace.partnership.setting("lang", workspace.typed_lang))
    lang = "" if workspace.doc_lang == usual_lang else workspace.doc_lang
    return Export(workspace.partnership.id, app.store.address, format_id, lang, command)


def fetch(app: Host) -> None:
    """Show, without frames, the commands that fetch the document to the user's own computer."""

    def show_fetch_text() -> None:
        facts = clipboard.gather(os.environ)
        app.call_from_thread(_show_in_pager, app, "\n".join(_fetch_text(app, facts)))

    app.run_worker(show_fetch_text, thread=True, exclusive=True)


def _fetch_text(app: Host, facts: clipboard.Facts) -> list[str]:
    """Return the text, line by line, that says how to fetch the last files, then the document in three formats."""
    host, folder = app.settings.host, copies_folder(os.environ, app.settings)
    lines = [_("On your own computer, in a window of commands, type or paste one of these lines."), ""]
    if app.last_written:
        path, *lines_to_fetch = app.last_written
        lines += [_("What was just written is here: {path}").format(path=path), "", *lines_to_fetch, ""]
        lines += [app.advice, ""] if app.advice else []  # the status line may have had no room for it
    for file_format in (file_format for file_format in FORMATS if file_format.id in _FETCH_FORMATS):
        _document, name, export = _document_to_copy(app, file_format.id)
        if export is not None:
            command = fetch_commands(folder / f"{name}{file_format.endings[0]}", facts, export, host)[-1]
            lines += [_("{format}, made anew:").format(format=file_format.label), command, ""]
    return lines


def show_plain_document(app: Host) -> None:
    """Show the whole document in a pager, without frames, so that it can be selected with the mouse."""
    _show_in_pager(app, to_text(_open_workspace(app).agreement, wrap=None))


def _show_in_pager(app: Host, text: str) -> None:
    """Save, then show `text` in a pager instead of the app, until the pager ends."""
    app.save()
    try:
        with app.suspend():
            pager.show(text)
    except SuspendNotSupported:
        app.say(_("This terminal cannot show it."))
    except OSError:
        return  # the terminal is gone: the program is about to be ended by a signal
    app.forget()


def copy_selection(app: Host, text: str) -> None:
    """Copy the selected text as a private text, since it may be one."""
    if app.workspace is not None and text:
        copy_text(app, text, _("selection") + f"-{app.workspace.partnership.id}.txt", private=True)
