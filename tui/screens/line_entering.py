"""A line noted at a meeting: entered in the agreement by a letter, turned into another kind, replaced; the register."""

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

PRIVATE = MadePublic((), printed=False)  # what stays private: nothing of it is printed


class EnterScreen(SortScreen):
    """Where a line goes, then the sentence as it will be printed: as new text, or instead of one that stands there."""

    keeps_between_us = False  # what was decided at a table is known to all
    about = N_(
        "A letter says where the line belongs. What will be printed is shown first; the arrows choose between new text "
        "and what it takes the place of, and Enter enters it."
    )

    def __init__(self, workspace: Workspace, row: Entry) -> None:
        super().__init__(workspace, (0, 0), (0, 0), once=True)
        self.row = row
        self.partner = ""
        self.texts: list[tuple[str, str]] = []  # what the line may take the place of, new text first
        self.chosen = 0

    @property
    def note(self) -> str:
        """The words of the line."""
        return self.row.text("text", self.workspace.lang)

    def act(self, key: str) -> bool:
        """A letter of a place; a line of a meeting is never « between us »."""
        return self.to_confirm is not None or key not in self.letters or super().act(key)

    @property
    def letters(self) -> set[str]:
        """The letters that mean a place."""
        return {destination.letter for destination in note_sorting.DESTINATIONS} | {note_sorting.OTHER}

    def choose(self, destination: Destination) -> None:
        """Show what the line becomes there, once it is known of whom the place is asked."""
        if self.workspace.guide.question(destination.question).scope == "project":
            self._show(destination, "")
            return
        known = noted_lines.partners_by_words(self.workspace, self.selected_words)
        choices = [
            Choice(partner.id, partner.name(self.workspace.lang) or _("unnamed organization")) for partner in known
        ]

        def named(partner: str | None) -> None:
            if partner:
                self._show(destination, partner)

        self.app.push_screen(Picker(_("Who gives this? {what}").format(what=self.selected_words), choices), named)

    def _show(self, destination: Destination, partner: str) -> None:
        self.partner, self.chosen = partner, 0
        self.texts = [("", ""), *noted_lines.replaceable(self.workspace, destination, partner)]
        self._try(destination)

    def _try(self, destination: Destination) -> None:
        instead = self.texts[self.chosen][0]
        public = noted_lines.line_made_public(self.workspace, self.row, destination, self.partner, instead)
        self.to_confirm = destination, public or PRIVATE
        self.paint()

    def walk(self, by: int) -> bool:
        """Choose what the line takes the place of."""
        if self.to_confirm is None or len(self.texts) < 2:
            return super().walk(by)
        self.chosen = (self.chosen + by) % len(self.texts)
        self._try(self.to_confirm[0])
        return True

    def enter(self) -> bool:
        """Enter the line as it is shown."""
        if self.to_confirm is not None:
            destination, instead = self.to_confirm[0], self.texts[self.chosen][0]
            noted_lines.enter_line(self.workspace, self.row, destination, self.partner, instead)
            row = self.workspace.partnership.entries[self.row.id]
            where = noted_lines.entered_words(self.workspace, row) or destination_label(self.workspace, destination)
            self.result_message = _("Entered: {place}.").format(place=where)
            self.dismiss(None)
        return True

    def _preview(self, width: int) -> list[Line]:
        assert self.to_confirm is not None
        if self.to_confirm[1] is PRIVATE:
            private = _("This stays private: the document does not print it.")
            lines: list[Line] = [(Piece(f" {private}", "heading"),)]
            lines += [(Piece(text, "strong"),) for text in ("", *wrap(self.selected_words, width - 4, "   ", "   "))]
        else:
            lines = super()._preview(width)
        if len(self.texts) > 1:
            lines.append(())
        for at, (_replaced_id, words) in enumerate(self.texts if len(self.texts) > 1 else ()):
            said = _("instead of: {text}").format(text=words) if words else _("as new text")
            mark, style = ("›", "accent") if at == self.chosen else (" ", "muted")
            lines += [(Piece(text, style),) for text in wrap(said, width - 6, f" {mark} ", "     ")[:2]]
        return lines

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what is done with the line."""
        if self.to_confirm is None:
            return super().keys()
        change = [("↑↓", _("new, or instead"))] if len(self.texts) > 1 else []
        return [(_("Enter"), _("enter it")), *change, (_("Esc"), _("no, another place"))]


async def enter_line(app: Host, row: Entry) -> None:
    """Send a line to its place in the agreement, and say where it stands now."""
    assert app.workspace is not None
    dialog = EnterScreen(app.workspace, row)
    await answer_to(dialog)
    app.repaint()
    app.page.say_to_room(dialog.result_message)


_KEYS = {DECISION: "D", TASK: "I", POINT: "b"}  # the letters that note each of the three


async def turn_line(app: Host, row: Entry) -> None:
    """Make a line another of the three kinds, by the letter that notes one of that kind."""
    assert app.workspace is not None
    words = {DECISION: _("a decision"), TASK: _("who does what"), POINT: _("a point set aside")}
    kinds = [kind for kind in KINDS if kind != kind_of(row)]
    text = row.text("text", app.workspace.lang)
    key = await answer_to(OneKey(text, [(_KEYS[kind], words[kind]) for kind in kinds]))
    kind = next((kind for kind in kinds if _KEYS[kind] == key), "")
    if kind:
        noted_lines.turn_into(app.workspace, row, kind)
        app.repaint()
        app.page.say_to_room(_("It is now: {kind}.").format(kind=words[kind]))


_TAKEN_BACK = "-"  # among the ids of decisions: none replaces it


async def replace_line(app: Host, row: Entry) -> None:
    """Say which decision replaces this one, or that it is taken back, and why; again, it is in force."""
    workspace = app.workspace
    assert workspace is not None
    if not in_force(row):
        noted_lines.put_in_force_again(workspace, row)
        app.repaint()
        app.page.say_to_room(_("It is in force again."))
        return
    choices = [Choice(_TAKEN_BACK, _("taken back: nothing replaces it"))]
    choices += [
        Choice(entry.id, entry.text("text", workspace.lang), _of_meeting(workspace, entry))
        for entry in noted_lines.decisions_in_force(workspace, row.id)
    ]
    by = await answer_to(Picker(_("What replaces this decision?"), choices))
    if not by:
        return

    def typed(reason: str | None) -> None:
        if reason is not None:
            noted_lines.replace_decision(workspace, row, "" if by == _TAKEN_BACK else by, reason)
            app.repaint()
            app.page.say_to_room(_("The register says so."))

    ask_text(app, "decision.reason", _("Why? (may stay empty)"), typed, row=row.id)


def _of_meeting(workspace: Workspace, row: Entry) -> str:
    held = workspace.partnership.entry(str(row.get("meeting", "")))
    return format_date(str(held.get("on", "")), workspace.lang) if held is not None else ""


def name_proposer(app: Host, row: Entry) -> None:
    """Say who proposed a line; it stays private."""
    workspace = app.workspace
    assert workspace is not None
    before = noted_lines.proposer_words(workspace, row)

    def typed(text: str | None) -> None:
        if text is not None:
            noted_lines.name_proposer(workspace, row, text)
            app.repaint()

    ask_text(app, "decision.proposer", _("Who proposed it? (private)"), typed, row=row.id, text=before)


def agree_as_it_stands(screen: DocumentScreen) -> None:
    """Note that the meeting agrees to the sentence one stands at, as it stands; the same key takes it back."""
    origin = screen.origin_here()
    if not noted_lines.sentence_at(screen.workspace, origin):
        screen.say_to_room(_("This line is made by the program; it has no field of its own."))
        return
    noted = noted_lines.agree_as_it_stands(screen.workspace, origin)
    screen.paint()
    screen.say_to_room(
        _("Agreed as it stands; it stands among the decisions.") if noted else _("No longer noted as agreed.")
    )


def show_register(app: Host) -> None:
    """The register of decisions, to be read, copied or written to a file."""
    workspace = app.workspace
    if workspace is None:
        return
    if not all_decisions(workspace.partnership):
        app.say(_("No decision was noted yet."))
        return
    try:
        workspace.flush()
        past = app.store.history(workspace.partnership.id)
    except StoreError as error:
        app.say(str(error))
        return
    day = current_moment()[:10]
    document = decision_register(workspace.guide, workspace.partnership, past, day, workspace.doc_lang)
    app.push_screen(ReadOnlyScreen(document, _("register")))
