"""The call note of a partner: private notes of a call, whose lines are then sorted into the answers they belong to.

To *sort* a line is to choose by a letter its *destination*, the question whose answer the line becomes. A line that is
*between us* is never sorted. This file also has the command that gives a row or an answer to several partners.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.commands import BY_ID, key_meanwhile
from tui.i18n import N_, _, ngettext
from tui.partnership.name_references import EVERYONE
from tui.partnership.partners import ALL, WHO, active, find_partner, givers, group_members, partners
from tui.partnership.positions import POSITIONS
from tui.partnership.values import Entry
from tui.screens.agreement_screen import DocumentScreen
from tui.screens.text_question import ask_which_text
from tui.screens.work_screen import WorkScreen, to_plan
from tui.terminal.line_pane import Line, Piece
from tui.text.clean import one_line
from tui.text.dates import format_of
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.ui.dialog import Choice, ListDialog, Picker
from tui.ui.host import answer_to
from tui.ui.page import DialogFoot
from tui.ui.partners_dialog import Group, PartnersDialog
from tui.workspace import note_sorting
from tui.workspace.note_preview import MadePublic, made_public, section_of
from tui.workspace.note_sorting import Destination, TextPosition, destination_label
from tui.workspace.place import NOTE, place_before_note, place_in_note
from tui.workspace.shared_answers import IDENTITY_FIELDS, give_rows, given_words, new_group, same_answer, same_field
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host


def from_document(screen: DocumentScreen) -> None:
    """Open the call note of the partner that the current line of the document is about, else of the current partner."""
    app, workspace, place = screen.app, screen.workspace, screen.workspace.place
    if not partners(workspace.partnership):
        app.say(_("There is no partner yet to note a call with."))
        return
    came_from, row, cursor = screen.position()
    screen.close_field()
    partner = screen.partner_here()
    place = replace(place, partner=partner) if partner else place
    app.to_questions(place if place.question == NOTE else place_in_note(place, cursor, came_from, row))
    app.save_and_keep_place()


async def call(screen: WorkScreen) -> None:
    """Open the call note of the current partner; in a call note, go back to where it was opened, cursor included."""
    app, workspace = screen.app, screen.workspace
    if not partners(workspace.partnership):
        app.say(_("There is no partner yet to note a call with."))
    elif workspace.place.question == NOTE:
        _leave_note(app, screen)
    elif _is_partner_unclear(workspace):
        await _ask_whose_note(screen)
    else:
        cursor = screen.editor.cursor_location if screen.editor.display else None
        screen.go(place_in_note(workspace.place, cursor, "writing" if screen.writing else "moving"), writing=True)
        _say_note_is_old(screen)


def _is_partner_unclear(workspace: Workspace) -> bool:
    """Return whether neither the question nor the user has said which of several partners is current."""
    is_shared_question = workspace.question.scope == "project"
    return is_shared_question and not workspace.partner_chosen and len(active(workspace.partnership)) > 1


def _say_note_is_old(screen: WorkScreen) -> None:
    """If the note is of an earlier day, say so, and name the command that keeps it and begins an empty note."""
    workspace = screen.workspace
    note = workspace.partnership.entry(f"{NOTE}:{workspace.place.partner}")
    written_on = str(note.get("on", "")) if note is not None and note.text("text", workspace.lang) else ""
    if written_on and written_on < current_moment()[:10]:
        message = _("The note of the call {date}. “{command}” keeps it, and begins the next one.")
        screen.say(message.format(date=format_of(written_on, workspace.lang), command=BY_ID["note_call"].name))


async def _ask_whose_note(screen: WorkScreen) -> None:
    """Ask whose note to open, and open it."""
    workspace = screen.workspace
    choices = [
        Choice(partner.id, partner.name(workspace.lang) or _("unnamed organization"))
        for partner in active(workspace.partnership)
    ]
    cursor = screen.editor.cursor_location if screen.editor.display else None

    partner_id = await answer_to(Picker(_("Whose call note?"), choices))
    if partner_id:
        came_from = "writing" if screen.writing else "moving"
        screen.go(place_in_note(replace(workspace.place, partner=partner_id), cursor, came_from), writing=True)


def _leave_note(app: Host, screen: WorkScreen) -> None:
    """Go back to where the note was opened: the document, a field of it, or the working screen."""
    origin = place_before_note(screen.workspace.place)
    if origin.activity in ("document", "field"):
        cursor = origin.place.cursor
        screen.go(replace(origin.place, cursor=None))
        app.push_screen(
            DocumentScreen(screen.workspace, row=origin.row, opened=origin.activity == "field", cursor=cursor)
        )
    elif origin.activity == "moving":
        screen.go(origin.place, writing=False)
        to_plan(screen)
    else:
        screen.go(origin.place, writing=True)


async def sort_line(screen: WorkScreen) -> None:
    """Ask by one letter which question the current line, or the selected text, belongs to, and send it there."""
    await _open_sorting(screen, once=True)


async def sort_note(screen: WorkScreen) -> None:
    """Sort the whole note, one letter for each line, from the first line that is not sorted yet."""
    await _open_sorting(screen, once=False)


async def _open_sorting(screen: WorkScreen, *, once: bool) -> None:
    """Open the dialog that sorts one line (`once`) or the whole note; if there is nothing to sort, say why."""
    workspace = screen.workspace
    if workspace.place.question != NOTE:
        screen.say(_("Sorting is done in a call note ({key}).").format(key=key_meanwhile("call")))
        return
    start, end = screen.editor.selection
    note = note_sorting.note_of(workspace, workspace.place.partner)
    if once and note_sorting.holds_between_us(note, start, end):
        screen.say(_("A line marked “between us”: no key sorts it."))
        return
    has_selection = once and bool(screen.editor.selected_text)
    if not has_selection and not note_sorting.unsorted_lines(workspace, workspace.place.partner):
        screen.say(_("Every line of this note is sorted."))
        return
    if not once or start == end:
        start = end = note_sorting.position_to_sort(note, start[0] if once else 0)
    workspace.edits.end_typing()
    dialog = SortScreen(workspace, start, end, once=once)

    await answer_to(dialog)
    workspace.place = replace(workspace.place, cursor=dialog.start)
    screen.field_editor.reload_later()
    screen.paint()
    screen.say(dialog.result_message)


async def give_to_others(screen: WorkScreen) -> None:
    """Ask which other partners have the same row, answer, or field of their organisation, and give it to them."""
    workspace, current = screen.workspace, screen.form.current_field
    row = _shared_row(screen)
    if workspace.question.scope == "project" and row is None:
        screen.say(_("This question is asked once, for everyone."))
        return
    if workspace.question.id == WHO and not _is_shared_field(screen):
        screen.say(_("What an organization is called is its own; stand on where things stand, on its role…"))
        return
    given_text = _what_is_given(screen, row)
    ticked_before = givers(row) if row is not None else (workspace.place.partner,)
    choices = [
        (partner.id, partner.name(workspace.lang) or _("unnamed organization"))
        for partner in active(workspace.partnership)
    ]
    if workspace.question.scope == "pair":
        choices = [(partner_id, name) for partner_id, name in choices if partner_id != workspace.place.other]

    title_words = _("Who gives this? {what}") if row is not None else _("The same answer for… {what}")
    title = title_words.format(what=shorten(given_text, _MESSAGE_CELLS))
    answer = await answer_to(_partners_dialog(screen, title, choices, ticked_before, row))
    if answer is None:
        return
    if (set(answer.ids), answer.group) == (set(ticked_before), _group_of(row)):
        screen.say(_("Nobody else was ticked: nothing was changed."))
        return
    screen.field_editor.finish()
    if row is not None:
        count = give_rows(workspace, row, answer.ids, answer.group)
        if answer.ids and workspace.question.scope != "project" and workspace.place.partner not in answer.ids:
            workspace.go(replace(workspace.place, partner=answer.ids[0]))  # else the row would be out of sight
    elif workspace.question.id == WHO and current is not None and current.field is not None:
        count = same_field(workspace, current.field, answer.ids)
    else:
        count = same_answer(workspace, answer.ids)
        if workspace.question.id in POSITIONS:
            ask_which_text(screen.app, workspace, workspace.question.id, answer.ids)
    screen.field_editor.reload_later()
    screen.paint()
    message = ngettext("{what}: the same for {n} partner.", "{what}: the same for {n} partners.", count)
    screen.say(message.format(what=shorten(given_text, _MESSAGE_CELLS), n=count))


_MESSAGE_CELLS = 120  # cells of the given text in a message, at most


def _what_is_given(screen: WorkScreen, row: Entry | None) -> str:
    """Return the words of what is given to others: of the row, of the current field, or of the whole answer."""
    workspace, current = screen.workspace, screen.form.current_field
    if row is not None:
        part = workspace.guide.question(row.question).part(row.part)
        field = part.main if part is not None else None
        words = workspace.form_context.field_text(row, field) if field is not None else ""
        return _("“{text}”").format(text=one_line(words) or "—")
    if workspace.question.id == WHO and current is not None:
        return given_words(workspace, current.field)
    return given_words(workspace)


def _partners_dialog(
    screen: WorkScreen, title: str, choices: list[tuple[str, str]], ticked: tuple[str, ...], row: Entry | None
) -> PartnersDialog:
    """Return the dialog of the partners to tick, with « tous » and the named groups above them.

    `choices` are the (id, name) of the partners; `row` is what they are asked to give, None for an answer.
    """
    workspace = screen.workspace

    def name_group(name: str, ids: tuple[str, ...]) -> Group:
        return Group(new_group(workspace, name, ids).id, name, ids)

    everyone = Group(ALL, EVERYONE[workspace.lang], group_members(workspace.partnership, ALL))
    named_groups = [Group(entry.id, entry.text("name", workspace.lang), group_members(workspace.partnership, entry.id))
             for entry in workspace.partnership.rows("extra.groups", "rows")]  # fmt: skip
    return PartnersDialog(
        title, choices, ticked, groups=(everyone, *named_groups), group=_group_of(row), name_group=name_group
    )


def _group_of(row: Entry | None) -> str:
    """Return the id of the group that a row was given to, ALL for all partners; "" for none, or without a row."""
    partners_cell = row.get("partners") if row is not None else None
    return str(partners_cell.get("group", "")) if isinstance(partners_cell, dict) else ""


def _is_shared_field(screen: WorkScreen) -> bool:
    """Return whether several organisations may have the same value in the current field: it is no name and no list."""
    current = screen.form.current_field
    if current is None or current.field is None:
        return False
    return not current.part.list and current.field.id not in IDENTITY_FIELDS


def _shared_row(screen: WorkScreen) -> Entry | None:
    """Return the row of the current list that can be given to several partners: the current one, else the last.

    None if the current field is in no such list.
    """
    current = screen.form.current_field
    if current is None or not current.part.list or current.part.field("partners") is None:
        return None
    entry = screen.workspace.partnership.entry(screen.field_editor.begun_row_id or current.entry.id)
    if entry is not None:
        return entry
    rows = [row for row in screen.workspace.partnership.rows(current.entry.question, current.entry.part)
            if screen.workspace.place.partner in givers(row)]  # fmt: skip
    return rows[-1] if rows else None


BETWEEN_US_LETTER = "e"  # the letter that marks a line « entre nous »
TWO_COLUMNS_WIDTH = 64  # cells of the window from which the letters are in two columns


def visibility_words(workspace: Workspace, destination: Destination) -> str:
    """Return where the document shows lines sent to `destination`: « en 7 » (the section), « paraît », or « privé »."""
    if not note_sorting.is_printed_at_once(workspace, destination):
        return _("private")
    number = section_of(workspace, destination)
    return _("in {section}").format(section=number) if number else _("appears")


class SortScreen(ListDialog[None]):
    """Asks by a letter where a line of a note belongs, and sends it there.

    With `once` the dialog closes after one line, else when no line is left, or by Escape. `start` and `end` are the
    (line, column) of the text to sort; if they are equal, the whole line is sorted.
    """

    has_cursor = False
    keeps_between_us = True  # whether a line may be kept from every question
    about = N_("A letter sends the line to its question. What would become public is shown first; Enter then says yes.")

    def __init__(self, workspace: Workspace, start: TextPosition, end: TextPosition, *, once: bool) -> None:
        super().__init__()
        self.workspace = workspace
        self.start, self.end = start, end
        self.once = once
        self.result_message = ""  # what became of the last line, in a sentence
        self.lines_sent = 0  # how many times Backspace may undo
        # (where Enter would send the line, what that would make public); None while nothing is to be confirmed.
        self.to_confirm: tuple[Destination, MadePublic] | None = None

    def heading(self) -> str:
        """Return the question above the letters."""
        return _("Where does this line belong?")

    def _owner_name(self) -> Line:
        """Return the name of the partner whose note it is, as the end of the heading."""
        partner = find_partner(self.workspace.partnership, self.workspace.place.partner)
        if partner is None or not self.keeps_between_us:
            return ()
        name = partner.short(self.workspace.lang) or _("unnamed organization")
        return (Piece("  " + shorten(name, self.room - cells(self.heading()) - 4), "accent"),)

    @property
    def note(self) -> str:
        """The text of the note now."""
        return note_sorting.note_of(self.workspace, self.workspace.place.partner)

    @property
    def selected_words(self) -> str:
        """The words that the next letter sends: the line, or the selected part of the lines."""
        lines = self.note.split("\n")
        (first, left), (last, right) = sorted((self.start, self.end))
        if self.start == self.end:
            return lines[first].strip() if first < len(lines) else ""
        selected = lines[first : last + 1]
        selected[-1] = selected[-1][:right]  # the last line first: it may be the first line too
        selected[0] = selected[0][left:]
        return " / ".join(filter(None, (text.strip() for text in selected)))

    def paint(self) -> None:
        """Paint the line to sort with its destinations, or what would become public if that is to be confirmed."""
        width = self.room
        self.query_one(DialogFoot).show_keys(self.keys())
        if self.to_confirm is not None:
            self.pane.show(self._preview(width))
            return
        lines: list[Line] = [(Piece(f" {self.heading()}", "heading"), *self._owner_name()), ()]
        quoted = wrap(self.selected_words, width - 4, "   ", "   ")
        lines += [(Piece(text, "strong"),) for text in quoted[:3]]
        lines.append(())
        choices = [  # (letter, words, where the document shows it)
            (
                destination.letter,
                destination_label(self.workspace, destination),
                visibility_words(self.workspace, destination),
            )
            for destination in note_sorting.DESTINATIONS
        ]
        choices.append((note_sorting.OTHER, _("another question…"), ""))
        if self.keeps_between_us:
            choices.append((BETWEEN_US_LETTER, _("between us: no key sorts it"), _("private")))
        columns = 2 if width >= TWO_COLUMNS_WIDTH else 1
        rows = -(-len(choices) // columns)  # rounded up
        for at in range(rows):
            pieces: list[Piece] = []
            for letter, words, visibility in choices[at::rows]:
                room = width // columns - 7 - cells(visibility)  # 7: the letter and the spaces around
                short = shorten(words, room - 1)
                pieces += [Piece(f"   {letter}  ", "strong accent"), Piece(short + " " * (room - cells(short)))]
                pieces.append(Piece(f"{visibility} ", "muted"))
            lines.append(tuple(pieces))
        lines += [(Piece(f"   {self.result_message}", "accent"),), *self._legend(width)]
        self.pane.show(lines)

    def _preview(self, width: int) -> list[Line]:
        """Return what Enter makes public, as the document prints it, and the names that it gives away."""
        assert self.to_confirm is not None
        destination, public = self.to_confirm
        lines: list[Line] = [(Piece(f" {text}", "heading"),) for text in wrap(public.head, width - 2, "", "")]
        lines.append((Piece(f" {destination_label(self.workspace, destination)}", "muted"),))
        lines.append(())
        for line in public.lines:
            lines += [(Piece(text, "strong"),) for text in wrap(line, width - 4, "   ", "   ")]
        if public.warning:
            lines += [(), *((Piece(text, "warn"),) for text in wrap(public.warning, width - 4, "   ", "   "))]
        return lines

    def _legend(self, width: int) -> list[Line]:
        """Return lines that say what « en 5 » means, and when a contribution begins to appear in the document."""
        numbers = (section_of(self.workspace, destination) for destination in note_sorting.DESTINATIONS
                   if note_sorting.is_printed_at_once(self.workspace, destination))  # fmt: skip
        section = next(filter(None, numbers), "")
        legend = ""
        if section:
            legend = _("“in {section}”: it appears in section {section} of the document.").format(section=section)
        confirmed = next(destination for destination in note_sorting.DESTINATIONS if destination.state)
        if note_sorting.is_printed_at_once(self.workspace, replace(confirmed, state="")):
            legend += " " + _("This partner has said yes: what it brings begins as confirmed.")
        else:
            words = _("A contribution begins as wished for, private; {key} sends a confirmed one.")
            legend += " " + words.format(key=confirmed.letter)
        return [(Piece(text, "muted"),) for text in wrap(legend.strip(), width - 4, "   ", "   ")]

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the window, with what they do."""
        if self.to_confirm is not None:
            return [(_("Enter"), _("make it public")), (_("Esc"), _("no, another place"))]
        keys = [] if self.once else [(_("Space"), _("skip")), (_("Backspace"), _("take back"))]
        return [*keys, (_("Esc"), _("leave"))]

    # -- keys ----------------------------------------------------------------------------------------------------------

    def act(self, key: str) -> bool:
        """Act on a key: a letter sends the line, Space skips it, Backspace takes the last one back. Return True."""
        destination = next(
            (destination for destination in note_sorting.DESTINATIONS if destination.letter == key), None
        )
        if self.to_confirm is not None:
            return True  # no letter makes anything public
        if destination is not None:
            self.choose(destination)
        elif key == BETWEEN_US_LETTER:
            self._keep_between_us()
        elif key == note_sorting.OTHER:
            self._elsewhere()
        elif key == " " and not self.once:
            self._go_on(self.start[0])
        elif key == "backspace" and not self.once and self.lines_sent:
            self._take_back()
        return True

    def choose(self, destination: Destination) -> None:
        """Send the line if it stays private at `destination`; else show first what would become public."""
        public = made_public(self.workspace, self.note, self.start, self.end, destination)
        if public is None:
            self.send(destination)
        else:
            self.to_confirm = destination, public
            self.paint()

    def enter(self) -> bool:
        """Send the line that was shown as public. Return True."""
        if self.to_confirm is not None:
            destination, self.to_confirm = self.to_confirm[0], None
            self.send(destination)
        return True

    def leave(self) -> None:
        """Act on Escape: go back from what would be public to the letters, and from the letters to the note."""
        if self.to_confirm is None:
            super().leave()
        else:
            self.to_confirm = None
            self.paint()

    def _keep_between_us(self) -> None:
        """Mark the line « entre nous », so that it is never sorted, and go on."""
        place = note_sorting.mark_between_us(self.workspace, self.note, self.start, self.end)
        self.lines_sent += 1
        self.result_message = _("Between us: no key sorts it.")
        self._go_on(place[0] - 1)

    def send(self, destination: Destination) -> None:
        """Send the line, then show the next one."""
        _note, place = note_sorting.send(self.workspace, self.note, self.start, self.end, destination)
        self.lines_sent += 1
        unsorted = note_sorting.unsorted_lines(self.workspace, self.workspace.place.partner)
        self.result_message = _("Sent to “{question}”. Lines left: {n}.").format(
            question=destination_label(self.workspace, destination), n=unsorted
        )
        self._go_on(place[0] - 1)

    def _take_back(self) -> None:
        """Undo the last line that was sent, and show the first line to sort."""
        if self.workspace.undo():
            self.lines_sent -= 1
            self.result_message = _("Undone.")
            self._go_on(-1)

    def _go_on(self, after: int) -> None:
        """Show the next line to sort after line `after` (from 0); close the dialog if there is none."""
        place = note_sorting.next_line(self.note, after)
        is_done = place[0] <= after or not note_sorting.is_open(self.note.split("\n")[place[0]])
        self.start = self.end = place
        if self.once or is_done:
            self.dismiss(None)
        else:
            self.paint()

    def _elsewhere(self) -> None:
        """Ask for any other question, and send the line there."""
        destinations = {
            destination.id: destination for destination in note_sorting.other_destinations(self.workspace.guide)
        }
        choices = [
            Choice(destination.id, _long_label(self.workspace, destination)) for destination in destinations.values()
        ]

        def take_choice(name: str | None) -> None:
            if name:
                self.choose(destinations[name])

        self.app.push_screen(Picker(_("Send the line to…"), choices), take_choice)


def _long_label(workspace: Workspace, destination: Destination) -> str:
    """Return « question: destination », or the question's short name alone if the destination has the same name."""
    question = workspace.guide.question(destination.question)
    short, words = question.short.get(workspace.lang), destination_label(workspace, destination)
    if destination.question == WHO or words != short:
        return _("{question}: {name}").format(question=short, name=words)
    return short
