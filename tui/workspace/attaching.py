"""The annexes of the agreement: papers attached by title, with a copy that is kept and goes with each sending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from tui.export.formats import plain_name
from tui.form.giving import move, remove
from tui.i18n import _
from tui.partnership.attachments import ATTACHMENTS, attachments
from tui.partnership.field_kinds import BadValue
from tui.partnership.ids import new_id
from tui.partnership.signatures import ROWS
from tui.partnership.values import ORDER, Change, Entry, order_behind
from tui.text.clean import one_line
from tui.text.dates import format_date
from tui.text.list_numbers import list_number
from tui.workspace.kept_papers import PaperKeeper, PaperStore, keep_copy, paper_file
from tui.workspace.output_files import OutputFile
from tui.workspace.workspace import Workspace, close_undo_step, current_moment

_TITLE_CHARACTERS = 30  # of an annex's title in the name of its file, at most


def attach(workspace: Workspace, store: PaperKeeper, title: str, file: Path) -> Entry:
    """Attach a paper as the last annex, keep a copy of its file, dated today, and return the annex's row.

    Raises BadValue without a title, OSError when the file cannot be read, StoreError when it cannot be kept: nothing
    is attached then.
    """
    words = one_line(title).strip()
    if not words:
        raise BadValue(_("What is the paper called? The text names it by its title."))
    row_id = new_id()
    cells = {
        ORDER: order_behind(workspace.partnership, ATTACHMENTS, ROWS),
        f"what@{workspace.doc_lang}": words,
        "on": current_moment()[:10],
        **keep_copy(workspace, store, file),
    }
    close_undo_step(workspace)
    workspace.edit([Change(row_id, ATTACHMENTS, cell, value, ROWS) for cell, value in cells.items()])
    close_undo_step(workspace)
    return workspace.partnership.entries[row_id]


def replace_copy(workspace: Workspace, store: PaperKeeper, row: Entry, file: Path) -> None:
    """Replace the copy of an annex, dated today. Raises OSError or StoreError."""
    cells = {"on": current_moment()[:10], **keep_copy(workspace, store, file)}
    close_undo_step(workspace)
    workspace.edit([Change(row.id, row.question, cell, value, row.part) for cell, value in cells.items()])
    close_undo_step(workspace)


def reword(workspace: Workspace, row: Entry, title: str) -> None:
    """Change the title of an annex; a blank title removes the annex from the text, but not its copy from the store."""
    close_undo_step(workspace)
    if words := one_line(title).strip():
        workspace.set(row, f"what@{workspace.doc_lang}", words)
    else:
        workspace.edit([remove(row)])
    close_undo_step(workspace)


def move_annex(workspace: Workspace, row: Entry, by: int) -> bool:
    """Put an annex one place up (-1) or down (1), which changes its number. Return whether it moved."""
    change = move(attachments(workspace.partnership), row, by)
    close_undo_step(workspace)
    return change is not None and workspace.edit([change])


def annex_numbered(workspace: Workspace, number: str) -> Entry:
    """Return the annex of that number, from 1. Raises BadValue where there is none."""
    rows = attachments(workspace.partnership)
    if at := list_number(number, len(rows)):
        return rows[at - 1]
    raise BadValue(_("There is no annex {number}: there are {n}.").format(number=number, n=len(rows)))


def annex_lines(workspace: Workspace, *, private: bool = True) -> Iterator[str]:
    """Yield each annex in a line: « 1. Feuille de budget, copie du 3 novembre 2026 (budget.xlsx) ».

    Without `private` the name of the file is left out.
    """
    for number, row in enumerate(attachments(workspace.partnership), 1):
        on = str(row.get("on") or "")
        facts = [row.text("what", workspace.doc_lang)]
        facts += [_("copy of {date}").format(date=format_date(on, workspace.lang))] if on else []
        file = f" ({row.get('file')})" if private and row.get("file") else ""
        yield f"{number}. {', '.join(facts)}{file}"


def attachment_files(workspace: Workspace, store: PaperStore) -> tuple[OutputFile, ...]:
    """Return the copies of the annexes as files named after their numbers: « annexe-1-feuille-de-budget.xlsx ».

    A copy that was changed since it was kept gives a warning when it is written; one that is missing is left out.
    """
    files = []
    lang = workspace.doc_lang
    word = "annexe" if lang == "fr" else "annex"
    for number, row in enumerate(attachments(workspace.partnership), 1):
        file = paper_file(workspace, store, row)
        if file is not None:
            title = plain_name(row.text("what", lang), _TITLE_CHARACTERS)
            name = "-".join(filter(None, (word, str(number), title)))
            label = _("Annex {number}").format(number=number)
            files.append(replace(file, name=name + PurePath(file.name).suffix, label=label))
    return tuple(files)
