"""The invitations to a meeting: one for each partner, in its language, as a mail draft and a calendar entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from tui.agreement.agenda_document import invitation_lines
from tui.agreement.compose import Composer
from tui.agreement.phrasing import Phrasing
from tui.export import word_document
from tui.export.calendar_file import CalendarEvent, calendar_file
from tui.export.formats import Rendered, file_stem, plain_name
from tui.export.mail_draft import compose_draft
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.partnership.agendas import LENGTH, unfinished_items
from tui.partnership.cover_letter import greeting
from tui.partnership.follow_up import language_of
from tui.partnership.partners import Partner, active, partners, people
from tui.partnership.values import TIME_ZONE, Entry
from tui.partnership.versions import contacts
from tui.text.date_reading import is_whole_day
from tui.text.dates import format_date
from tui.text.hours import read_hour
from tui.text.moments import zone_name, zone_of
from tui.text.sought_text import SHORTEST, SoughtText
from tui.workspace.output_files import OutputFile, free_name
from tui.workspace.workspace import Workspace

_USUAL_LENGTH = timedelta(hours=1)  # of a meeting whose agenda has no lengths


@dataclass(frozen=True, slots=True)
class Invitation:
    """The invitation of one partner."""

    partner: str  # its id
    lang: str  # "fr" or "en"
    addresses: tuple[str, ...]  # () where none is known: then it is given in another way than by mail
    subject: str
    body: str


def invitations(workspace: Workspace, meeting: Entry) -> tuple[Invitation, ...]:
    """Return the invitation of each partner who takes part.

    It greets the partner's own people and has the date, the place and the agenda, without who brings which item. An
    item that names another partner or one of its people is put in general words.
    """
    return tuple(_invitation(workspace, meeting, partner) for partner in active(workspace.partnership))


def _invitation(workspace: Workspace, meeting: Entry, partner: Partner) -> Invitation:
    """Return the invitation of one partner."""
    lang = language_of(workspace.partnership, partner.id, workspace.doc_lang)
    phrasing = Phrasing(workspace.guide, workspace.view, lang)
    own_contacts = [contact for contact in contacts(workspace.partnership, lang) if contact.partner == partner.id]
    names = tuple(dict.fromkeys(contact.name for contact in own_contacts if contact.name))
    body = "\n\n".join((greeting(workspace.guide, lang, names), *_paragraphs(workspace, meeting, phrasing, partner)))
    addresses = tuple(contact.address for contact in own_contacts)
    return Invitation(partner.id, lang, addresses, _subject(phrasing, meeting), body + "\n")


def _subject(phrasing: Phrasing, meeting: Entry) -> str:
    day = str(meeting.get("on") or "")
    return (
        phrasing.word("invite_subject", date=format_date(day, phrasing.lang)) if day else phrasing.word("invite_soon")
    )


def _paragraphs(workspace: Workspace, meeting: Entry, phrasing: Phrasing, partner: Partner) -> Iterator[str]:
    """Yield the paragraphs below the greeting; what is not known of the meeting is left out."""
    word, lang = phrasing.word, phrasing.lang
    yield word("invite_intro")
    day, hour = str(meeting.get("on") or ""), str(meeting.get("hour") or "")
    facts = [word("invite_when", date=format_date(day, lang))] if day else []
    facts += [word("invite_hour", hour=hour)] if hour else []
    place = meeting.text("place", lang)
    facts += [word("invite_where", place=place)] if place else []
    if facts:
        yield "\n".join(facts)
    items = unfinished_items(workspace.partnership, meeting.id)
    if items:
        yield "\n".join((word("agenda"), *invitation_lines(phrasing, items, _names_other(workspace, partner))))
        yield word("invite_asked", numbers=", ".join(str(number) for number in range(1, len(items) + 1)))
    yield word("invite_draft")
    yield word("letter_bye")


def _names_other(workspace: Workspace, partner: Partner) -> Callable[[str], bool]:
    """Return whether a text holds, as whole words, the name of another partner or one of its people.

    Those who declined or left count too. A name of one character is no word to look for.
    """
    names: dict[str, None] = {}
    for other in partners(workspace.partnership):
        if other.id != partner.id:
            names |= dict.fromkeys(name for lang in ("fr", "en") for name in (other.name(lang), other.short(lang)))
            names |= dict.fromkeys(row.text("name", "fr") for row in people(workspace.partnership, other.id))
    sought = [SoughtText.of_name(name) for name in names if len(name.strip()) >= SHORTEST]
    return lambda text: any(words.stands_in(text) for words in sought)


def invitation_files(workspace: Workspace, meeting: Entry) -> tuple[OutputFile, ...]:
    """Return two files for each partner: a mail draft with its attachments, and a calendar entry.

    A meeting without a date has no calendar entry.
    """
    taken_names: set[str] = set()
    files: list[OutputFile] = []
    for partner in active(workspace.partnership):
        invitation = _invitation(workspace, meeting, partner)
        name = free_name(plain_name(partner.short(invitation.lang)) or "invitation", taken_names)
        mail, calendar = _renderers(workspace, meeting, invitation)
        shown_name = partner.short(workspace.lang)
        files.append(OutputFile(f"{name}.eml", _("Invitation: {name}").format(name=shown_name), mail))
        if calendar is not None:
            files.append(OutputFile(f"{name}.ics", _("Calendar entry: {name}").format(name=shown_name), calendar))
    return tuple(files)


def _renderers(
    workspace: Workspace, meeting: Entry, invitation: Invitation
) -> tuple[Callable[[], Rendered], Callable[[], Rendered] | None]:
    """Return (what makes the mail draft, what makes the calendar entry, None where the meeting has no date).

    The draft carries today's text as a Word file, and the calendar entry where there is one.
    """

    def calendar() -> Rendered:
        return Rendered(calendar_file([_event(workspace, meeting, invitation)]))

    def mail() -> Rendered:
        agreement = Composer(workspace.guide).agreement(workspace.partnership, invitation.lang, workspace.region)
        word_file = word_document.write(agreement)
        attached = [(f"{file_stem(agreement)}.docx", word_file.data)]
        attached += [("invitation.ics", calendar().data)] if meeting.get("on") else []
        mail_draft = compose_draft(invitation.addresses, invitation.subject, invitation.body, attached)
        return Rendered(mail_draft, word_file.warnings)

    return mail, calendar if meeting.get("on") else None


def _event(workspace: Workspace, meeting: Entry, invitation: Invitation) -> CalendarEvent:
    """Return the event of a meeting that has a date: with start and end where both its day and its hour are known.

    It lasts as long as its agenda says. Without an hour it is for the whole day, or for the month or year of its date.
    """
    partnership = workspace.partnership
    date, hour = str(meeting.get("on")), read_hour(str(meeting.get("hour") or ""))
    minutes = sum(row.get(LENGTH) or 0 for row in unfinished_items(partnership, meeting.id))
    start = end = ""
    if hour is not None and is_whole_day(date):
        zone = zone_of(str(partnership.setting(TIME_ZONE, "") or zone_name()))
        local_start = datetime.fromisoformat(f"{date}T{hour[0]:02}:{hour[1]:02}")
        begins = local_start.replace(tzinfo=zone) if zone is not None else local_start.astimezone()
        ends = begins + (timedelta(minutes=minutes) if minutes else _USUAL_LENGTH)
        start, end = begins.isoformat(), ends.isoformat()
    return CalendarEvent(
        f"{meeting.id}@entente",
        date,
        invitation.subject,
        partnership.rev,
        partnership.changed,
        invitation.body,
        place=meeting.text("place", invitation.lang),
        start=start,
        end=end,
    )
