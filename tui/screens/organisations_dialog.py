"""The dialog that asks for organisations, one a line, and suggests those of the directory while the user types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.i18n import N_, _, ngettext
from tui.partnership.organisations import KnownOrganisations, Organisation, find_by_name, suggested_organisations
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text.widths import shorten
from tui.text.widths import width as cells
from tui.ui.dialog import Picker

if TYPE_CHECKING:
    from tui.workspace.unfinished_texts import Typing


class OrganisationsDialog(Picker):
    """Asks for organisations, one a line. → at the end of a line takes the first suggestion."""

    about = N_("One organization a line; a pasted list is fine. → takes one met before, with its people.")

    def __init__(self, title: str, directory: KnownOrganisations, lang: str, typing: Typing, *, text: str = "",
                 excluded_ids: frozenset[str] = frozenset()) -> None:  # fmt: skip
        super().__init__(title, typing=typing, prose=True, text=text)
        self.directory = directory
        self.lang = lang
        self.excluded_ids = excluded_ids  # ids of organisations that are not suggested: they are partners already

    def set_up_editor(self, editor: Editor) -> None:
        """Connect the editor, and show the suggestions below it."""
        editor.on_complete = self._complete
        editor.on_moved = self._paint
        self.query_one("#picker-list").display = True
        self._paint()

    @property
    def current_line(self) -> str:
        """The text of the line the cursor is in."""
        editor = self.query_one(Editor)
        return str(editor.document.get_line(editor.cursor_location[0]))

    @property
    def suggestions(self) -> tuple[Organisation, ...]:
        """The organisations that the current line may mean, without those of other lines; () for a complete name."""
        if find_by_name(self.directory, self.current_line) is not None:
            return ()
        organisations_named = (find_by_name(self.directory, line) for line in self.query_one(Editor).text.split("\n"))
        ids_named = {organisation.id for organisation in organisations_named if organisation is not None}
        return suggested_organisations(self.directory, self.current_line, self.lang, self.excluded_ids | ids_named)

    def _paint(self) -> None:
        """Paint the title and the suggestions for the current line."""
        width = min(self.size.width - 4, 76)
        self.show_title(width)
        lines = [
            self._suggestion_line(organisation, number, width) for number, organisation in enumerate(self.suggestions)
        ]
        named = find_by_name(self.directory, self.current_line)
        if not lines and named is not None:
            lines = [(Piece(shorten(f"   {self._known_words(named)}", width), "muted"),)]
        self.query_one("#picker-list", Lines).show(lines or [()])

    def _suggestion_line(self, organisation: Organisation, number: int, width: int) -> Line:
        """Return the line of an organisation that the typed letters may mean."""
        lead = " → " if number == 0 else "   "
        name = shorten(f"{lead}{organisation.name(self.lang)}", width - 22)
        people = _people(organisation)
        gap = " " * max(width - cells(name) - cells(people) - 1, 1)
        return (Piece(name, "accent" if number == 0 else ""), Piece(f"{gap}{people}", "muted"))

    def _known_words(self, organisation: Organisation) -> str:
        origin, people = _("known, from the directory"), _people(organisation)
        return f"{origin} · {people}" if people else origin

    def _complete(self) -> bool:
        """Replace the current line by the first suggestion. Return False if there is none."""
        suggestions = self.suggestions
        if not suggestions:
            return False
        editor = self.query_one(Editor)
        row = editor.cursor_location[0]
        editor.replace(suggestions[0].name(self.lang), (row, 0), (row, len(self.current_line)))
        editor.move_cursor((row, len(self.current_line)))
        self._paint()
        return True


def _people(organisation: Organisation) -> str:
    """Return « 3 personnes », "" for none."""
    count = len(organisation.people)
    return ngettext("{n} person", "{n} people", count).format(n=count) if count else ""
