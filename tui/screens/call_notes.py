"""The call note of a partner: written, then sorted line after line to the questions."""

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
from tui.ui.page import WindowFoot
from tui.ui.partners_dialog import Group, PartnersDialog
from tui.workspace import note_sorting
from tui.workspace.note_preview import MadePublic, made_public, section_of
from tui.workspace.note_sorting import Destination, TextPosition, destination_label
from tui.workspace.place import NOTE, from_note, to_note
from tui.workspace.shared_answers import IDENTITY_FIELDS, give_rows, given_words, new_group, same_answer, same_field
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host


def from_document(screen: DocumentScreen) -> None:
    """From a line of the document to the private note of its partner, else of the present one."""
    app, workspace, place = screen.app, screen.workspace, screen.workspace.place
    if not partners(workspace.partnership):
        app.say(_("There is no partner yet to note a call with."))
        return
    came, row, cursor = screen.position()
    screen.close_field()
    named = screen.partner_here()
    place = replace(place, partner=named) if named else place
    app.to_questions(place if place.question == NOTE else to_note(place, cursor, came, row))
    app.save_and_keep_place()


async def call(screen: WorkScreen) -> None:
    """To the private note of this partner from wherever one is, or back to the same cursor."""
    app, workspace = screen.app, screen.workspace
    if not partners(workspace.partnership):
        app.say(_("There is no partner yet to note a call with."))
    elif workspace.place.question == NOTE:
        _back(app, screen)
    elif (
        workspace.question.scope == "project"
        and not workspace.partner_chosen
        and len(active(workspace.partnership)) > 1
    ):
        await _whose(screen)
    else:
        cursor = screen.editor.cursor_location if screen.editor.display else None
        screen.go(to_note(workspace.place, cursor, "writing" if screen.writing else "moving"), writing=True)
        _say_of_when(screen)


def _say_of_when(screen: WorkScreen) -> None:
    """Of a note of an earlier day, say so and how the next call begins with an empty one."""
    workspace = screen.workspace
    note = workspace.partnership.entry(f"{NOTE}:{workspace.place.partner}")
    on = str(note.get("on", "")) if note is not None and note.text("text", workspace.lang) else ""
    if on and on < current_moment()[:10]:
        said = _("The note of the call {date}. “{command}” keeps it, and begins the next one.")
        screen.say(said.format(date=format_of(on, workspace.lang), command=BY_ID["note_call"].name))


async def _whose(screen: WorkScreen) -> None:
    """Ask whose note, where no partner is in hand."""
    workspace = screen.workspace
    choices = [
        Choice(partner.id, partner.name(workspace.lang) or _("unnamed organization"))
        for partner in active(workspace.partnership)
    ]
    cursor = screen.editor.cursor_location if screen.editor.display else None

    name = await answer_to(Picker(_("Whose call note?"), choices))
    if name:
        came = "writing" if screen.writing else "moving"
        screen.go(to_note(replace(workspace.place, partner=name), cursor, came), writing=True)


def _back(app: Host, screen: WorkScreen) -> None:
    back = from_note(screen.workspace.place)
    if back.came in ("document", "field"):
        cursor = back.place.cursor
        screen.go(replace(back.place, cursor=None))
        app.push_screen(DocumentScreen(screen.workspace, row=back.row, opened=back.came == "field", cursor=cursor))
    elif back.came == "moving":
        screen.go(back.place, writing=False)
        to_plan(screen)
    else:
        screen.go(back.place, writing=True)


async def sort_line(screen: WorkScreen) -> None:
    """Send the line, or what is selected, to a question by one letter."""
    await _sort(screen, once=True)


async def sort_note(screen: WorkScreen) -> None:
    """Sort the whole note: a letter a line, from the first that is not sorted yet."""
    await _sort(screen, once=False)


async def _sort(screen: WorkScreen, *, once: bool) -> None:
    workspace = screen.workspace
    if workspace.place.question != NOTE:
        screen.say(_("Sorting is done in a call note ({key}).").format(key=key_meanwhile("call")))
        return
    start, end = screen.editor.selection
    note = note_sorting.note_of(workspace, workspace.place.partner)
    if once and note_sorting.holds_between_us(note, start, end):
        screen.say(_("A line marked “between us”: no key sorts it."))
        return
    if not note_sorting.unsorted_lines(workspace, workspace.place.partner) and not (
        once and screen.editor.selected_text
    ):
        screen.say(_("Every line of this note is sorted."))
        return
    if not once or start == end:
        start = end = note_sorting.position_to_sort(note, start[0] if once else 0)
    workspace.edits.end_typing()
    window = SortScreen(workspace, start, end, once=once)

    await answer_to(window)
    workspace.place = replace(workspace.place, cursor=window.start)
    screen.field_editor.reload_later()
    screen.paint()
    screen.say(window.said)


async def same(screen: WorkScreen) -> None:
    """Give the row one stands on, the whole answer, or a field of an organisation, to other partners as well."""
    workspace, here = screen.workspace, screen.form.current_field
    row = _row(screen)
    if workspace.question.scope == "project" and row is None:
        screen.say(_("This question is asked once, for everyone."))
        return
    if workspace.question.id == WHO and not _shared_field(screen):
        screen.say(_("What an organization is called is its own; stand on where things stand, on its role…"))
        return
    what = _what_is_given(screen, row)
    known = givers(row) if row is not None else (workspace.place.partner,)
    choices = [
        (partner.id, partner.name(workspace.lang) or _("unnamed organization"))
        for partner in active(workspace.partnership)
    ]
    if workspace.question.scope == "pair":
        choices = [choice for choice in choices if choice[0] != workspace.place.other]

    asked = _("Who gives this? {what}") if row is not None else _("The same answer for… {what}")
    title = asked.format(what=shorten(what, _SAID))
    ticked = await answer_to(_window(screen, title, choices, known, row))
    if ticked is None:
        return
    screen.field_editor.finish()
    if row is not None:
        count = give_rows(workspace, row, ticked.ids, ticked.group)
        if ticked.ids and workspace.question.scope != "project" and workspace.place.partner not in ticked.ids:
            workspace.go(replace(workspace.place, partner=ticked.ids[0]))  # or the line would be out of sight
    elif workspace.question.id == WHO and here is not None and here.field is not None:
        count = same_field(workspace, here.field, ticked.ids)
    else:
        count = same_answer(workspace, ticked.ids)
        if workspace.question.id in POSITIONS:
            ask_which_text(screen.app, workspace, workspace.question.id, ticked.ids)
    screen.field_editor.reload_later()
    screen.paint()
    said = ngettext("{what}: the same for {n} partner.", "{what}: the same for {n} partners.", count)
    screen.say(said.format(what=shorten(what, _SAID), n=count))


_SAID = 120  # cells of what is given to others, as it is told


def _what_is_given(screen: WorkScreen, row: Entry | None) -> str:
    """What the same answer for others gives: the words of the row, the field one stands at, or the whole answer."""
    workspace, here = screen.workspace, screen.form.current_field
    if row is not None:
        part = workspace.guide.question(row.question).part(row.part)
        field = part.main if part is not None else None
        said = workspace.form_context.field_text(row, field) if field is not None else ""
        return _("“{text}”").format(text=one_line(said) or "—")
    if workspace.question.id == WHO and here is not None:
        return given_words(workspace, here.field)
    return given_words(workspace)


def _window(
    screen: WorkScreen, title: str, choices: list[tuple[str, str]], known: tuple[str, ...], row: Entry | None
) -> PartnersDialog:
    """Return the partners to tick, with « tous » and the named groups above them."""
    workspace = screen.workspace

    def name_group(name: str, ids: tuple[str, ...]) -> Group:
        return Group(new_group(workspace, name, ids).id, name, ids)

    given = row.get("partners") if row is not None else None
    group = str(given.get("group", "")) if isinstance(given, dict) else ""
    everyone = Group(ALL, EVERYONE[workspace.lang], group_members(workspace.partnership, ALL))
    named = [Group(entry.id, entry.text("name", workspace.lang), group_members(workspace.partnership, entry.id))
             for entry in workspace.partnership.rows("extra.groups", "rows")]  # fmt: skip
    return PartnersDialog(title, choices, known, groups=(everyone, *named), group=group, name_group=name_group)


def _shared_field(screen: WorkScreen) -> bool:
    here = screen.form.current_field
    return here is not None and here.field is not None and not here.part.list and here.field.id not in IDENTITY_FIELDS


def _row(screen: WorkScreen) -> Entry | None:
    """The row of a list one stands on, or the last one added, if it can be given by several."""
    here = screen.form.current_field
    if here is None or not here.part.list or here.part.field("partners") is None:
        return None
    entry = screen.workspace.partnership.entry(screen.field_editor.begun_row or here.entry.id)
    if entry is not None:
        return entry
    rows = [row for row in screen.workspace.partnership.rows(here.entry.question, here.entry.part)
            if screen.workspace.place.partner in givers(row)]  # fmt: skip
    return rows[-1] if rows else None


BETWEEN_US = "e"  # the letter that marks a line « entre nous »
WIDE = 64  # cells from which the places stand in two columns


def seen_words(workspace: Workspace, destination: Destination) -> str:
    """« privé », or « en 7 »: whether what is sent there appears, and in which section of the document."""
    if not note_sorting.is_printed_at_once(workspace, destination):
        return _("private")
    number = section_of(workspace, destination)
    return _("in {section}").format(section=number) if number else _("appears")


class SortScreen(ListDialog[None]):
    """The window of one note. With `once` the first letter ends it; else it ends when no line is left, or by Escape."""

    walked = False
    keeps_between_us = True  # whether a line may be kept from every question
    about = N_("A letter sends the line to its question. What would become public is shown first; Enter then says yes.")

    def __init__(self, workspace: Workspace, start: TextPosition, end: TextPosition, *, once: bool) -> None:
        super().__init__()
        self.workspace = workspace
        self.start, self.end = start, end
        self.once = once
        self.said = ""
        self.sent = 0
        self.asked: tuple[Destination, MadePublic] | None = None  # what Enter would make public

    def heading(self) -> str:
        """Return what is asked."""
        return _("Where does this line belong?")

    def _whose(self) -> Line:
        """Whose note it is: what is sent stands under that partner's name."""
        known = find_partner(self.workspace.partnership, self.workspace.place.partner)
        if known is None or not self.keeps_between_us:
            return ()
        name = known.short(self.workspace.lang) or _("unnamed organization")
        return (Piece("  " + shorten(name, self.room - cells(self.heading()) - 4), "accent"),)

    @property
    def note(self) -> str:
        """The note as it stands."""
        return note_sorting.note_of(self.workspace, self.workspace.place.partner)

    @property
    def words(self) -> str:
        """What the next letter sends."""
        lines = self.note.split("\n")
        (first, left), (last, right) = sorted((self.start, self.end))
        if self.start == self.end:
            return lines[first].strip() if first < len(lines) else ""
        picked = lines[first : last + 1]
        picked[-1] = picked[-1][:right]
        picked[0] = picked[0][left:]
        return " / ".join(filter(None, (text.strip() for text in picked)))

    def paint(self) -> None:
        """Paint the line to sort and where it may go."""
        width = self.room
        self.query_one(WindowFoot).show_keys(self.keys())
        if self.asked is not None:
            self.pane.show(self._preview(width))
            return
        lines: list[Line] = [(Piece(f" {self.heading()}", "heading"), *self._whose()), ()]
        quoted = wrap(self.words, width - 4, "   ", "   ")
        lines += [(Piece(text, "strong"),) for text in [*quoted[:3]]]
        lines.append(())
        choices = [
            (
                destination.letter,
                destination_label(self.workspace, destination),
                seen_words(self.workspace, destination),
            )
            for destination in note_sorting.DESTINATIONS
        ]
        choices.append((note_sorting.OTHER, _("another question…"), ""))
        if self.keeps_between_us:
            choices.append((BETWEEN_US, _("between us: no key sorts it"), _("private")))
        columns = 2 if width >= WIDE else 1
        rows = -(-len(choices) // columns)
        for at in range(rows):
            pieces: list[Piece] = []
            for letter, words, seen in choices[at::rows]:
                room = width // columns - 7 - cells(seen)
                short = shorten(words, room - 1)
                pieces += [Piece(f"   {letter}  ", "strong accent"), Piece(short + " " * (room - cells(short)))]
                pieces.append(Piece(f"{seen} ", "muted"))
            lines.append(tuple(pieces))
        lines += [(Piece(f"   {self.said}", "accent"),), *self._legend(width)]
        self.pane.show(lines)

    def _preview(self, width: int) -> list[Line]:
        """Return what Enter makes public, as the document prints it, and the names that it gives away."""
        assert self.asked is not None
        destination, public = self.asked
        lines: list[Line] = [(Piece(f" {text}", "heading"),) for text in wrap(public.head, width - 2, "", "")]
        lines.append((Piece(f" {destination_label(self.workspace, destination)}", "muted"),))
        lines.append(())
        for said in public.lines:
            lines += [(Piece(text, "strong"),) for text in wrap(said, width - 4, "   ", "   ")]
        if public.warning:
            lines += [(), *((Piece(text, "warn"),) for text in wrap(public.warning, width - 4, "   ", "   "))]
        return lines

    def _legend(self, width: int) -> list[Line]:
        """Return what « en 5 » means, told by a number that stands above, and how a contribution comes to appear."""
        numbers = (section_of(self.workspace, destination) for destination in note_sorting.DESTINATIONS
                   if note_sorting.is_printed_at_once(self.workspace, destination))  # fmt: skip
        section = next(filter(None, numbers), "")
        said = _("“in {section}”: it appears in section {section} of the document.").format(section=section)
        said = said if section else ""
        confirmed = next(destination for destination in note_sorting.DESTINATIONS if destination.state)
        if note_sorting.is_printed_at_once(self.workspace, replace(confirmed, state="")):
            said += " " + _("This partner has said yes: what it brings begins as confirmed.")
        else:
            words = _("A contribution begins as wished for, private; {key} sends a confirmed one.")
            said += " " + words.format(key=confirmed.letter)
        return [(Piece(text, "muted"),) for text in wrap(said.strip(), width - 4, "   ", "   ")]

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what is done with the line."""
        if self.asked is not None:
            return [(_("Enter"), _("make it public")), (_("Esc"), _("no, another place"))]
        keys = [] if self.once else [(_("Space"), _("skip")), (_("Backspace"), _("take back"))]
        return [*keys, (_("Esc"), _("leave"))]

    # -- keys ----------------------------------------------------------------------------------------------------------

    def act(self, key: str) -> bool:
        """A letter sends the line; Space leaves it in the note and goes on."""
        destination = next(
            (destination for destination in note_sorting.DESTINATIONS if destination.letter == key), None
        )
        if self.asked is not None:
            return True  # no letter makes anything public
        if destination is not None:
            self.choose(destination)
        elif key == BETWEEN_US:
            self._keep_between_us()
        elif key == note_sorting.OTHER:
            self._elsewhere()
        elif key == " " and not self.once:
            self._on(self.start[0])
        elif key == "backspace" and not self.once and self.sent:
            self._take_back()
        return True

    def choose(self, destination: Destination) -> None:
        """Send what is shown where it stays private; else show first what becomes public."""
        public = made_public(self.workspace, self.note, self.start, self.end, destination)
        if public is None:
            self.send(destination)
        else:
            self.asked = destination, public
            self.paint()

    def enter(self) -> bool:
        """Make public what is shown."""
        if self.asked is not None:
            destination, self.asked = self.asked[0], None
            self.send(destination)
        return True

    def leave(self) -> None:
        """Go back from what would be public to the places, and from those to the note."""
        if self.asked is None:
            super().leave()
        else:
            self.asked = None
            self.paint()

    def _keep_between_us(self) -> None:
        """Mark what is shown: from now on no key sorts it."""
        place = note_sorting.mark_between_us(self.workspace, self.note, self.start, self.end)
        self.sent += 1
        self.said = _("Between us: no key sorts it.")
        self._on(place[0] - 1)

    def send(self, destination: Destination) -> None:
        """Send what is shown, then show the next line."""
        _note, place = note_sorting.send(self.workspace, self.note, self.start, self.end, destination)
        self.sent += 1
        left = note_sorting.unsorted_lines(self.workspace, self.workspace.place.partner)
        self.said = _("Sent to “{question}”. Lines left: {n}.").format(
            question=destination_label(self.workspace, destination), n=left
        )
        self._on(place[0] - 1)

    def _take_back(self) -> None:
        if self.workspace.undo():
            self.sent -= 1
            self.said = _("Undone.")
            self._on(-1)

    def _on(self, after: int) -> None:
        """To the next line that is to be sorted, or out."""
        place = note_sorting.next_line(self.note, after)
        done = place[0] <= after or not note_sorting.is_open(self.note.split("\n")[place[0]])
        self.start = self.end = place
        if self.once or done:
            self.dismiss(None)
        else:
            self.paint()

    def _elsewhere(self) -> None:
        destinations = {
            destination.id: destination for destination in note_sorting.other_destinations(self.workspace.guide)
        }
        choices = [Choice(destination.id, _long(self.workspace, destination)) for destination in destinations.values()]

        def chosen(name: str | None) -> None:
            if name:
                self.choose(destinations[name])

        self.app.push_screen(Picker(_("Send the line to…"), choices), chosen)


def _long(workspace: Workspace, destination: Destination) -> str:
    question = workspace.guide.question(destination.question)
    short, words = question.short.get(workspace.lang), destination_label(workspace, destination)
    if destination.question == WHO or words != short:
        return _("{question}: {name}").format(question=short, name=words)
    return short
