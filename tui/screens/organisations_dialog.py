"""The window that asks for organisations, one a line: those of the directory are found by a few letters of the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.i18n import N_, _, ngettext
from tui.partnership.organisations import Known, Organisation, find_by_name, suggested
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text.widths import shorten
from tui.text.widths import width as cells
from tui.ui.dialog import Picker

if TYPE_CHECKING:
    from tui.workspace.unfinished_texts import Typing


class OrganisationsDialog(Picker):
    """Asks for organisations. → at the end of a line takes the first one found; a name typed whole is known too."""

    about = N_("One organization a line; a pasted list is fine. → takes one met before, with its people.")

    def __init__(self, title: str, known: Known, lang: str, typing: Typing, *, text: str = "",
                 besides: frozenset[str] = frozenset()) -> None:  # fmt: skip
        super().__init__(title, typing=typing, prose=True, text=text)
        self.known = known
        self.lang = lang
        self.besides = besides  # organisations that are partners already

    def set_up_editor(self, editor: Editor) -> None:
        """What the letters of a line find stands below."""
        editor.on_complete = self._complete
        editor.on_moved = self._paint
        self.query_one("#picker-list").display = True
        self._paint()

    @property
    def line(self) -> str:
        """The line the cursor is in."""
        editor = self.query_one(Editor)
        return str(editor.document.get_line(editor.cursor_location[0]))

    @property
    def finds(self) -> tuple[Organisation, ...]:
        """What the letters of the line may mean, those of other lines left out."""
        if find_by_name(self.known, self.line) is not None:
            return ()
        named = (find_by_name(self.known, line) for line in self.query_one(Editor).text.split("\n"))
        here = {organisation.id for organisation in named if organisation is not None}
        return suggested(self.known, self.line, self.lang, self.besides | here)

    def _paint(self) -> None:
        width = min(self.size.width - 4, 76)
        self.show_title(width)
        lines = [self._found(find, at, width) for at, find in enumerate(self.finds)]
        sure = find_by_name(self.known, self.line)
        if not lines and sure is not None:
            lines = [(Piece(shorten(f"   {self._said(sure)}", width), "muted"),)]
        self.query_one("#picker-list", Lines).show(lines or [()])

    def _found(self, organisation: Organisation, at: int, width: int) -> Line:
        lead = " → " if at == 0 else "   "
        name = shorten(f"{lead}{organisation.name(self.lang)}", width - 22)
        said = _people(organisation)
        gap = " " * max(width - cells(name) - cells(said) - 1, 1)
        return (Piece(name, "accent" if at == 0 else ""), Piece(f"{gap}{said}", "muted"))

    def _said(self, organisation: Organisation) -> str:
        known, people = _("known, from the directory"), _people(organisation)
        return f"{known} · {people}" if people else known

    def _complete(self) -> bool:
        """→ at the end of the line: the first one found takes the place of its letters. Whether there was one."""
        found = self.finds
        if not found:
            return False
        editor = self.query_one(Editor)
        row = editor.cursor_location[0]
        editor.replace(found[0].name(self.lang), (row, 0), (row, len(self.line)))
        editor.move_cursor((row, len(self.line)))
        self._paint()
        return True


def _people(organisation: Organisation) -> str:
    count = len(organisation.people)
    return ngettext("{n} person", "{n} people", count).format(n=count) if count else ""
