"""Commands on a line noted at a meeting: a decision, a task, or a point set aside for later.

To *enter* a line is to make it a text of the agreement, new or instead of an older one. A line can also be turned into
another kind, replaced by a later decision, or given a proposer. The register is the document that lists all decisions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.agreement.decision_register import decision_register
from tui.i18n import N_, _
from tui.partnership.decisions import DECISION, KINDS, POINT, TASK, all_decisions, in_force, kind_of
from tui.partnership.values import Entry
from tui.screens.agreement_screen import DocumentScreen
from tui.screens.call_notes import SortScreen
from tui.screens.versions_screen import ReadOnlyScreen
from tui.store.store_errors import StoreError
from tui.terminal.line_pane import Line, Piece
from tui.text.dates import format_date
from tui.text.widths import wrap
from tui.ui.dialog import Choice, OneKey, Picker, ask_text
from tui.ui.host import answer_to
from tui.workspace import note_sorting, noted_lines
from tui.workspace.note_preview import MadePublic
from tui.workspace.note_sorting import Destination, destination_label
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host

STAYS_PRIVATE = MadePublic((), printed=False)  # takes the place of a line that the document would not print


class EnterScreen(SortScreen):
    """Asks where in the agreement a line belongs, then shows the sentence as it will be printed.

    The arrows choose whether the line becomes new text or replaces a text of that place.
    """

    keeps_between_us = False  # no choice to keep the line private, since the whole meeting knows it
    about = N_(
        "A letter says where the line belongs. What will be printed is shown first; the arrows choose between new text "
        "and what it takes the place of, and Enter enters it."
    )

    def __init__(self, workspace: Workspace, row: Entry) -> None:
        super().__init__(workspace, start=(0, 0), end=(0, 0), once=True)  # the whole text, nothing selected
        self.row = row
        self.partner = ""  # the id of the partner that gives it, "" if the place is not asked of each partner
        self.replaceable_texts: list[tuple[str, str]] = []  # (id, words) of texts it may replace; ("", "") is new text
        self.chosen_text = 0  # the index of the chosen text in `replaceable_texts`

    @property
    def note(self) -> str:
        """The text of the line; it takes the part of the call note in `SortScreen`."""
        return self.row.text("text", self.workspace.lang)

    def act(self, key: str) -> bool:
        """Choose a place by its letter, until one is chosen; other keys do nothing. Return True."""
        if self.to_confirm is None and key in self.letters:
            return super().act(key)
        return True

    @property
    def letters(self) -> set[str]:
        """The letters of the places, and the one for all other questions."""
        return {destination.letter for destination in note_sorting.DESTINATIONS} | {note_sorting.OTHER}

    def choose(self, destination: Destination) -> None:
        """Show what the line becomes at a place; if the place is asked of each partner, ask first for the partner."""
        if self.workspace.guide.question(destination.question).scope == "project":
            self._show_place(destination, "")
            return
        partners = noted_lines.partners_by_words(self.workspace, self.selected_words)
        choices = [
            Choice(partner.id, partner.name(self.workspace.lang) or _("unnamed organization")) for partner in partners
        ]

        def show_for(partner: str | None) -> None:
            if partner:
                self._show_place(destination, partner)

        self.app.push_screen(Picker(_("Who gives this? {what}").format(what=self.selected_words), choices), show_for)

    def _show_place(self, destination: Destination, partner: str) -> None:
        """Show the line as new text at a place, and the texts there that it may replace."""
        self.partner, self.chosen_text = partner, 0
        self.replaceable_texts = [("", ""), *noted_lines.replaceable(self.workspace, destination, partner)]
        self._preview_choice(destination)

    def _preview_choice(self, destination: Destination) -> None:
        """Show what the document would print with the chosen text."""
        replaced_id = self.replaceable_texts[self.chosen_text][0]
        public = noted_lines.line_made_public(self.workspace, self.row, destination, self.partner, replaced_id)
        self.to_confirm = destination, public or STAYS_PRIVATE
        self.paint()

    def walk(self, by: int) -> bool:
        """Choose another text to replace. Return whether the key did something."""
        if self.to_confirm is None or len(self.replaceable_texts) < 2:
            return super().walk(by)
        self.chosen_text = (self.chosen_text + by) % len(self.replaceable_texts)
        self._preview_choice(self.to_confirm[0])
        return True

    def enter(self) -> bool:
        """Enter the line as it is shown."""
        if self.to_confirm is not None:
            destination, replaced_id = self.to_confirm[0], self.replaceable_texts[self.chosen_text][0]
            noted_lines.enter_line(self.workspace, self.row, destination, self.partner, replaced_id)
            row = self.workspace.partnership.entries[self.row.id]
            where = noted_lines.entered_words(self.workspace, row) or destination_label(self.workspace, destination)
            self.result_message = _("Entered: {place}.").format(place=where)
            self.dismiss(None)
        return True

    def _preview(self, width: int) -> list[Line]:
        """Return the sentence as it will be printed, and below it what it may replace."""
        assert self.to_confirm is not None
        if self.to_confirm[1] is STAYS_PRIVATE:
            private = _("This stays private: the document does not print it.")
            lines: list[Line] = [(Piece(f" {private}", "heading"),)]
            lines += [(Piece(text, "strong"),) for text in ("", *wrap(self.selected_words, width - 4, "   ", "   "))]
        else:
            lines = super()._preview(width)
        if len(self.replaceable_texts) < 2:  # new text alone: there is no choice to show
            return lines
        lines.append(())
        for at, (_replaced_id, words) in enumerate(self.replaceable_texts):
            choice_words = _("instead of: {text}").format(text=words) if words else _("as new text")
            mark, style = ("›", "accent") if at == self.chosen_text else (" ", "muted")
            lines += [(Piece(text, style),) for text in wrap(choice_words, width - 6, f" {mark} ", "     ")[:2]]
        return lines

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the window, with what they do."""
        if self.to_confirm is None:
            return super().keys()
        change = [("↑↓", _("new, or instead"))] if len(self.replaceable_texts) > 1 else []
        return [(_("Enter"), _("enter it")), *change, (_("Esc"), _("no, another place"))]


async def enter_line(app: Host, row: Entry) -> None:
    """Ask where in the agreement a line belongs, enter it there, and say where it is printed."""
    assert app.workspace is not None
    dialog = EnterScreen(app.workspace, row)
    await answer_to(dialog)
    app.repaint()
    app.page.say_to_room(dialog.result_message)


_LETTER_OF_KIND = {DECISION: "D", TASK: "I", POINT: "b"}  # the letters of the commands that note such a line


async def turn_line(app: Host, row: Entry) -> None:
    """Ask by a letter which other kind of line it is to become, and change it to that."""
    assert app.workspace is not None
    words = {DECISION: _("a decision"), TASK: _("who does what"), POINT: _("a point set aside")}
    kinds = [kind for kind in KINDS if kind != kind_of(row)]
    text = row.text("text", app.workspace.lang)
    key = await answer_to(OneKey(text, [(_LETTER_OF_KIND[kind], words[kind]) for kind in kinds]))
    kind = next((kind for kind in kinds if _LETTER_OF_KIND[kind] == key), "")
    if kind:
        noted_lines.turn_into(app.workspace, row, kind)
        app.repaint()
        app.page.say_to_room(_("It is now: {kind}.").format(kind=words[kind]))


_NOTHING = "-"  # the choice, among ids of decisions, that no decision replaces it


async def replace_line(app: Host, row: Entry) -> None:
    """Ask which decision replaces this one, or whether it is only taken back, and why.

    A decision that is no longer in force is put in force again without a question.
    """
    workspace = app.workspace
    assert workspace is not None
    if not in_force(row):
        noted_lines.put_in_force_again(workspace, row)
        app.repaint()
        app.page.say_to_room(_("It is in force again."))
        return
    choices = [Choice(_NOTHING, _("taken back: nothing replaces it"))]
    choices += [
        Choice(entry.id, entry.text("text", workspace.lang), _meeting_day(workspace, entry))
        for entry in noted_lines.decisions_in_force(workspace, row.id)
    ]
    chosen_id = await answer_to(Picker(_("What replaces this decision?"), choices))
    if not chosen_id:
        return

    def take_text(reason: str | None) -> None:
        if reason is not None:
            noted_lines.replace_decision(workspace, row, "" if chosen_id == _NOTHING else chosen_id, reason)
            app.repaint()
            app.page.say_to_room(_("The register says so."))

    ask_text(app, "decision.reason", _("Why? (may stay empty)"), take_text, row=row.id)


def _meeting_day(workspace: Workspace, row: Entry) -> str:
    """Return the date of the meeting that noted a line, in words."""
    meeting = workspace.partnership.entry(str(row.get("meeting", "")))
    return format_date(str(meeting.get("on", "")), workspace.lang) if meeting is not None else ""


def name_proposer(app: Host, row: Entry) -> None:
    """Ask who proposed a line, which stays private."""
    workspace = app.workspace
    assert workspace is not None
    before = noted_lines.proposer_words(workspace, row)

    def take_text(text: str | None) -> None:
        if text is not None:
            noted_lines.name_proposer(workspace, row, text)
            app.repaint()

    ask_text(app, "decision.proposer", _("Who proposed it? (private)"), take_text, row=row.id, text=before)


def agree_as_it_stands(screen: DocumentScreen) -> None:
    """Note that the meeting agrees to the current sentence as it is; if noted already, take that back."""
    origin = screen.origin_here()
    if not noted_lines.sentence_at(screen.workspace, origin):
        screen.say_to_room(_("This line is made by the program; it has no field of its own."))
        return
    is_noted = noted_lines.agree_as_it_stands(screen.workspace, origin)
    screen.paint()
    screen.say_to_room(
        _("Agreed as it stands; it stands among the decisions.") if is_noted else _("No longer noted as agreed.")
    )


def show_register(app: Host) -> None:
    """Show the register of decisions as a document."""
    workspace = app.workspace
    if workspace is None:
        return
    if not all_decisions(workspace.partnership):
        app.say(_("No decision was noted yet."))
        return
    try:
        workspace.flush()
        history = app.store.history(workspace.partnership.id)
    except StoreError as error:
        app.say(str(error))
        return
    day = current_moment()[:10]
    document = decision_register(workspace.guide, workspace.partnership, history, day, workspace.doc_lang)
    app.push_screen(ReadOnlyScreen(document, _("register")))
