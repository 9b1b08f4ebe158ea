"""The dialog that finds a word anywhere in the partnership, and shows it with the words around it and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.commands import DOCUMENT
from tui.i18n import N_, _
from tui.partnership.partners import find_partner
from tui.partnership.values import Entry
from tui.screens.agreement_screen import DocumentScreen
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Line, Piece
from tui.text.clean import one_line
from tui.text.name_matching import fold
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.ui.agreement_painter import AgreementPainter
from tui.ui.dialog import Choice, Picker, list_row_lines
from tui.ui.host import answer_to
from tui.ui.page import MAX_WIDTH
from tui.workspace.cell_labels import field_of, value_words
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

_DOCUMENT_LINE = "#document"  # begins the id of a choice that is a line of the document, then « / » and its row
_CELLS_BEFORE_WORD = 18  # cells shown before the word, at most
_PLACE_BESIDE_FROM_WIDTH = 70  # from so many cells on, the dialog shows the place of a text beside it, else below


class FindScreen(Picker):
    """All texts of the partnership, narrowed by the letters typed; each line shows the word with those around it."""

    about = N_("Finds a word in answers, notes and document; Enter goes there.")

    letters_typed = ""  # the letters typed when a choice was taken

    def _give_answer(self) -> None:
        """Remember the letters typed, and answer with the current choice."""
        self.letters_typed = self.query_one(Editor).text
        super()._give_answer()

    def _choice_lines(self, choice: Choice, width: int) -> list[Line]:
        """Return the lines of a text around the word, with its place beside or below."""
        is_beside = width >= _PLACE_BESIDE_FROM_WIDTH
        room = max(width - (cells(choice.behind) + 1 if is_beside else 0) - 5, 8)
        word_at = word_position(choice.label, self.query_one(Editor).text)
        start = max(word_at - _CELLS_BEFORE_WORD, 0) if cells(choice.label) > room else 0
        if start:
            start = choice.label.find(" ", start, word_at) + 1 or word_at  # begin with a whole word
        label = shorten(f"   {'…' if start else ''}{choice.label[start:]}", room + 3)
        if is_beside:
            return list_row_lines([label], choice.behind, width)
        return [
            (Piece(label),),
            *((Piece(line, "muted"),) for line in wrap(choice.behind, width - 2, "     ", "     ")),
        ]


def word_position(text: str, query: str) -> int:
    """Return the offset in `text` of the first word of `query`, without accents and case; 0 if it is not there."""
    words = fold(query).split()
    if not words:
        return 0
    folded, offsets = "", []  # the folded text, and for each letter of it the offset in `text`
    for offset, char in enumerate(text):  # « œ » folds to two letters, a combining accent to none
        letters = fold(char) or (" " if char.isspace() else "")
        folded += letters
        offsets += [offset] * len(letters)
    folded_at = folded.find(words[0])
    return offsets[folded_at] if folded_at >= 0 else 0


async def find_words(app: Host) -> None:
    """Ask for a word, and go to the text that is chosen among those that hold it."""
    workspace = app.workspace
    if workspace is None:
        return
    document_first = app.page.where == DOCUMENT
    answers, document = list(_answer_choices(workspace)), list(_document_choices(workspace, app.size.width))
    dialog = FindScreen(_("Find a word"), [*document, *answers] if document_first else [*answers, *document])

    choice_id = await answer_to(dialog)
    if not choice_id:
        return
    entry_id, _slash, field_or_row = choice_id.partition("/")
    if entry_id == _DOCUMENT_LINE:
        _go_to_line(app, workspace, int(field_or_row))
    else:
        _go_to_field(app, workspace, workspace.partnership.entries[entry_id], field_or_row, dialog.letters_typed)


def _answer_choices(workspace: Workspace) -> Iterator[Choice]:
    """Yield a choice for each text of an answer or a note; its id is « entry/field »."""
    for entry in workspace.partnership.entries.values():
        question = workspace.guide.by_id.get(entry.question)
        if question is None or not entry.is_in_use:
            continue
        for key, cell in entry.cells.items():
            field = field_of(workspace, entry.question, entry.part, key)
            if field is None or field.hidden or field.kind == "flag":
                continue
            if cell.value in (None, ""):
                continue
            text = value_words(workspace, entry.question, entry.part, key, cell.value)
            if text.strip():
                owner = find_partner(workspace.partnership, entry.subject[0]) if entry.subject else None
                owner_words = f" · {owner.short(workspace.lang)}" if owner is not None else ""
                where = question.short.get(workspace.lang) + owner_words
                yield Choice(f"{entry.id}/{key.partition('@')[0]}", one_line(text), where)


def _document_choices(workspace: Workspace, width: int) -> Iterator[Choice]:
    """Yield a choice for each line of the document, as its page paints it."""
    sheet = AgreementPainter().paint(workspace.agreement, min(width - 1, MAX_WIDTH))
    for row, line in enumerate(sheet.lines):
        text = re.sub(" +", " ", "".join(piece.text for piece in line)).strip()  # a table has runs of blanks
        if any(char.isalnum() for char in text):
            yield Choice(f"{_DOCUMENT_LINE}/{row}", text, _("document"))


def _go_to_line(app: Host, workspace: Workspace, row: int) -> None:
    """Go to a line of the document."""
    if not app.page.show_row(row):
        app.push_screen(DocumentScreen(workspace, row=row))


def _go_to_field(app: Host, workspace: Workspace, entry: Entry, field: str, query: str) -> None:
    """Go to a field of an entry, with the cursor at the word that was looked for."""
    owner = entry.subject[0] if entry.subject else workspace.place.partner
    other = entry.subject[1] if len(entry.subject) > 1 else ""
    place = replace(workspace.place, question=entry.question, partner=owner, other=other, slot=f"{entry.id}/{field}")
    text = entry.text(field, workspace.lang)
    word_at = word_position(text, query)
    cursor = None
    if query and word_at:
        line_start = text.rfind("\n", 0, word_at) + 1
        cursor = text.count("\n", 0, word_at), word_at - line_start
    app.to_questions(replace(place, cursor=cursor))
