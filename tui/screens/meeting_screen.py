"""The meeting on one page: people, decisions, tasks, points set aside, and the minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.agreement.blocks import Agreement
from tui.commands import MEETING, PROJECTION, command, hint
from tui.fast_dataclass import dataclass
from tui.i18n import N_, _, ngettext
from tui.partnership.agendas import agenda_items, items_left
from tui.partnership.decisions import DECISION, POINT, REPLACED_ON, kind_of
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import (
    DECISIONS,
    MARKS,
    TASKS,
    Seat,
    belonging,
    named,
    points_of,
    running,
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
from tui.text.dates import format_date, format_moment
from tui.ui import glyphs
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.host import Asking
from tui.ui.page import PageRow, RowsScreen
from tui.workspace import agenda_edits, table_mandates
from tui.workspace import meeting_edits as held
from tui.workspace.noted_lines import decision_beside, entered_words, partners_by_words
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host


@dataclass(frozen=True, slots=True)
class _Spot:
    """What one stands at: a seat, a line that was noted, an item of the agenda, or none of them."""

    seat: Seat | None = None
    row: Entry | None = None
    item: Entry | None = None  # of the agenda


class MeetingScreen(RowsScreen):
    """One meeting. Before a room only those are listed who may be named, and messages of other screens are not said."""

    about = N_(
        "Who is there, what is decided, who does what, and what waits. 1, 2 and 3 mark the person one stands at; Enter "
        "changes a line. The meeting begins with the first thing that is noted."
    )

    def __init__(self, workspace: Workspace, meeting: Entry, *, projected: bool = False) -> None:
        super().__init__(workspace)
        self._meeting = meeting  # as it was planned: it begins with the first thing that is noted
        self.projected = projected
        self.where = PROJECTION if projected else MEETING
        self._spots: list[_Spot] = []
        self._begun = False

    @property
    def meeting(self) -> Entry:
        """The meeting's own row, or that of the meeting which a command began since."""
        known = self.workspace.partnership.entry(self._meeting.id)
        if known is None:
            known = held.todays_meeting(self.workspace)
        if known is not None:
            self._meeting = known
        return self._meeting

    @property
    def meeting_id(self) -> str:
        """The meeting's id."""
        return self.meeting.id

    @property
    def _began(self) -> bool:
        known = self.workspace.partnership.entry(self.meeting_id)
        return known is not None and (bool(known.get("opened") or known.get("closed")) or not known.stands)

    def _begin(self) -> Entry:
        """Return the meeting, begun now where it was only looked at."""
        self._meeting = held.begin_meeting(self.workspace, self.meeting)
        return self._meeting

    def heading(self) -> str:
        """« Rencontre du 25 novembre 2026 · commencée à 18 h 02 »."""
        lang, row = self.workspace.lang, self.meeting
        said = _("Meeting of {date}").format(date=format_date(str(row.get("on", "")), lang))
        if self.projected:
            return f"{self.workspace.agreement.title} · {said}"
        if running(self.workspace.partnership, current_moment()) == row:
            since = format_moment(str(row.get("opened", "")), lang)
            return said + " · " + _("began at {time}").format(time=since)
        if not self._began:
            return said + " · " + _("begins with the first thing you note")
        return said + " · " + _("ended") if row.get("closed") else said

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the marks first, then the commands of the place."""
        found: list[tuple[str, str]] = []
        names: tuple[str, ...] = ("decision", "task", "close_meeting", "minutes")
        if self._spot.item is not None:
            names = ("next_item", "pass_together", "decision", "task", "close_meeting")
        elif self.row_here is not None:
            names = ("sort_line", "turn_line", "replace_decision", "decision", "close_meeting")
        elif self.seat_here is not None:
            found = [("1", _("present")), ("2", _("excused")), ("3", _("absent")), (_("Del"), _("no mark"))]
            if self._there(self.seat_here):
                aside = [] if self.projected else [("5", _("stands aside"))]
                mandate = [] if self.projected else [("6", _("mandate"))]
                found = [("4", _("has left")), *aside, *mandate, (_("Del"), _("no mark"))]
            names = ("decision", "close_meeting")
        for name in names:
            if self.where in command(name).where:
                found += hint(name, command(name).footer_name)
        return [*found, (_("Esc"), _("back"))]

    @property
    def _spot(self) -> _Spot:
        return self._spots[self._at] if self._at < len(self._spots) else _Spot()

    @property
    def seat_here(self) -> Seat | None:
        """The seat one stands at; None for none."""
        return self._spot.seat

    @property
    def row_here(self) -> Entry | None:
        """The decision, the task or the point one stands at; None for none."""
        return self._spot.row

    # -- what stands on the page ---------------------------------------------------------------------------------------

    def rows(self) -> Sequence[PageRow]:
        """Return where, who, what was decided, who does what, what was set aside."""
        self._spots = []
        partnership, name = self.workspace.partnership, self.meeting_id
        place = self.meeting.text("place", self.workspace.lang)
        found = [self._acting(PageRow(_("Place: {place}").format(place=place or "—"), "", self._edit_place)), PageRow()]
        found += self._agenda()
        listed = self._seats()
        there = sum(seat.mark == MARKS[0] for seat in listed)
        label = self.workspace.guide.word("attendance", self.workspace.lang)
        count = "" if self.projected else _("{done} of {total}").format(done=there, total=len(listed))
        found.append(PageRow(label, "heading", behind=count))
        found += [self._seat_row(seat) for seat in listed]
        asked = question_round_screen.question_rows(self.app, self.workspace, name, projected=self.projected)
        found += [self._acting(row) if row.act is not None else row for row in asked]
        found += self._noted("decisions", belonging(partnership, name, DECISIONS))
        found += self._noted("tasks", belonging(partnership, name, TASKS))
        found += self._noted("set_aside", points_of(partnership, name))
        return found

    def _acting(
        self, row: PageRow, seat: Seat | None = None, noted: Entry | None = None, item: Entry | None = None
    ) -> PageRow:
        self._spots.append(_Spot(seat, noted, item))
        return row

    def _agenda(self) -> list[PageRow]:
        """Return the agenda, where there is one: what is done, the present item, what is left."""
        items = agenda_items(self.workspace.partnership, self.meeting_id)
        if not items:
            return []
        left = [row.id for row in items_left(self.workspace.partnership, self.meeting_id)]
        found = [PageRow(self.workspace.guide.word("agenda", self.workspace.lang), "heading")]
        for number, row in enumerate(items, 1):
            present = left[:1] == [row.id]
            mark = "›" if present else glyphs.radio(row.id not in left)
            style = "accent" if present else "" if row.id in left else "done"
            behind = "" if self.projected else item_facts(self.workspace, row)
            text = f"{mark} {number}. {row.text('text', self.workspace.lang)}"
            found.append(self._acting(PageRow(text, style, self._puller(row), behind, 3), item=row))
        return [*found, PageRow()]

    def _puller(self, row: Entry) -> Callable[[], None]:
        """Enter pulls an item out of those that pass at once, or puts it back."""

        def act() -> None:
            together = agenda_edits.turn_together(self.workspace, row)
            self.paint()
            self.say_to_room(
                _("It passes with the others at once.") if together else _("It is talked about by itself.")
            )

        return act

    def next_item(self) -> None:
        """The present item of the agenda is done: on to the next, which is said."""
        done, there = agenda_edits.next_item(self.workspace, self.meeting)
        self.paint()
        if there is not None:
            self.say_to_room(_("Now: {text}").format(text=there.text("text", self.workspace.lang)))
        else:
            self.say_to_room(_("The agenda is done.") if done else _("Nothing is left on the agenda."))

    def pass_together(self) -> None:
        """What all accept passes at once, each as a decision."""
        try:
            count = agenda_edits.pass_together(self.workspace, self.app.store, self.meeting)
        except (BadValue, StoreError) as error:
            self.say_to_room(str(error))
            return
        self.paint()
        said = ngettext("{n} item passed; it is a decision.", "{n} items passed; each is a decision.", count)
        self.say_to_room(said.format(n=count) if count else _("No item is marked to pass at once; Enter marks one."))

    def keep_for_call(self, row: Entry) -> None:
        """Keep a point for the next call with one partner; again, it is for the table."""
        if row.get("for_call"):
            agenda_edits.keep_for_call(self.workspace, row, "")
            self._changed()
            return
        known = partners_by_words(self.workspace, row.text("text", self.workspace.lang))
        choices = [
            Choice(partner.id, partner.name(self.workspace.lang) or _("unnamed organization")) for partner in known
        ]

        def named(name: str | None) -> None:
            if name:
                agenda_edits.keep_for_call(self.workspace, row, name)
                self._changed()

        self.app.push_screen(Picker(_("Kept for the next call with…"), choices), named)

    def _seats(self) -> list[Seat]:
        """Everyone who may be there; before a room only those whose organisation may be named, and no guest."""
        found = seats(self.workspace.partnership, self.meeting_id, self.workspace.lang)
        if not self.projected:
            return list(found)
        known = {seat.partner: find_partner(self.workspace.partnership, seat.partner) for seat in found}
        return [seat for seat in found if (partner := known[seat.partner]) is not None and partner.may_appear]

    def _seat_row(self, seat: Seat) -> PageRow:
        lang = self.workspace.lang
        partner = find_partner(self.workspace.partnership, seat.partner) if seat.partner else None
        whose = partner.short(lang) if partner is not None and seat.name else ""
        text = ", ".join(filter(None, (named(self.workspace.partnership, seat, lang), seat.title, whose)))
        word = self.workspace.guide.choice("presence", seat.mark, lang) if seat.mark else ""
        style = "" if seat.mark != MARKS[0] else "done"
        if seat.left and seat.mark == MARKS[0]:
            word = ", ".join((word, _("left at {time}").format(time=format_moment(seat.left, lang))))
        if seat.stands_aside and not self.projected:
            word = ", ".join((word, _("stands aside")))
        if not self.projected:
            word = ", ".join(filter(None, (word, table_mandates.mandate_words(self.workspace, seat))))
        row = PageRow(f"{glyphs.radio(seat.mark == MARKS[0])} {text}", style, lambda: self._turn(seat), word, 3)
        return self._acting(row, seat)

    def _noted(self, word: str, entries: Sequence[Entry]) -> list[PageRow]:
        found = [PageRow(), PageRow(self.workspace.guide.word(word, self.workspace.lang), "heading")]
        for at, entry in enumerate(entries, 1):
            behind = "" if self.projected else _who_when(self.workspace, entry)
            text = f"{at}. {entry.text('text', self.workspace.lang)}"
            style = "muted" if entry.get(REPLACED_ON) else ""
            found.append(self._acting(PageRow(text, style, self._editor(entry), behind, 3), noted=entry))
            beside = () if self.projected else decision_beside(self.workspace, entry)
            found += [PageRow(line, "muted", indent=6) for line in beside]
        return found if entries else [*found, PageRow("—", "muted", indent=3)]

    # -- what one does -------------------------------------------------------------------------------------------------

    def act(self, key: str) -> bool:
        """A digit marks who one stands at and goes on to the next; letters are the commands of the place."""
        seat = self.seat_here
        if key.isdigit() and 0 < int(key) <= len(MARKS) and seat is not None:
            self._mark(seat, MARKS[int(key) - 1])
            return True
        if key in ("4", "5") and self._there(seat) and not (self.projected and key == "5"):
            assert seat is not None
            self._turn_away(seat, key)
            return True
        if key == "6" and seat is not None and not self.projected and not self.meeting.get("closed"):
            ask_mandate(self.app, self.workspace, self._begin, seat, self._changed)
            return True
        if key in ("backspace", "delete") and seat is not None:
            if seat.mark:
                self._mark(seat, "")
            return True
        return super().act(key)

    def _there(self, seat: Seat | None) -> bool:
        """Return whether one stands at someone who was there while the meeting is held."""
        return seat is not None and seat.mark == MARKS[0] and bool(seat.row) and not self.meeting.get("closed")

    def _turn_away(self, seat: Seat, key: str) -> None:
        """Someone leaves, or stands aside for what is talked about; the same key says that they are back."""
        name = named(self.workspace.partnership, seat, self.workspace.lang)
        away = (held.toggle_left if key == "4" else held.toggle_stands_aside)(self.workspace, seat)
        self.paint()
        said = _("{name}: has left.") if key == "4" else _("{name}: stands aside, which stays private.")
        self.say_to_room((said if away else _("{name}: is back.")).format(name=name))

    def _turn(self, seat: Seat) -> None:
        """Enter says « present » of whom nothing was said, or takes that back; no other mark is changed by it."""
        if seat.mark in ("", MARKS[0]):
            self._mark(seat, "" if seat.mark else MARKS[0])
        else:
            self.say_to_room(_("1, 2 or 3 changes the mark; Del takes it away."))

    def _mark(self, seat: Seat, presence: str) -> None:
        """Mark someone and go on to the next, which is said; or take a mark away and stay."""
        held.set_presence(self.workspace, self._begin(), seat, presence)
        if not presence:
            self.paint()
            return
        self._at += 1
        self.paint()
        there = self.seat_here
        if there is not None and there.key != seat.key:
            lang, partnership = self.workspace.lang, self.workspace.partnership
            said = _("{name}: {mark} → now {next}").format(
                name=named(partnership, seat, lang),
                mark=self.workspace.guide.choice("presence", presence, lang),
                next=named(partnership, there, lang),
            )
            self.say_to_room(said)

    def paint(self) -> None:
        """The first time one stands at the first person."""
        if self._began and not self.meeting.stands:  # its beginning was undone
            self.app.call_later(self.app.pop_screen)
            return
        if not self._begun and self.size.width:
            self._begun = True
            self.rows()
            self._at = next((at for at, spot in enumerate(self._spots) if spot.seat is not None), 0)
        super().paint()

    def _edit_place(self) -> None:
        def typed(text: str | None) -> None:
            if text is not None and text.strip() != self.meeting.text("place", self.workspace.lang):
                held.set_place(self.workspace, self._begin(), text)
                self._changed()

        text = self.meeting.text("place", self.workspace.lang)
        ask_text(self.app, "meeting.place", _("Where is it held?"), typed, row=self.meeting_id, text=text)

    def _editor(self, entry: Entry) -> Callable[[], None]:
        """Write a line anew; emptied, it is taken out."""
        field = self.workspace.guide.question(entry.question).part(entry.part).field("text")  # type: ignore[union-attr]
        assert field is not None

        def typed(text: str | None) -> None:
            if text is not None:
                held.reword(self.workspace, entry, text)
                self._changed()

        def act() -> None:
            text = entry.text("text", self.workspace.lang)
            ask_text(self.app, "meeting.line", field.label.get(self.workspace.lang), typed, row=entry.id, text=text)

        return act

    def _changed(self) -> None:
        self.paint()

    def say(self, text: str) -> None:
        """What other screens say is not for a room: it may name a file or a person."""
        if not self.projected:
            self.say_to_room(text)

    def likely_commands(self) -> tuple[str, ...]:
        """What belongs to the line one stands at comes first."""
        if self._spot.item is not None:
            return ("next_item", "pass_together", "decision", "task", "aside")
        if self.row_here is None:
            return ()
        kept = ("for_call",) if kind_of(self.row_here) == POINT else ("replace_decision", "decision_result")
        return ("sort_line", "turn_line", *kept, "proposer", "decision", "task", "aside")

    def run_own(self, command_id: str) -> bool:
        """The minutes asked for here are those of this meeting, once it has begun."""
        if command_id == "minutes" and self._began and not self.projected:
            open_minutes(self.app, self.meeting)
            return True
        return False

    def own_document(self) -> Agreement | None:
        """Return the minutes of this meeting, once it has begun."""
        return minutes_of(self.app, self.meeting) if self._began else None

    def own_document_name(self) -> str:
        """The minutes are named by the day of the meeting."""
        return minutes_name(minutes_of(self.app, self.meeting))

    def own_command(self) -> tuple[str, ...]:
        """Return the command that prints the minutes of this meeting."""
        return ("minutes", "--meeting", self.meeting.id)

    def arrive(self) -> None:
        """Someone who was not listed: of the partner one stands at, else a guest."""
        seat = self.seat_here
        partner = find_partner(self.workspace.partnership, seat.partner) if seat is not None and seat.partner else None
        title = (
            _("Name; title ({name})").format(name=partner.short(self.workspace.lang))
            if partner is not None
            else _("Name; title (guest)")
        )

        def typed(text: str | None) -> None:
            if text and text.strip():
                held.note_arrival(self.workspace, self._begin(), text, partner.id if partner is not None else "")
                self._changed()

        ask_text(self.app, "meeting.arrive", title, typed, row=partner.id if partner is not None else "")

    def on_line(self, act: Callable[[Host, Entry], Asking | None]) -> Asking | None:
        """Do something with the line one stands at; elsewhere say that it is done there."""
        row = self.row_here
        if row is None:
            self.say_to_room(_("Stand on a decision, a task or a point first."))
            return None
        return act(self.app, row)

    def on_decision(self, act: Callable[[Host, Entry], Asking | None]) -> Asking | None:
        """The same, of a decision alone."""
        row = self.row_here
        if row is None or kind_of(row) != DECISION:
            self.say_to_room(_("Stand on a decision first."))
            return None
        return act(self.app, row)

    def ask_result(self, row: Entry) -> None:
        """A person writes the result of a decision, beside its count and the rule."""

        def typed(text: str | None) -> None:
            if text is not None:
                held.write_result(self.workspace, row, text)
                self._changed()

        text = row.text("result", self.workspace.lang)
        ask_text(self.app, "decision.result", _("The result, as you write it"), typed, row=row.id, text=text)

    def on_point(self, act: Callable[[Entry], None]) -> None:
        """Do something with the point set aside one stands at."""
        row = self.row_here
        if row is None or kind_of(row) != POINT:
            self.say_to_room(_("Stand on a point set aside first."))
        else:
            act(row)

    def end(self) -> None:
        """End it and show its minutes; taken up again when it was ended."""
        if self.meeting.get("closed"):
            held.reopen_meeting(self.workspace, self.meeting)
            self._changed()
            return
        if not self._began:
            self.say_to_room(_("Nothing was noted yet: there is no meeting to end."))
            return
        held.close_meeting(self.workspace, self.meeting)
        self._changed()
        if agenda_items(self.workspace.partnership, self.meeting_id) and not self.projected:
            ask_next_meeting(self.app, self.workspace, self.meeting, self._changed)
        else:
            open_minutes(self.app, self.meeting)


def _who_when(workspace: Workspace, entry: Entry) -> str:
    """« Marie, 15 janvier 2027 », « section 7 »."""
    due = format_date(str(entry.get("due", "")), workspace.lang)
    kept = find_partner(workspace.partnership, str(entry.get("for_call", "")))
    call = _("for the call with {name}").format(name=kept.short(workspace.lang)) if kept is not None else ""
    return ", ".join(filter(None, (held.who_words(workspace, entry), due, call, entered_words(workspace, entry))))


def open_meeting(app: Host) -> None:
    """The meeting that is running, else today's, else a new one, which begins with the first thing that is noted."""
    workspace = app.workspace
    if workspace is None:
        return
    app.push_screen(MeetingScreen(workspace, held.meeting_to_open(workspace), projected=app.projecting))
