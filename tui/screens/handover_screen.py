"""Handing over: chooses the lines of a page for the person who takes over a partner's seat, or the facilitating.

The *record* is all that the partnership holds about the seat; the page has only the lines that are ticked.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.agreement.blocks import Agreement
from tui.form.form_words import short_name
from tui.i18n import N_, _
from tui.partnership.partners import active
from tui.screens.due_screen import today
from tui.screens.versions_screen import ReadOnlyScreen
from tui.screens.written_files import write_files
from tui.ui import glyphs
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.host import answer_to
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.handover_pages import HandoverPage, grouped, handover_page, page_document
from tui.workspace.handover_pages import heading as section_heading
from tui.workspace.kept_versions import versions_of
from tui.workspace.output_files import document_files
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

_FACILITATING = "#facilitating"  # the choice that is no partner's id


class HandoverScreen(RowsScreen):
    """What the record offers, line by line: Enter puts a line on the page or takes it off.

    A private line is on the page only once somebody ticks it.
    """

    about = N_(
        "What the record says, line by line. Enter puts a line on the page or takes it off, e says it in other words, "
        "a adds words of your own; no private line is on it before you tick it. Nothing of it changes the partnership."
    )

    def __init__(self, workspace: Workspace, page: HandoverPage) -> None:
        super().__init__(workspace)
        self._page = page

    def heading(self) -> str:
        """Return the title of the page: « Prendre place : Clinique »."""
        return page_document(self.workspace, self._page).kind

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the last line."""
        return [
            (_("Enter"), _("tick")),
            ("e", _("other words")),
            ("a", _("add words")),
            ("r", _("read")),
            ("E", _("files")),
            (_("Esc"), _("back")),
        ]

    def rows(self) -> Sequence[PageRow]:
        """Return each heading with its lines, those on the page ticked and the private ones muted."""
        rows: list[PageRow] = []
        for section, lines in grouped(self._page):
            rows += [PageRow()] if rows else []
            rows.append(PageRow(section_heading(self.workspace, section, self.workspace.lang), "heading"))
            for line in lines:
                text = f"{glyphs.tick(line.id in self._page.shown_ids)} {line.text}"
                rows.append(PageRow(text, "muted" if line.private else "", partial(self._toggle, line.id)))
        return rows or [PageRow(_("Nothing is on record yet."), "hint")]

    def act(self, key: str) -> bool:
        """Act on a letter of this page, or as every page does. Return whether the key did something."""
        if key == "a":
            ask_text(self.app, "handover.words", _("Words of your own at the end of the page"), self._add_words)
        elif key == "e":
            self._ask_other_words()
        elif key == "r":
            self.app.push_screen(ReadOnlyScreen(self._document(), self._page.name))
        elif key == "E":
            write_files(self.app, document_files(self._document()))
        else:
            return super().act(key)
        return True

    def _document(self) -> Agreement:
        """Return the page as a document."""
        return page_document(self.workspace, self._page)

    def _toggle(self, line_id: str) -> None:
        """Put a line on the page, or take it off."""
        self._page = self._page.toggled(line_id)
        self.paint()

    def _ask_other_words(self) -> None:
        """Ask for other words for the current line, if there is one."""
        all_lines = [line for _section, lines in grouped(self._page) for line in lines]
        if self.at < len(all_lines):
            line = all_lines[self.at]
            title = _("This line in other words, on this page only")
            ask_text(self.app, "handover.line", title, partial(self._reword, line.id), row=line.id, text=line.text)

    def _reword(self, line_id: str, text: str | None) -> None:
        """Say a line in other words, on this page alone; nothing for None or ""."""
        if text:
            self._page = self._page.reworded(line_id, text)
            self.paint()

    def _add_words(self, text: str | None) -> None:
        """Add a line of these words to the page; nothing for None or ""."""
        if text:
            self._page = self._page.with_words(text)
            self.paint()


async def show_handover(app: Host) -> None:
    """Ask what is handed over, a partner's seat or the facilitating, then show the lines of the record."""
    workspace = app.workspace
    if workspace is None:
        return
    choices = [Choice(_FACILITATING, _("Whoever takes over the facilitating"))]
    for partner in active(workspace.partnership):
        name = short_name(workspace.partnership, partner.id, workspace.lang)
        choices.append(Choice(partner.id, _("Taking a seat: {name}").format(name=name)))
    chosen = await answer_to(Picker(_("Hand over to whom?"), choices))
    if chosen:
        partner_id = "" if chosen == _FACILITATING else chosen
        page = handover_page(workspace, partner_id, today(), versions_of(workspace, app.store))
        app.push_screen(HandoverScreen(workspace, page))
