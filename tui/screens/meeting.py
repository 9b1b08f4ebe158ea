"""The meeting on one page: the people of all partners, one key each; decisions, who does what, points set aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.commands import MEETING, PROJECTION, by_key, command, hint
from tui.desk import meetings as held
from tui.desk.desk import Desk, now
from tui.project.meetings import DECISIONS, MARKS, TASKS, Seat, belonging, named, points_of, running, seats
from tui.project.partners import partner
from tui.project.values import Entry
from tui.quick import dataclass
from tui.screens import marks
from tui.screens.asking import ask_text
from tui.screens.minutes import open_minutes
from tui.screens.rows import Row, RowsScreen
from tui.screens.table import projected
from tui.text.dates import format_date, format_moment
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp


@dataclass(frozen=True, slots=True)
class _Spot:
    """What one stands at: a seat, or nothing that a mark can be put on."""

    seat: Seat | None = None


class MeetingScreen(RowsScreen):
    """One meeting. Before a room only those are listed who may be named, and messages of other screens are not said."""

    def __init__(self, desk: Desk, meeting: str, *, projected: bool = False) -> None:
        super().__init__(desk)
        self.meeting_id = meeting
        self.projected = projected
        self.where = PROJECTION if projected else MEETING
        self._spots: list[_Spot] = []
        self._begun = False

    @property
    def meeting(self) -> Entry:
        """The meeting's own row."""
        return self.desk.project.entries[self.meeting_id]

    def heading(self) -> str:
        """« Rencontre du 25 novembre 2026 · en cours depuis 18 h 02 »."""
        lang, row = self.desk.lang, self.meeting
        said = _("Meeting of {date}").format(date=format_date(str(row.get("on", "")), lang))
        if self.projected:
            return f"{self.desk.agreement.title} · {said}"
        if running(self.desk.project, now()) == row:
            since = format_moment(str(row.get("opened", "")), lang)
            return said + " · " + _("running since {time}").format(time=since)
        return said + " · " + _("ended") if row.get("closed") else said

    def keys(self) -> list[tuple[str, str]]:
        """The marks first, then the commands of the place."""
        found = [("1", _("present")), ("2", _("excused")), ("3", _("absent"))]
        for name in ("decision", "arrive", "close_meeting", "task", "minutes"):
            if self.where in command(name).where:
                found += hint(name, command(name).footer_name)
        return [*found, (_("Esc"), _("back"))]

    # -- what stands on the page ---------------------------------------------------------------------------------------

    def rows(self) -> Sequence[Row]:
        """Where, who, what was decided, who does what, what was set aside."""
        self._spots = []
        project, name = self.desk.project, self.meeting_id
        place = self.meeting.text("place", self.desk.lang)
        found = [self._acting(Row(_("Place: {place}").format(place=place or "—"), "", self._edit_place)), Row()]
        listed = self._seats()
        there = sum(seat.mark == MARKS[0] for seat in listed)
        label = self.desk.guide.word("attendance", self.desk.lang)
        count = "" if self.projected else _("{done} of {total}").format(done=there, total=len(listed))
        found.append(Row(label, "heading", behind=count))
        found += [self._seat_row(seat) for seat in listed]
        found += self._noted("decisions", belonging(project, name, DECISIONS))
        found += self._noted("tasks", belonging(project, name, TASKS))
        found += self._noted("set_aside", points_of(project, name))
        return found

    def _acting(self, row: Row, seat: Seat | None = None) -> Row:
        self._spots.append(_Spot(seat))
        return row

    def _seats(self) -> list[Seat]:
        """Everyone who may be there; before a room only those whose organisation may be named, and no guest."""
        found = seats(self.desk.project, self.meeting_id, self.desk.lang)
        if not self.projected:
            return list(found)
        known = {seat.partner: partner(self.desk.project, seat.partner) for seat in found}
        return [seat for seat in found if (one := known[seat.partner]) is not None and one.may_appear]

    def _seat_row(self, seat: Seat) -> Row:
        lang = self.desk.lang
        one = partner(self.desk.project, seat.partner) if seat.partner else None
        whose = one.short(lang) if one is not None and seat.name else ""
        text = ", ".join(filter(None, (named(self.desk.project, seat, lang), seat.title, whose)))
        word = self.desk.guide.choice("presence", seat.mark, lang) if seat.mark else ""
        style = "" if seat.mark != MARKS[0] else "done"
        row = Row(f"{marks.radio(seat.mark == MARKS[0])} {text}", style, lambda: self._mark(seat, ""), word, 3)
        return self._acting(row, seat)

    def _noted(self, word: str, entries: Sequence[Entry]) -> list[Row]:
        found = [Row(), Row(self.desk.guide.word(word, self.desk.lang), "heading")]
        for at, entry in enumerate(entries, 1):
            behind = "" if self.projected else _who_when(self.desk, entry)
            text = f"{at}. {entry.text('text', self.desk.lang)}"
            found.append(self._acting(Row(text, "", self._editor(entry), behind, 3)))
        return found if entries else [*found, Row("—", "muted", indent=3)]

    # -- what one does -------------------------------------------------------------------------------------------------

    def letter(self, key: str) -> bool:
        """A digit marks who one stands at and goes on to the next; letters are the commands of the place."""
        seat = self._spots[self._at].seat if self._at < len(self._spots) else None
        if key.isdigit() and 0 < int(key) <= len(MARKS) and seat is not None:
            self._mark(seat, MARKS[int(key) - 1])
            return True
        if key in ("backspace", "delete") and seat is not None:
            self._mark(seat, "")
            return True
        found = by_key(key, self.where, moving=True)
        if found is not None:
            self.app.run_command(found.id)
        return found is not None

    def _mark(self, seat: Seat, presence: str) -> None:
        """Mark someone; Enter, which gives no mark, turns « present » over."""
        plain = not presence
        held.mark(self.desk, self.meeting, seat, presence or ("" if seat.mark == MARKS[0] else MARKS[0]))
        self.app.edited()
        self._at += 0 if plain and seat.mark else 1
        self.paint()

    def paint(self) -> None:
        """The first time one stands at the first person."""
        if not self.meeting.stands:  # its opening was undone
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
                held.place(self.desk, self.meeting, text)
                self._changed()

        text = self.meeting.text("place", self.desk.lang)
        ask_text(self.app, "meeting.place", _("Where is it held?"), typed, row=self.meeting_id, text=text)

    def _editor(self, entry: Entry) -> Callable[[], None]:
        """Write a line anew; emptied, it is taken out."""
        field = self.desk.guide.question(entry.question).part(entry.part).field("text")  # type: ignore[union-attr]
        assert field is not None

        def typed(text: str | None) -> None:
            if text is not None:
                held.reword(self.desk, entry, text)
                self._changed()

        def act() -> None:
            text = entry.text("text", self.desk.lang)
            ask_text(self.app, "meeting.line", field.label.get(self.desk.lang), typed, row=entry.id, text=text)

        return act

    def _changed(self) -> None:
        self.paint()
        self.app.edited()

    def say(self, text: str) -> None:
        """What other screens say is not for a room: it may name a file or a person."""
        if not self.projected:
            self.tell(text)

    def arrive(self) -> None:
        """Someone who was not listed: of the partner one stands at, else a guest."""
        seat = self._spots[self._at].seat if self._at < len(self._spots) else None
        one = partner(self.desk.project, seat.partner) if seat is not None and seat.partner else None
        title = (
            _("Name; title ({name})").format(name=one.short(self.desk.lang))
            if one is not None
            else _("Name; title (guest)")
        )

        def typed(text: str | None) -> None:
            if text and text.strip():
                held.arrive(self.desk, self.meeting, text, one.id if one is not None else "")
                self._changed()

        ask_text(self.app, "meeting.arrive", title, typed, row=one.id if one is not None else "")

    def end(self) -> None:
        """End it and show its minutes; taken up again when it was ended."""
        if self.meeting.get("closed"):
            held.resume(self.desk, self.meeting)
            self._changed()
            return
        held.close(self.desk, self.meeting)
        self._changed()
        open_minutes(self.app, self.meeting)


def _who_when(desk: Desk, entry: Entry) -> str:
    """« Marie, 15 janvier 2027 »."""
    return ", ".join(filter(None, (held.who_words(desk, entry), format_date(str(entry.get("due", "")), desk.lang))))


def open_meeting(app: EntenteApp) -> None:
    """The meeting that is running, else today's, else a new one."""
    desk = app.desk
    if desk is None:
        return
    row = held.opened(desk)
    app.edited()
    app.push_screen(MeetingScreen(desk, row.id, projected=projected(app)))


def _at_meeting(app: EntenteApp) -> MeetingScreen | None:
    return app.screen if isinstance(app.screen, MeetingScreen) else None


def arrive(app: EntenteApp) -> None:
    """Add someone who is there."""
    if screen := _at_meeting(app):
        screen.arrive()


def close_meeting(app: EntenteApp) -> None:
    """End the meeting, or take it up again."""
    if screen := _at_meeting(app):
        screen.end()
