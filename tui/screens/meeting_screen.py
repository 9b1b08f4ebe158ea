"""The meeting on one page: people, decisions, tasks, points set aside, and the minutes.

A *seat* is a person who may be at the meeting, with the mark of presence; a *noted line* is a decision, a task or a
point (a subject set aside for later). The page is *projected* if all in the room see it on a wall.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.agreement.blocks import Agreement
from tui.commands import MEETING, PROJECTION, command, hint
from tui.fast_dataclass import dataclass
from tui.i18n import N_, _, ngettext
from tui.partnership.agendas import agenda_items, unfinished_items
from tui.partnership.decisions import DECISION, POINT, REPLACED_ON, kind_of
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import (
    DECISIONS,
    MARKS,
    TASKS,
    Seat,
    meeting_open_at,
    points_of,
    rows_of_meeting,
    seat_name,
    seats,
)
from tui.partnership.partners import find_partner
from tui.partnership.values import Entry
from tui.screens import question_round_screen
from tui.screens.agenda_screen import item_facts
from tui.screens.mandate_dialogs import ask_mandate
from tui.screens.minutes_screen import minutes_name, minutes_of, open_minutes
from tui.screens.next_meeting_dialog import ask_next_meeting
from tui.store.store_errors import StoreError
from tui.text.dates import format_date, format_time_of_day
from tui.ui import glyphs
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.host import Asking
from tui.ui.page import PageRow, RowsScreen
from tui.workspace import agenda_edits, meeting_edits, table_mandates
from tui.workspace.noted_lines import decision_beside, entered_words, partners_by_words
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host


@dataclass(frozen=True, slots=True)
class _RowSubject:
    """What the current row is about: one of the three below, or nothing (all None)."""

    seat: Seat | None = None  # a person who may be there
    noted_line: Entry | None = None  # a decision, a task or a point set aside
    item: Entry | None = None  # of the agenda


class MeetingScreen(RowsScreen):
    """The page of one meeting; if `projected`, only with people who may be named, and no messages of other screens."""

    about = N_(
        "Who is there, what is decided, who does what, and what waits. 1, 2 and 3 mark the person one stands at; Enter "
        "changes a line. The meeting begins with the first thing that is noted."
    )

    def __init__(self, workspace: Workspace, meeting: Entry, *, projected: bool = False) -> None:
        super().__init__(workspace)
        self._meeting = meeting  # as it was when the page opened; see `meeting`
        self.projected = projected
        self.where = PROJECTION if projected else MEETING
        self._subjects: list[_RowSubject] = []  # one for each row that can be current, in their order
        self._was_painted = False

    @property
    def meeting(self) -> Entry:
        """The meeting as it is stored; if it is not, today's meeting if a command began one; else as it was planned."""
        stored = self.workspace.partnership.entry(self._meeting.id)
        if stored is None:
            stored = meeting_edits.todays_meeting(self.workspace)
        if stored is not None:
            self._meeting = stored
        return self._meeting

    @property
    def _has_begun(self) -> bool:
        """Whether the meeting was begun; True too if that was undone, which removes the entry."""
        stored = self.workspace.partnership.entry(self.meeting.id)
        return stored is not None and (bool(stored.get("opened") or stored.get("closed")) or not stored.is_in_use)

    def _begin(self) -> Entry:
        """Begin the meeting, unless it has begun, and return it."""
        self._meeting = meeting_edits.begin_meeting(self.workspace, self.meeting)
        return self._meeting

    def heading(self) -> str:
        """Return the title: « Rencontre du 25 novembre 2026 · commencée à 18 h 02 »."""
        lang, row = self.workspace.lang, self.meeting
        text = _("Meeting of {date}").format(date=format_date(str(row.get("on", "")), lang))
        if self.projected:
            return f"{self.workspace.agreement.title} · {text}"
        if meeting_open_at(self.workspace.partnership, current_moment()) == row:
            since = format_time_of_day(str(row.get("opened", "")), lang)
            return text + " · " + _("began at {time}").format(time=since)
        if not self._has_begun:
            return text + " · " + _("begins with the first thing you note")
        return text + " · " + _("ended") if row.get("closed") else text

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the current row first, then those of commands."""
        hints: list[tuple[str, str]] = []
        command_ids: tuple[str, ...] = ("decision", "task", "close_meeting", "minutes")
        if self._subject.item is not None:
            command_ids = ("next_item", "pass_together", "decision", "task", "close_meeting")
        elif self.current_noted_line is not None:
            command_ids = ("sort_line", "turn_line", "replace_decision", "decision", "close_meeting")
        elif self.current_seat is not None:
            hints = [("1", _("present")), ("2", _("excused")), ("3", _("absent")), (_("Del"), _("no mark"))]
            if self._is_present(self.current_seat):
                aside = [] if self.projected else [("5", _("stands aside"))]
                mandate = [] if self.projected else [("6", _("mandate"))]
                hints = [("4", _("has left")), *aside, *mandate, (_("Del"), _("no mark"))]
            command_ids = ("decision", "close_meeting")
        for command_id in command_ids:
            is_taken_up = command_id == "close_meeting" and self.meeting.get("closed")
            if self.where in command(command_id).where:
                hints += hint(command_id, _("take up again") if is_taken_up else command(command_id).footer_name)
        return [*hints, (_("Esc"), _("back"))]

    @property
    def _subject(self) -> _RowSubject:
        """What the current row is about."""
        return self._subjects[self._at] if self._at < len(self._subjects) else _RowSubject()

    @property
    def current_seat(self) -> Seat | None:
        """The seat of the current row, None if it is about no person."""
        return self._subject.seat

    @property
    def current_noted_line(self) -> Entry | None:
        """The decision, task or point of the current row, None if it is none of these."""
        return self._subject.noted_line

    # -- the rows of the page ------------------------------------------------------------------------------------------

    def rows(self) -> Sequence[PageRow]:
        """Return the place, agenda, people, questions asked, decisions, tasks, and points set aside for later."""
        self._subjects = []
        partnership, meeting_id = self.workspace.partnership, self.meeting.id
        place = self.meeting.text("place", self.workspace.lang)
        place_row = PageRow(_("Place: {place}").format(place=place or "—"), "", self._edit_place)
        rows = [self._selectable(place_row), PageRow()]
        rows += self._agenda()
        all_seats = self._seats()
        present = sum(seat.mark == MARKS[0] for seat in all_seats)
        label = self.workspace.guide.word("attendance", self.workspace.lang)
        count = "" if self.projected else _("{done} of {total}").format(done=present, total=len(all_seats))
        rows.append(PageRow(label, "heading", behind=count))
        rows += [self._seat_row(seat) for seat in all_seats]
        round_rows = question_round_screen.question_rows(self.app, self.workspace, meeting_id, projected=self.projected)
        rows += [self._selectable(row) if row.act is not None else row for row in round_rows]
        rows += self._noted_rows("decisions", rows_of_meeting(partnership, meeting_id, DECISIONS))
        rows += self._noted_rows("tasks", rows_of_meeting(partnership, meeting_id, TASKS))
        rows += self._noted_rows("set_aside", points_of(partnership, meeting_id))
        return rows

    def _selectable(
        self, row: PageRow, seat: Seat | None = None, noted: Entry | None = None, item: Entry | None = None
    ) -> PageRow:
        """Return `row` and note what it is about; called for each row that can be current, in their order."""
        self._subjects.append(_RowSubject(seat, noted, item))
        return row

    def _agenda(self) -> list[PageRow]:
        """Return the agenda, each item marked as done, current or left; [] if there is none."""
        items = agenda_items(self.workspace.partnership, self.meeting.id)
        if not items:
            return []
        ids_left = [row.id for row in unfinished_items(self.workspace.partnership, self.meeting.id)]
        rows = [PageRow(self.workspace.guide.word("agenda", self.workspace.lang), "heading")]
        for number, row in enumerate(items, 1):
            is_current, is_done = ids_left[:1] == [row.id], row.id not in ids_left
            mark = "›" if is_current else glyphs.radio(is_done)
            style_if_not_current = "done" if is_done else ""
            style = "accent" if is_current else style_if_not_current
            facts = "" if self.projected else item_facts(self.workspace, row)
            text = f"{mark} {number}. {row.text('text', self.workspace.lang)}"
            rows.append(self._selectable(PageRow(text, style, self._together_toggler(row), facts, 3), item=row))
        return [*rows, PageRow()]

    def _together_toggler(self, row: Entry) -> Callable[[], None]:
        """Return what Enter does on an item: mark it to pass at once with others (without talk), or unmark it."""

        def act() -> None:
            together = agenda_edits.toggle_together(self.workspace, row)
            self.paint()
            self.say_to_room(
                _("It passes with the others at once.") if together else _("It is talked about by itself.")
            )

        return act

    def next_item(self) -> None:
        """Mark the current item of the agenda as done, and say which comes next."""
        was_done, item = agenda_edits.next_item(self.workspace, self.meeting)
        self.paint()
        if item is not None:
            self.say_to_room(_("Now: {text}").format(text=item.text("text", self.workspace.lang)))
        else:
            self.say_to_room(_("The agenda is done.") if was_done else _("Nothing is left on the agenda."))

    def pass_together(self) -> None:
        """Note each item that is marked to pass at once as a decision."""
        try:
            count = agenda_edits.pass_together(self.workspace, self.app.store, self.meeting)
        except (BadValue, StoreError) as error:
            self.say_to_room(str(error))
            return
        self.paint()
        message = ngettext("{n} item passed; it is a decision.", "{n} items passed; each is a decision.", count)
        self.say_to_room(message.format(n=count) if count else _("No item is marked to pass at once; Enter marks one."))

    def keep_for_call(self, row: Entry) -> None:
        """Ask with which partner's next call to keep a point; a point that is kept already is kept no longer."""
        if row.get("for_call"):
            agenda_edits.keep_for_call(self.workspace, row, "")
            self.paint()
            return
        candidates = partners_by_words(self.workspace, row.text("text", self.workspace.lang))
        choices = [
            Choice(partner.id, partner.name(self.workspace.lang) or _("unnamed organization")) for partner in candidates
        ]

        def keep(partner_id: str | None) -> None:
            if partner_id:
                agenda_edits.keep_for_call(self.workspace, row, partner_id)
                self.paint()

        self.app.push_screen(Picker(_("Kept for the next call with…"), choices), keep)

    def _seats(self) -> list[Seat]:
        """Return everyone who may be there; if projected only people of organisations that may be named."""
        everyone = seats(self.workspace.partnership, self.meeting.id, self.workspace.lang)
        if not self.projected:
            return list(everyone)
        partners = {seat.partner: find_partner(self.workspace.partnership, seat.partner) for seat in everyone}
        return [seat for seat in everyone if (partner := partners[seat.partner]) is not None and partner.may_appear]

    def _seat_row(self, seat: Seat) -> PageRow:
        """Return the row of a person: name, title and organisation, then the mark with what else is noted."""
        lang = self.workspace.lang
        partner = find_partner(self.workspace.partnership, seat.partner) if seat.partner else None
        whose = partner.short(lang) if partner is not None and seat.name else ""
        text = ", ".join(filter(None, (seat_name(self.workspace.partnership, seat, lang), seat.title, whose)))
        word = self.workspace.guide.choice("presence", seat.mark, lang) if seat.mark else ""
        style = "" if seat.mark != MARKS[0] else "done"
        if seat.left and seat.mark == MARKS[0]:
            word = ", ".join((word, _("left at {time}").format(time=format_time_of_day(seat.left, lang))))
        if seat.stands_aside and not self.projected:
            word = ", ".join((word, _("stands aside")))
        if not self.projected:
            word = ", ".join(filter(None, (word, table_mandates.mandate_words(self.workspace, seat))))
        label = f"{glyphs.radio(seat.mark == MARKS[0])} {text}"
        return self._selectable(PageRow(label, style, lambda: self._toggle_present(seat), word, 3), seat)

    def _noted_rows(self, word: str, entries: Sequence[Entry]) -> list[PageRow]:
        """Return the rows of decisions, tasks or points, under the heading `word` (of the guide)."""
        rows = [PageRow(), PageRow(self.workspace.guide.word(word, self.workspace.lang), "heading")]
        for at, noted_line in enumerate(entries, 1):
            facts = "" if self.projected else _facts_behind_line(self.workspace, noted_line)
            text = f"{at}. {noted_line.text('text', self.workspace.lang)}"
            style = "muted" if noted_line.get(REPLACED_ON) else ""
            row = PageRow(text, style, self._line_editor(noted_line), facts, 3)
            rows.append(self._selectable(row, noted=noted_line))
            details = () if self.projected else decision_beside(self.workspace, noted_line)
            rows += [PageRow(line, "muted", indent=6) for line in details]
        return rows if entries else [*rows, PageRow("—", "muted", indent=3)]

    # -- actions -------------------------------------------------------------------------------------------------------

    def act(self, key: str) -> bool:
        """Act on a key: 1 to 3 mark the current person and go on; 4 left, 5 stands aside, 6 mandate, Del no mark."""
        seat = self.current_seat
        if key.isdecimal() and 0 < int(key) <= len(MARKS) and seat is not None:
            self._mark(seat, MARKS[int(key) - 1])
            return True
        if key in ("4", "5") and self._is_present(seat) and not (self.projected and key == "5"):
            assert seat is not None
            self._toggle_away(seat, key)
            return True
        if key == "6" and seat is not None and not self.projected and not self.meeting.get("closed"):
            ask_mandate(self.app, self.workspace, self._begin, seat, self.paint)
            return True
        if key in ("backspace", "delete") and seat is not None:
            if seat.mark:
                self._mark(seat, "")
            return True
        return super().act(key)

    def _is_present(self, seat: Seat | None) -> bool:
        """Return whether `seat` is of a person marked present, in a meeting that is not closed."""
        return seat is not None and seat.mark == MARKS[0] and bool(seat.row) and not self.meeting.get("closed")

    def _toggle_away(self, seat: Seat, key: str) -> None:
        """Note that a person has left (4), or takes no part in what is discussed now (5); if so already, is back."""
        name = seat_name(self.workspace.partnership, seat, self.workspace.lang)
        toggle = meeting_edits.toggle_left if key == "4" else meeting_edits.toggle_stands_aside
        message = _("{name}: has left.") if key == "4" else _("{name}: stands aside, which stays private.")
        is_away = toggle(self.workspace, seat)
        self.paint()
        self.say_to_room((message if is_away else _("{name}: is back.")).format(name=name))

    def _toggle_present(self, seat: Seat) -> None:
        """Mark a person present, or take that mark away; say how to change another mark."""
        if seat.mark in ("", MARKS[0]):
            self._mark(seat, "" if seat.mark else MARKS[0])
        else:
            self.say_to_room(_("1, 2 or 3 changes the mark; Del takes it away."))

    def _mark(self, seat: Seat, presence: str) -> None:
        """Mark a person with the code `presence` and go on to the next; "" takes the mark away and stays."""
        meeting_edits.set_presence(self.workspace, self._begin(), seat, presence)
        if not presence:
            self.paint()
            return
        self._at += 1
        self.paint()
        next_seat = self.current_seat
        if next_seat is not None and next_seat.key != seat.key:
            lang, partnership = self.workspace.lang, self.workspace.partnership
            message = _("{name}: {mark} → now {next}").format(
                name=seat_name(partnership, seat, lang),
                mark=self.workspace.guide.choice("presence", presence, lang),
                next=seat_name(partnership, next_seat, lang),
            )
            self.say_to_room(message)

    def paint(self) -> None:
        """Paint the page, the first time at the first person; leave it once the meeting's beginning was undone."""
        if self._has_begun and not self.meeting.is_in_use:
            self.app.call_later(self.app.pop_screen)
            return
        if not self._was_painted and self.size.width:
            self._was_painted = True
            self.rows()
            self._at = next((at for at, subject in enumerate(self._subjects) if subject.seat is not None), 0)
        super().paint()

    def _edit_place(self) -> None:
        """Ask where the meeting is held, and note it."""

        def take_text(text: str | None) -> None:
            if text is not None and text.strip() != self.meeting.text("place", self.workspace.lang):
                meeting_edits.set_place(self.workspace, self._begin(), text)
                self.paint()

        text = self.meeting.text("place", self.workspace.lang)
        ask_text(self.app, "meeting.place", _("Where is it held?"), take_text, row=self.meeting.id, text=text)

    def _line_editor(self, entry: Entry) -> Callable[[], None]:
        """Return what Enter does on a noted line: it asks for its text; an empty text removes the line."""
        field = self.workspace.guide.question(entry.question).part(entry.part).field("text")  # type: ignore[union-attr]
        assert field is not None

        def take_text(text: str | None) -> None:
            if text is not None:
                meeting_edits.reword(self.workspace, entry, text)
                self.paint()

        def act() -> None:
            text = entry.text("text", self.workspace.lang)
            ask_text(self.app, "meeting.line", field.label.get(self.workspace.lang), take_text, row=entry.id, text=text)

        return act

    def say(self, text: str) -> None:
        """Show a message of other screens, but not if projected: it may name a file or a person."""
        if not self.projected:
            self.say_to_room(text)

    def likely_commands(self) -> tuple[str, ...]:
        """Return the ids of the commands for the current row."""
        if self._subject.item is not None:
            return ("next_item", "pass_together", "decision", "task", "aside")
        if self.current_noted_line is None:
            return ()
        is_point = kind_of(self.current_noted_line) == POINT
        for_kind = ("for_call",) if is_point else ("replace_decision", "decision_result")
        return ("sort_line", "turn_line", *for_kind, "proposer", "decision", "task", "aside")

    def run_own_command(self, command_id: str) -> bool:
        """Run "minutes" for this meeting, once it has begun; return False for any other command."""
        if command_id == "minutes" and self._has_begun and not self.projected:
            open_minutes(self.app, self.meeting)
            return True
        return False

    def own_document(self) -> Agreement | None:
        """Return the minutes of this meeting, once it has begun."""
        return minutes_of(self.app, self.meeting) if self._has_begun else None

    def own_document_name(self) -> str:
        """Return the end of the file name of the minutes, which holds the day of the meeting."""
        return minutes_name(minutes_of(self.app, self.meeting))

    def own_command(self) -> tuple[str, ...]:
        """Return the command that prints the minutes of this meeting."""
        return ("minutes", "--meeting", self.meeting.id)

    def arrive(self) -> None:
        """Ask for the name of a person who is not listed: of the current row's partner, else a guest."""
        seat = self.current_seat
        partner = find_partner(self.workspace.partnership, seat.partner) if seat is not None and seat.partner else None
        title = (
            _("Name; title ({name})").format(name=partner.short(self.workspace.lang))
            if partner is not None
            else _("Name; title (guest)")
        )

        def take_text(text: str | None) -> None:
            if text and text.strip():
                meeting_edits.note_arrival(
                    self.workspace, self._begin(), text, partner.id if partner is not None else ""
                )
                self.paint()

        ask_text(self.app, "meeting.arrive", title, take_text, row=partner.id if partner is not None else "")

    def on_line(self, act: Callable[[Host, Entry], Asking | None]) -> Asking | None:
        """Call `act` with the current decision, task or point; on any other row tell the user to go to one."""
        row = self.current_noted_line
        if row is None:
            self.say_to_room(_("Stand on a decision, a task or a point first."))
            return None
        return act(self.app, row)

    def on_decision(self, act: Callable[[Host, Entry], Asking | None]) -> Asking | None:
        """Call `act` with the current decision; on any other row tell the user to go to one."""
        row = self.current_noted_line
        if row is None or kind_of(row) != DECISION:
            self.say_to_room(_("Stand on a decision first."))
            return None
        return act(self.app, row)

    def ask_result(self, row: Entry) -> None:
        """Ask for the result of a decision in the user's own words."""

        def take_text(text: str | None) -> None:
            if text is not None:
                meeting_edits.write_result(self.workspace, row, text)
                self.paint()

        text = row.text("result", self.workspace.lang)
        ask_text(self.app, "decision.result", _("The result, as you write it"), take_text, row=row.id, text=text)

    def on_point(self, act: Callable[[Entry], None]) -> None:
        """Call `act` with the current point set aside; on any other row tell the user to go to one."""
        row = self.current_noted_line
        if row is None or kind_of(row) != POINT:
            self.say_to_room(_("Stand on a point set aside first."))
        else:
            act(row)

    def end(self) -> None:
        """End the meeting, then ask for the next one or show the minutes; a meeting that has ended is reopened."""
        if self.meeting.get("closed"):
            meeting_edits.reopen_meeting(self.workspace, self.meeting)
            self.paint()
            return
        if not self._has_begun:
            self.say_to_room(_("Nothing was noted yet: there is no meeting to end."))
            return
        meeting_edits.close_meeting(self.workspace, self.meeting)
        self.paint()
        if agenda_items(self.workspace.partnership, self.meeting.id) and not self.projected:
            ask_next_meeting(self.app, self.workspace, self.meeting, self.paint)
        else:
            open_minutes(self.app, self.meeting)


def _facts_behind_line(workspace: Workspace, entry: Entry) -> str:
    """Return who does it and by when, and where it was entered: « Marie, 15 janvier 2027 », « section 7 »."""
    due = format_date(str(entry.get("due", "")), workspace.lang)
    partner = find_partner(workspace.partnership, str(entry.get("for_call", "")))
    call = _("for the call with {name}").format(name=partner.in_sentence(workspace.lang)) if partner is not None else ""
    return ", ".join(
        filter(None, (meeting_edits.who_words(workspace, entry), due, call, entered_words(workspace, entry)))
    )


def open_meeting(app: Host) -> None:
    """Show the meeting that is running, else today's, else a new one, which begins with the first thing noted."""
    workspace = app.workspace
    if workspace is None:
        return
    app.push_screen(MeetingScreen(workspace, meeting_edits.meeting_to_open(workspace), projected=app.projecting))
