"""The document leaving the screen: copied with an honest word, shown bare, fetched by a line."""

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
from tui.form.form import FormField
from tui.i18n import _
from tui.partnership.privacy import is_public
from tui.settings import Settings, copies_folder, short_path
from tui.terminal.diff_app import control_writer
from tui.workspace.output_files import Export, elsewhere, fetch_commands
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.agreement.blocks import Agreement
    from tui.screens.work_screen import WorkScreen
    from tui.ui.host import Host

_OFFERED = ("docx", "pdf", "text")  # what one would fetch


def _workspace(app: Host) -> Workspace:
    assert app.workspace is not None  # the table says where a command is valid
    return app.workspace


def copy_document(app: Host) -> None:
    """Copy the agreement (or the minutes one is at) as plain text, unwrapped: it is pasted in a mail or in Word."""
    document, name, export = _leaving(app, "text")
    copy_text(app, to_text(document, wrap=None), f"{name}.txt", export=export)


def _leaving(app: Host, form: str) -> tuple[Agreement, str, Export | None]:
    """The document the present screen stands for, the stem of its file's name, how a command makes the same anew."""
    workspace = _workspace(app)
    held = app.page.own_document()
    if held is None:
        return workspace.agreement, _file_name(workspace), _export(app, form)
    command = app.page.own_command()
    name = "-".join((_file_name(workspace), app.page.own_document_name()))
    return held, name, _export(app, form, command) if command else None


def copy_section(app: Host) -> None:
    """Copy the section that the present question feeds."""
    workspace = _workspace(app)
    section = next(
        (section for section in workspace.agreement.sections if section.id == workspace.question.feeds), None
    )
    if section is None:
        app.say(_("This question feeds no section of the document."))
        return
    copy_text(app, section_to_text(section, workspace.agreement), f"{_file_name(workspace)}-{section.number}.txt")


def copy_statement(app: Host) -> None:
    """Copy the statement on one page."""
    workspace = _workspace(app)
    text = to_text(statement_page(workspace.guide, workspace.agreement), wrap=None)
    copy_text(app, text, f"{_file_name(workspace)}-statement.txt")


def show_statement(app: Host) -> None:
    """Show the statement on one page in the pane of the document, or the whole document again."""
    workspace = _workspace(app)
    workspace.statement_shown = not workspace.statement_shown
    app.repaint()
    app.say(_("The pane shows the statement on one page.") if workspace.statement_shown else
            _("The pane shows the whole document."))  # fmt: skip


def copy_answer(screen: WorkScreen) -> None:
    """Copy the text of the present field."""
    app, here = screen.app, screen.form.current_field
    if here is None or not here.text:
        app.say(_("There is no text here to copy."))
        return
    name = _("answer") + f"-{_workspace(app).partnership.id}.txt"
    copy_text(app, here.text, name, private=_is_private(_workspace(app), here))


def _is_private(workspace: Workspace, here: FormField) -> bool:
    if here.field is None or here.field.private:
        return True
    return not is_public(workspace.guide, workspace.partnership, here.entry, here.cell)


def copy_text(app: Host, text: str, name: str, *, private: bool = False, export: Export | None = None) -> None:
    """Copy in a thread of its own (a helper program may take seconds) and say what is known.

    A private text is never kept in the output folder, which may be a shared drive. `export` says how the same text is
    made anew by a command.
    """
    write = control_writer(app)
    folder = copies_folder(os.environ, Settings() if private else app.settings)

    def work() -> None:
        facts = clipboard.gather(os.environ)
        outcome = clipboard.copy(text, facts=facts, folder=folder, name=name, write=write, route=app.settings.clipboard)
        lines: tuple[str, ...] = ()
        if outcome.kind != "verified" and outcome.path is not None:
            lines = fetch_commands(outcome.path, facts, export, app.settings.host)
        app.call_from_thread(_said, app, outcome, lines)

    app.say(_("copying…"))
    app.run_worker(work, thread=True, exclusive=True)


def _said(app: Host, outcome: clipboard.Outcome, lines: tuple[str, ...]) -> None:
    """Say what became of it, and where the lines are that bring it home; they are printed at the end as well."""
    said = [clipboard.message(outcome)]
    if lines:
        said.append(_("{key}: fetch it").format(key=key_meanwhile("fetch")))
    if outcome.reason and outcome.path is not None and outcome.kind != "verified":  # else the message says it
        said.append(outcome.reason)
    app.say(" · ".join(said))
    if outcome.path is not None:
        app.advice = outcome.reason
        app.last_written = [str(outcome.path), *lines]
        app.lines_at_end = [*app.last_written]


def written(app: Host, files: Sequence[Path], warnings: Sequence[str] = ()) -> None:
    """Say that files are there, with what was changed or replaced on the way.

    The lines that bring them home are kept to be fetched, and printed at the end.
    """

    def work() -> None:
        facts = clipboard.gather(os.environ)
        there = [fetch_commands(path, facts, None, app.settings.host)[0] for path in files] if elsewhere(facts) else []
        app.call_from_thread(told, there)

    def told(lines: Sequence[str]) -> None:
        paths = [short_path(path, os.environ) for path in files]
        app.last_written, app.advice = [", ".join(paths), *lines], ""
        app.lines_at_end = [*paths, *lines]
        app.say(" ".join((_("Written: {path}").format(path=", ".join(paths)), *warnings)))

    app.run_worker(work, thread=True, exclusive=True)


def _file_name(workspace: Workspace) -> str:
    return f"entente-{workspace.partnership.id}"


def _export(app: Host, form: str, command: tuple[str, ...] = ()) -> Export:
    workspace = _workspace(app)
    usual = app.settings.doc_lang or str(workspace.partnership.setting("lang", workspace.typed_lang))
    lang = "" if workspace.doc_lang == usual else workspace.doc_lang
    return Export(workspace.partnership.id, app.store.address, form, lang, command)


def fetch(app: Host) -> None:
    """The lines that bring the document to one's own computer, bare, to be selected and pasted there."""

    def work() -> None:
        facts = clipboard.gather(os.environ)
        app.call_from_thread(_show, app, "\n".join(_lines_home(app, facts)))

    app.run_worker(work, thread=True, exclusive=True)


def _lines_home(app: Host, facts: clipboard.Facts) -> list[str]:
    host, folder = app.settings.host, copies_folder(os.environ, app.settings)
    lines = [_("On your own computer, in a window of commands, type or paste one of these lines."), ""]
    if app.last_written:
        written, *ways = app.last_written
        lines += [_("What was just written is here: {path}").format(path=written), "", *ways, ""]
        lines += [app.advice, ""] if app.advice else []  # on the status line it may have found no room
    for form in (file_format for file_format in FORMATS if file_format.id in _OFFERED):
        _document, name, export = _leaving(app, form.id)
        if export is not None:
            anew = fetch_commands(folder / f"{name}{form.endings[0]}", facts, export, host)[-1]
            lines += [_("{format}, made anew:").format(format=form.label), anew, ""]
    return lines


def show_bare(app: Host) -> None:
    """The whole document without frames, page by page, so that the terminal's own mouse selects it."""
    _show(app, to_text(_workspace(app).agreement, wrap=None))


def _show(app: Host, text: str) -> None:
    """Leave the screen to a bare text; what is pending is saved before, since nothing else happens meanwhile."""
    app.save()
    try:
        with app.suspend():
            pager.show(text)
    except SuspendNotSupported:
        app.say(_("This terminal cannot show it."))
    except OSError:
        return  # the terminal is gone: what ends the program from outside sees to it
    app.forget()


def copy_selection(app: Host, text: str) -> None:
    """Copy what is selected, by the same ways as a document; it may be private."""
    if app.workspace is not None and text:
        copy_text(app, text, _("selection") + f"-{app.workspace.partnership.id}.txt", private=True)
