"""The draft minutes of a meeting as a mail draft for each partner that was there, to be corrected in its answer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tui.agreement.blocks import Agreement
from tui.agreement.minutes import minutes
from tui.export import word_document
from tui.export.formats import Rendered, file_stem, plain_name
from tui.export.mail_draft import compose_draft
from tui.export.plain_text import to_text
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.partnership.cover_letter import greeting
from tui.partnership.field_kinds import BadValue
from tui.partnership.follow_up import language_of
from tui.partnership.meetings import APPROVED, PRESENT, seats
from tui.partnership.partners import find_partner
from tui.partnership.values import Entry
from tui.partnership.versions import contacts
from tui.text.dates import format_date
from tui.workspace.meeting_edits import HistoryStore, naming_warning
from tui.workspace.minutes_edits import has_ended
from tui.workspace.output_files import OutputFile, alone_suffix, free_name, rendered_once
from tui.workspace.sending_files import in_one_folder, new_name
from tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Reader:
    """A partner that was at a meeting, and the people of it who get the minutes."""

    partner: str  # its id
    lang: str  # the language that it is written to
    names: tuple[str, ...]  # of the people
    addresses: tuple[str, ...]  # of the people


def readers(workspace: Workspace, meeting: Entry) -> tuple[Reader, ...]:
    """Return the partners that were at a meeting, each with its people who were there.

    Nobody else gets the minutes, since they name those present. Of a partner that was marked as present without the
    name of a person, all people get them.
    """
    names_by_partner: dict[str, list[str]] = {}  # "" for a partner present without the name of a person
    for seat in seats(workspace.partnership, meeting.id, workspace.doc_lang):
        if seat.mark == PRESENT and seat.partner:
            names_by_partner.setdefault(seat.partner, []).append(seat.name)
    all_readers = []
    for partner_id, names in names_by_partner.items():
        lang = language_of(workspace.partnership, partner_id, workspace.doc_lang)
        people = [
            contact for contact in contacts(workspace.partnership, lang)
            if contact.partner == partner_id and (contact.name in names or "" in names)
        ]  # fmt: skip
        addresses = tuple(dict.fromkeys(contact.address for contact in people))
        known_names = tuple(dict.fromkeys(contact.name for contact in people if contact.name))
        all_readers.append(Reader(partner_id, lang, known_names or tuple(filter(None, names)), addresses))
    return tuple(all_readers)


def correction_files(workspace: Workspace, store: HistoryStore, meeting: Entry, folder: Path) -> list[OutputFile]:
    """Return a mail draft for each partner that was there, in one new folder of `folder`, and the zip that holds them.

    Raises BadValue where the meeting has not ended, its minutes are approved, or nobody is marked as present;
    StoreError when what was typed before cannot be saved.
    """
    if not has_ended(workspace, meeting):
        raise BadValue(_("This meeting has not ended: end it first, then send its minutes for correction."))
    if meeting.get(APPROVED):
        raise BadValue(_("These minutes are approved: a correction is a dated note now."))
    workspace.flush()
    mails = list(_mails(workspace, store, meeting))
    if not mails:
        raise BadValue(_("Nobody is marked as present: say who was there first."))
    name_begins = plain_name(_("minutes to correct"))
    stem = f"{name_begins}-{meeting.get('on') or ''}".strip("-")
    base = new_name(folder, stem)
    # Each mail draft holds the addresses of one partner, the folder those of all: it is for the sender alone.
    name = f"{base}-{alone_suffix(workspace.lang)}"
    return in_one_folder(mails, name, name)


def _mails(workspace: Workspace, store: HistoryStore, meeting: Entry) -> Iterator[OutputFile]:
    """Yield a mail draft for each reader of the minutes, in its language."""
    past = store.history(workspace.partnership.id)
    used_names: set[str] = set()
    for reader in readers(workspace, meeting):
        text = minutes(workspace.guide, workspace.partnership, past, meeting, reader.lang, view=workspace.view)
        partner = find_partner(workspace.partnership, reader.partner)
        short_name = partner.short(workspace.lang) if partner is not None else ""
        file_name = free_name(plain_name(short_name) or "compte-rendu", used_names)  # else “minutes” in French
        warning = naming_warning(workspace, meeting, to_text(text, wrap=None))
        make = rendered_once(partial(_mail, workspace, meeting, reader, text, warning))
        yield OutputFile(f"{file_name}.eml", _("Minutes to correct: {name}").format(name=short_name), make)


def _mail(workspace: Workspace, meeting: Entry, reader: Reader, text: Agreement, warning: str) -> Rendered:
    """Return a mail draft with the minutes as text, to be corrected in the answer, and as a Word file to send back.

    `warning` is told to who writes it, "" for none.
    """
    word, lang = workspace.guide.word, reader.lang
    word_file = word_document.write(text)
    body = (
        greeting(workspace.guide, lang, reader.names), word("correct_intro", lang), word("correct_how", lang),
        word("letter_bye", lang), to_text(text).rstrip("\n") + "\n",
    )  # fmt: skip
    subject = word("correct_subject", lang, date=format_date(str(meeting.get("on") or ""), lang))
    data = compose_draft(reader.addresses, subject, "\n\n".join(body), [(f"{file_stem(text)}.docx", word_file.data)])
    return Rendered(data, (*word_file.warnings, *filter(None, (warning,))))
