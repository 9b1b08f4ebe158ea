"""Finding a word anywhere in the partnership: answers, notes and document; what is found is shown around the word."""

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
from tui.ui.page import WIDEST
from tui.workspace.cell_labels import field_of, value_words
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

_LINE = "#document"  # before the row of a line of the document
_BEFORE = 18  # cells of what stands before the word
_BESIDE = 70  # cells from which the place stands beside the words


class FindScreen(Picker):
    """Every text, narrowed by the letters typed; each line shows the word with what stands around it."""

    about = N_("Finds a word in answers, notes and document; Enter goes there.")

    sought = ""  # the letters by which something was found

    def _give_answer(self) -> None:
        self.sought = self.query_one(Editor).text
        super()._give_answer()

    def _entry(self, choice: Choice, width: int) -> list[Line]:
        """Return the word with what stands around it; where it stands is told behind, on a narrow screen below."""
        room = max(width - (cells(choice.behind) + 1 if width >= _BESIDE else 0) - 5, 8)
        at = spot(choice.label, self.query_one(Editor).text)
        start = max(at - _BEFORE, 0) if cells(choice.label) > room else 0
        if start:
            start = choice.label.find(" ", start, at) + 1 or at  # a whole word begins it
        label = shorten(f"   {'…' if start else ''}{choice.label[start:]}", room + 3)
        if width >= _BESIDE:
            return list_row_lines([label], choice.behind, width)
        return [
            (Piece(label),),
            *((Piece(line, "muted"),) for line in wrap(choice.behind, width - 2, "     ", "     ")),
        ]


def spot(text: str, query: str) -> int:
    """Return at which character of a text, from 0, the first word of a query begins; 0 where that cannot be told."""
    words = fold(query).split()
    if not words:
        return 0
    folded, places = "", []
    for at, char in enumerate(text):  # a letter may be two (« œ »), and an accent of its own none
        letters = fold(char) or (" " if char.isspace() else "")
        folded += letters
        places += [at] * len(letters)
    found = folded.find(words[0])
    return places[found] if found >= 0 else 0


async def find(app: Host) -> None:
    """Every text of the partnership, narrowed by the letters typed."""
    workspace = app.workspace
    if workspace is None:
        return
    reading = app.page.where == DOCUMENT
    answers, document = list(_texts(workspace)), list(_document(workspace, app.size.width))
    window = FindScreen(_("Find a word"), [*document, *answers] if reading else [*answers, *document])

    found = await answer_to(window)
    if not found:
        return
    name, _slash, field = found.partition("/")
    if name == _LINE:
        _read(app, workspace, int(field))
    else:
        _go(app, workspace, workspace.partnership.entries[name], field, window.sought)


def _texts(workspace: Workspace) -> Iterator[Choice]:
    for entry in workspace.partnership.entries.values():
        question = workspace.guide.by_id.get(entry.question)
        if question is None or not entry.stands:
            continue
        for key, cell in entry.cells.items():
            field = field_of(workspace, entry.question, entry.part, key)
            if field is None or field.hidden or field.kind == "flag" or cell.value in (None, ""):
                continue
            said = value_words(workspace, entry.question, entry.part, key, cell.value)
            if said.strip():
                owner = find_partner(workspace.partnership, entry.subject[0]) if entry.subject else None
                whose = f" · {owner.short(workspace.lang)}" if owner is not None else ""
                behind = question.short.get(workspace.lang) + whose
                yield Choice(f"{entry.id}/{key.partition('@')[0]}", one_line(said), behind)


def _document(workspace: Workspace, width: int) -> Iterator[Choice]:
    """Yield the lines of the document, as they stand on its screen."""
    sheet = AgreementPainter().paint(workspace.agreement, min(width - 1, WIDEST))
    for row, line in enumerate(sheet.lines):
        text = re.sub(" +", " ", "".join(piece.text for piece in line)).strip()  # columns stand beside each other
        if any(char.isalnum() for char in text):
            yield Choice(f"{_LINE}/{row}", text, _("document"))


def _read(app: Host, workspace: Workspace, row: int) -> None:
    """Stand at a line of the document."""
    if not app.page.show_row(row):
        app.push_screen(DocumentScreen(workspace, row=row))


def _go(app: Host, workspace: Workspace, entry: Entry, field: str, query: str) -> None:
    """Stand at a field, at the word that was looked for, whatever screen one came from."""
    owner = entry.subject[0] if entry.subject else workspace.place.partner
    other = entry.subject[1] if len(entry.subject) > 1 else ""
    place = replace(workspace.place, question=entry.question, partner=owner, other=other, slot=f"{entry.id}/{field}")
    text = entry.text(field, workspace.lang)
    at = spot(text, query)
    cursor = (text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)) if query and at else None
    app.to_questions(replace(place, cursor=cursor))
