"""The meeting on one page: people, decisions, tasks, points set aside, and the minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.agreement.blocks import Agreement
from tui.commands import MEETING, PROJECTION, command, hint
from tui.fast_dataclass import dataclass
from tui.i18n import N_, _
from tui.partnership.decisions import DECISION, REPLACED_ON, kind_of
from tui.partnership.meetings import (
    DECISIONS,
    MARKS,
    TASKS,
    Seat,
    belonging,
    meetings,
    named,
    points_of,
    running,
    seats,
)
from tui.partnership.partners import partner
from tui.partnership.values import Entry
from tui.screens.versions_screen import PaperScreen
from tui.store.store_errors import StoreError
from tui.text.dates import format_date, format_moment
from tui.ui import glyphs
from tui.ui.dialog import Choice, Picker, Window, ask_text
from tui.ui.host import Asking, answer_to
from tui.ui.page import PageRow, RowsScreen
from tui.workspace import meeting_edits
from tui.workspace import meeting_edits as held
from tui.workspace.meeting_edits import current, written
from tui.workspace.noted_lines import entered_words
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host


@dataclass(frozen=True, slots=True)
class _Spot:
    """What one stands at: a seat, a line that was noted, or neither."""

    seat: Seat | None = None
    row: Entry | None = None


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
            known = held.at_hand(self.workspace)
        if known is not None:
            self._meeting = known
        return self._meeting

    @property
    def meeting_id(self) -> str:
        """The meeting's id."""
        return self.meeting.id

    @property
    def _began(self) -> bool:
        return self.workspace.partnership.entry(self.meeting_id) is not None

    def _begin(self) -> Entry:
        """The meeting, begun now where it was only looked at."""
        self._meeting = held.begun(self.workspace, self.meeting)
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
        """The marks first, then the commands of the place."""
        found: list[tuple[str, str]] = []
        names: tuple[str, ...] = ("decision", "task", "close_meeting", "minutes")
        if self.row_here is not None:
            names = ("sort_line", "turn_line", "replace_decision", "decision", "close_meeting")
        elif self.seat_here is not None:
            found = [("1", _("present")), ("2", _("excused")), ("3", _("absent")), (_("Del"), _("no mark"))]
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
        """Where, who, what was decided, who does what, what was set aside."""
        self._spots = []
        partnership, name = self.workspace.partnership, self.meeting_id
        place = self.meeting.text("place", self.workspace.lang)
        found = [self._acting(PageRow(_("Place: {place}").format(place=place or "—"), "", self._edit_place)), PageRow()]
        listed = self._seats()
        there = sum(seat.mark == MARKS[0] for seat in listed)
        label = self.workspace.guide.word("attendance", self.workspace.lang)
        count = "" if self.projected else _("{done} of {total}").format(done=there, total=len(listed))
        found.append(PageRow(label, "heading", behind=count))
        found += [self._seat_row(seat) for seat in listed]
        found += self._noted("decisions", belonging(partnership, name, DECISIONS))
        found += self._noted("tasks", belonging(partnership, name, TASKS))
        found += self._noted("set_aside", points_of(partnership, name))
        return found

    def _acting(self, row: PageRow, seat: Seat | None = None, noted: Entry | None = None) -> PageRow:
        self._spots.append(_Spot(seat, noted))
        return row

    def _seats(self) -> list[Seat]:
        """Everyone who may be there; before a room only those whose organisation may be named, and no guest."""
        found = seats(self.workspace.partnership, self.meeting_id, self.workspace.lang)
        if not self.projected:
            return list(found)
        known = {seat.partner: partner(self.workspace.partnership, seat.partner) for seat in found}
        return [seat for seat in found if (one := known[seat.partner]) is not None and one.may_appear]

    def _seat_row(self, seat: Seat) -> PageRow:
        lang = self.workspace.lang
        one = partner(self.workspace.partnership, seat.partner) if seat.partner else None
        whose = one.short(lang) if one is not None and seat.name else ""
        text = ", ".join(filter(None, (named(self.workspace.partnership, seat, lang), seat.title, whose)))
        word = self.workspace.guide.choice("presence", seat.mark, lang) if seat.mark else ""
        style = "" if seat.mark != MARKS[0] else "done"
        row = PageRow(f"{glyphs.radio(seat.mark == MARKS[0])} {text}", style, lambda: self._turn(seat), word, 3)
        return self._acting(row, seat)

    def _noted(self, word: str, entries: Sequence[Entry]) -> list[PageRow]:
        found = [PageRow(), PageRow(self.workspace.guide.word(word, self.workspace.lang), "heading")]
        for at, entry in enumerate(entries, 1):
            behind = "" if self.projected else _who_when(self.workspace, entry)
            text = f"{at}. {entry.text('text', self.workspace.lang)}"
            style = "muted" if entry.get(REPLACED_ON) else ""
            found.append(self._acting(PageRow(text, style, self._editor(entry), behind, 3), noted=entry))
        return found if entries else [*found, PageRow("—", "muted", indent=3)]

    # -- what one does -------------------------------------------------------------------------------------------------

    def act(self, key: str) -> bool:
        """A digit marks who one stands at and goes on to the next; letters are the commands of the place."""
        seat = self.seat_here
        if key.isdigit() and 0 < int(key) <= len(MARKS) and seat is not None:
            self._mark(seat, MARKS[int(key) - 1])
            return True
        if key in ("backspace", "delete") and seat is not None:
            if seat.mark:
                self._mark(seat, "")
            return True
        return super().act(key)

    def _turn(self, seat: Seat) -> None:
        """Enter says « present » of whom nothing was said, or takes that back; no other mark is changed by it."""
        if seat.mark in ("", MARKS[0]):
            self._mark(seat, "" if seat.mark else MARKS[0])
        else:
            self.tell(_("1, 2 or 3 changes the mark; Del takes it away."))

    def _mark(self, seat: Seat, presence: str) -> None:
        """Mark someone and go on to the next, which is said; or take a mark away and stay."""
        held.mark(self.workspace, self._begin(), seat, presence)
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
            self.tell(said)

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
            if text is not None:
                held.place(self.workspace, self._begin(), text)
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
            self.tell(text)

    def run_own(self, command_id: str) -> bool:
        """The minutes asked for here are those of this meeting, once it has begun."""
        if command_id == "minutes" and self._began and not self.projected:
            open_minutes(self.app, self.meeting)
            return True
        return False

    def own_document(self) -> Agreement | None:
        """The minutes of this meeting, once it has begun."""
        return _of(self.app, self.meeting) if self._began else None

    def own_document_name(self) -> str:
        """The minutes are named by the day of the meeting."""
        return minutes_name(_of(self.app, self.meeting))

    def own_command(self) -> tuple[str, ...]:
        """The command that prints the minutes of this meeting."""
        return ("minutes", "--meeting", self.meeting.id)

    def arrive(self) -> None:
        """Someone who was not listed: of the partner one stands at, else a guest."""
        seat = self.seat_here
        one = partner(self.workspace.partnership, seat.partner) if seat is not None and seat.partner else None
        title = (
            _("Name; title ({name})").format(name=one.short(self.workspace.lang))
            if one is not None
            else _("Name; title (guest)")
        )

        def typed(text: str | None) -> None:
            if text and text.strip():
                held.arrive(self.workspace, self._begin(), text, one.id if one is not None else "")
                self._changed()

        ask_text(self.app, "meeting.arrive", title, typed, row=one.id if one is not None else "")

    def on_line(self, act: Callable[[Host, Entry], Asking | None]) -> Asking | None:
        """Do something with the line one stands at; elsewhere say that it is done there."""
        row = self.row_here
        if row is None:
            self.tell(_("Stand on a decision, a task or a point first."))
            return None
        return act(self.app, row)

    def on_decision(self, act: Callable[[Host, Entry], Asking | None]) -> Asking | None:
        """The same, of a decision alone."""
        row = self.row_here
        if row is None or kind_of(row) != DECISION:
            self.tell(_("Stand on a decision first."))
            return None
        return act(self.app, row)

    def end(self) -> None:
        """End it and show its minutes; taken up again when it was ended."""
        if self.meeting.get("closed"):
            held.resume(self.workspace, self.meeting)
            self._changed()
            return
        if not self._began:
            self.tell(_("Nothing was noted yet: there is no meeting to end."))
            return
        held.close(self.workspace, self.meeting)
        self._changed()
        open_minutes(self.app, self.meeting)


def _who_when(workspace: Workspace, entry: Entry) -> str:
    """« Marie, 15 janvier 2027 », « section 7 »."""
    due = format_date(str(entry.get("due", "")), workspace.lang)
    return ", ".join(filter(None, (held.who_words(workspace, entry), due, entered_words(workspace, entry))))


def open_meeting(app: Host) -> None:
    """The meeting that is running, else today's, else a new one, which begins with the first thing that is noted."""
    workspace = app.workspace
    if workspace is None:
        return
    app.push_screen(MeetingScreen(workspace, held.planned(workspace), projected=app.projecting))


def minutes_name(agreement: Agreement | None) -> str:
    """How the name of the file of some minutes ends: « compte-rendu-2026-11-22 »."""
    return "-".join((_("minutes"), agreement.iso_date if agreement is not None else ""))


class MinutesScreen(PaperScreen):
    """One meeting's minutes."""

    where = MEETING

    def __init__(self, agreement: Agreement, meeting: Entry) -> None:
        super().__init__(agreement, minutes_name(agreement))
        self._meeting = meeting

    def keys(self) -> Sequence[tuple[str, str]]:
        """Copy comes first: it is what one does with minutes."""
        return [*hint("copy", _("copy")), *super().keys()]

    def own_document(self) -> Agreement | None:
        """The minutes themselves."""
        return self.agreement

    def own_document_name(self) -> str:
        """The minutes are named by the day of the meeting."""
        return self.name_end

    def own_command(self) -> tuple[str, ...]:
        """The command that prints the minutes of this meeting."""
        return ("minutes", "--meeting", self._meeting.id)

    def run_own(self, command_id: str) -> bool:
        """The command that opens this page does nothing on it."""
        return command_id == "minutes"


def open_minutes(app: Host, meeting: Entry) -> None:
    """Show the minutes of a meeting; what stands in the way is said."""
    document = _of(app, meeting)
    if document is not None:
        app.push_screen(MinutesScreen(document, meeting))


def _of(app: Host, meeting: Entry) -> Agreement | None:
    assert app.workspace is not None
    try:
        return written(app.workspace, app.store, meeting)
    except StoreError as error:
        app.say(str(error))
        return None


async def show_minutes(app: Host) -> None:
    """The minutes of the meeting that is running, else of the one chosen."""
    workspace = app.workspace
    if workspace is None:
        return
    here = current(workspace)
    known = meetings(workspace.partnership)
    if here is None and len(known) == 1:
        here = known[0]
    if here is not None:
        open_minutes(app, here)
        return
    if not known:
        app.say(_("There was no meeting yet: M opens one."))
        return

    listed = [
        Choice(row.id, format_date(str(row.get("on", "")), workspace.lang), row.text("place", workspace.lang))
        for row in known[::-1]
    ]
    name = await answer_to(Picker(_("Minutes of which meeting?"), listed))
    if name:
        open_minutes(app, workspace.partnership.entries[name])


def one_line(
    app: Host, window: Window, title: str, hint: str, note: Callable[[Workspace, str], object], said: str
) -> None:
    """Ask for one line, note it, say so, and paint what changed."""
    workspace = app.workspace
    if workspace is None:
        return

    def typed(text: str | None) -> None:
        if text and text.strip():
            note(workspace, text)
            app.repaint()
            app.page.tell(said)

    ask_text(app, window, title, typed, hint=hint)


def aside(app: Host) -> None:
    """Note a point to settle later: text, then who and when with « ; » between."""
    hint, said = _("who pays the guard; Marie; January 15"), _("Set aside; it stands among the points still open.")
    one_line(app, "aside", _("The point; who; when"), hint, meeting_edits.set_aside, said)


def decision(app: Host) -> None:
    """Note a decision of the meeting, which is opened where none is running."""
    one_line(
        app,
        "decision",
        _("The decision"),
        _("we begin in January"),
        meeting_edits.decide,
        _("Decision noted; it stands in the minutes."),
    )


def task(app: Host) -> None:
    """Note who does what by when, with « ; » between."""
    hint = _("book the room; Marie; January 15")
    one_line(app, "task", _("What; who; when"), hint, meeting_edits.task, _("Noted; it stands in the minutes."))
