"""The invitations to a meeting: one for each partner, in its language, as a mail draft and a calendar entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from tui.agreement.agenda_document import invitation_lines
from tui.agreement.compose import Composer
from tui.agreement.phrasing import Phrasing
from tui.export import word_document
from tui.export.calendar_file import CalendarEvent, calendar_file
from tui.export.formats import Rendered, plain_name, stem
from tui.export.mail_draft import draft_of
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.partnership.agendas import items_left
from tui.partnership.cover_letter import greeting
from tui.partnership.follow_up import language_of
from tui.partnership.partners import Partner, active, people
from tui.partnership.values import TIME_ZONE, Entry
from tui.partnership.versions import contacts
from tui.text.dates import format_date
from tui.text.hours import read_hour
from tui.text.moments import zone_name, zone_of
from tui.workspace.output_files import OutputFile, free_name
from tui.workspace.workspace import Workspace

_HOUR = timedelta(hours=1)  # of a meeting whose agenda tells no length


@dataclass(frozen=True, slots=True)
class Invitation:
    """What one partner gets: its id, the language, the addresses (none: it is given otherwise), subject and text."""

    partner: str
    lang: str
    addresses: tuple[str, ...]
    subject: str
    body: str


def invitations(workspace: Workspace, meeting: Entry) -> tuple[Invitation, ...]:
    """Return the invitation of each partner who takes part: nobody is named in it but its own people.

    It says when and where, the agenda without who brings what, and what is to be decided.
    """
    return tuple(_invitation(workspace, meeting, partner) for partner in active(workspace.partnership))


def _invitation(workspace: Workspace, meeting: Entry, partner: Partner) -> Invitation:
    lang = language_of(workspace.partnership, partner.id, workspace.doc_lang)
    phrasing = Phrasing(workspace.guide, workspace.view, lang)
    reached = [contact for contact in contacts(workspace.partnership, lang) if contact.partner == partner.id]
    names = tuple(dict.fromkeys(contact.name for contact in reached if contact.name))
    body = "\n\n".join((greeting(workspace.guide, lang, names), *_told(workspace, meeting, phrasing, partner)))
    addresses = tuple(contact.address for contact in reached)
    return Invitation(partner.id, lang, addresses, _subject(phrasing, meeting), body + "\n")


def _subject(phrasing: Phrasing, meeting: Entry) -> str:
    day = str(meeting.get("on") or "")
    return (
        phrasing.word("invite_subject", date=format_date(day, phrasing.lang)) if day else phrasing.word("invite_soon")
    )


def _told(workspace: Workspace, meeting: Entry, phrasing: Phrasing, partner: Partner) -> Iterator[str]:
    word, lang = phrasing.word, phrasing.lang
    yield word("invite_intro")
    day, hour = str(meeting.get("on") or ""), str(meeting.get("hour") or "")
    facts = [word("invite_when", date=format_date(day, lang))] if day else []
    facts += [word("invite_hour", hour=hour)] if hour else []
    place = meeting.text("place", lang)
    facts += [word("invite_where", place=place)] if place else []
    if facts:
        yield "\n".join(facts)
    items = items_left(workspace.partnership, meeting.id)
    if items:
        yield "\n".join((word("agenda"), *invitation_lines(phrasing, items, _others(workspace, partner))))
        yield word("invite_asked", numbers=", ".join(str(number) for number in range(1, len(items) + 1)))
    yield word("invite_draft")
    yield word("letter_bye")


def _others(workspace: Workspace, partner: Partner) -> tuple[str, ...]:
    """Return the names, folded, of every other partner and of its people: none of them stands in this invitation."""
    found: list[str] = []
    for other in active(workspace.partnership):
        if other.id != partner.id:
            found += [name for lang in ("fr", "en") for name in (other.name(lang), other.short(lang))]
            found += [row.text("name", "fr") for row in people(workspace.partnership, other.id)]
    return tuple(dict.fromkeys(name.casefold() for name in found if name.strip()))


def invitation_files(workspace: Workspace, meeting: Entry) -> tuple[OutputFile, ...]:
    """Return the files of the invitations: for each partner a mail draft with all it needs, and the calendar entry."""
    taken: set[str] = set()
    found: list[OutputFile] = []
    for invitation in invitations(workspace, meeting):
        known = next(partner for partner in active(workspace.partnership) if partner.id == invitation.partner)
        name = free_name(plain_name(known.short(invitation.lang)) or "invitation", taken)
        mail, entry = _maker(workspace, meeting, invitation)
        found.append(OutputFile(f"{name}.eml", _("Invitation: {name}").format(name=known.short(workspace.lang)), mail))
        if entry is not None:
            said = _("Calendar entry: {name}").format(name=known.short(workspace.lang))
            found.append(OutputFile(f"{name}.ics", said, entry))
    return tuple(found)


def _maker(
    workspace: Workspace, meeting: Entry, invitation: Invitation
) -> tuple[Callable[[], Rendered], Callable[[], Rendered] | None]:
    """Return what makes the mail draft, and the calendar entry where the meeting has a date."""

    def entry() -> Rendered:
        return Rendered(calendar_file([_event(workspace, meeting, invitation)]))

    def mail() -> Rendered:
        text = Composer(workspace.guide).agreement(workspace.partnership, invitation.lang, workspace.region)
        draft = word_document.write(text)
        parts = [(f"{stem(text)}.docx", draft.data)]
        parts += [("invitation.ics", entry().data)] if meeting.get("on") else []
        return Rendered(draft_of(invitation.addresses, invitation.subject, invitation.body, parts), draft.warnings)

    return mail, entry if meeting.get("on") else None


def _event(workspace: Workspace, meeting: Entry, invitation: Invitation) -> CalendarEvent:
    """Return the meeting in a calendar: at its hour where one is understood, else for the day."""
    day, hour = str(meeting.get("on")), read_hour(str(meeting.get("hour") or ""))
    length = sum(row.get("length") or 0 for row in items_left(workspace.partnership, meeting.id))
    start = end = ""
    if hour is not None and len(day) == len("2026-11-25"):
        zone = zone_of(str(workspace.partnership.setting(TIME_ZONE, "") or zone_name()))
        said = datetime.fromisoformat(f"{day}T{hour[0]:02}:{hour[1]:02}")
        begins = said.replace(tzinfo=zone) if zone is not None else said.astimezone()
        start, end = begins.isoformat(), (begins + (timedelta(minutes=length) if length else _HOUR)).isoformat()
    known = workspace.partnership
    return CalendarEvent(
        f"{meeting.id}@entente",
        day,
        invitation.subject,
        known.rev,
        known.changed,
        invitation.body,
        place=meeting.text("place", invitation.lang),
        start=start,
        end=end,
    )
