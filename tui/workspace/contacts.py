"""The people of a partnership as contacts: taken in from a file, written to one, and printed as an annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tui.agreement.blocks import Agreement
from tui.agreement.contacts_annex import contacts_annex, with_contacts_annex
from tui.atomic_files import SIZE_LIMIT
from tui.export.csv_file import csv_file, read_csv
from tui.export.formats import Rendered, stem_from_title
from tui.export.vcard_file import is_vcard, read_vcards
from tui.guide.guide_types import Guide
from tui.i18n import _, ngettext
from tui.named_files import RefusedFile, read_named
from tui.partnership.contacts_table import contact_changes, contact_rows
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import PEOPLE, active, find_partner, people
from tui.partnership.privacy import public_view
from tui.partnership.values import ANNEXED, Change, Entry, Partnership
from tui.workspace.output_files import OutputFile, document_files
from tui.workspace.workspace import Workspace, current_moment

_PRIVATE = {"fr": "pour-moi-seul", "en": "for-me-alone"}  # ends the name of a file that holds addresses


def take_in_contacts(workspace: Workspace, file: Path, lang: str, owner: str) -> tuple[Change, ...]:
    """Take in the people of a CSV or vCard file, and return the changes. It is one step of undo.

    Titles are in the language `lang`. People without an organisation become those of the partner `owner` (its id).
    Raises BadValue with what is wrong with the file (NoOrganisation where an owner would help), OSError where it cannot
    be read.
    """
    try:
        data = read_named(file, SIZE_LIMIT)
    except RefusedFile as error:
        raise BadValue(str(error)) from error
    cards = is_vcard(data)
    rows = read_vcards(data, file.name) if cards else read_csv(data, file.name)
    entries = workspace.partnership.entries
    changes = tuple(
        change
        for change in contact_changes(workspace.partnership, rows, lang, owner, cards=cards)
        if change.entry not in entries or entries[change.entry].get(change.cell) != change.value
    )
    workspace.edits.end_typing()
    workspace.edit(changes)
    return changes


def taken_in_words(changes: Sequence[Change]) -> str:
    """Return « 3 personnes prises en note. »: how many people changed, or if none did how many organisations."""
    if not changes:
        return _("All of it is noted already: nothing changed.")
    people_count = len({change.entry for change in changes if change.part == PEOPLE})
    if people_count:
        return ngettext("{n} person taken in.", "{n} people taken in.", people_count).format(n=people_count)
    count = len({change.entry for change in changes})
    return ngettext("{n} organization taken in.", "{n} organizations taken in.", count).format(n=count)


def contacts_file(workspace: Workspace) -> OutputFile:
    """Return the contacts as a CSV file to be written; it holds private addresses."""
    lang = workspace.doc_lang
    rows = contact_rows(workspace.guide, workspace.partnership, lang)
    name = stem_from_title(workspace.agreement.title, "contacts", _PRIVATE[lang]) + ".csv"
    return OutputFile(name, _("Contacts (CSV)"), lambda: Rendered(csv_file(rows, lang)))


def annex_text(workspace: Workspace, lang: str) -> Agreement:
    """Return the annex of contacts in `lang` as a document of its own; it has only the people who agreed to it."""
    day = current_moment()[:10]
    return contacts_annex(workspace.guide, workspace.partnership, workspace.view, day, lang)


def annex_files(workspace: Workspace) -> tuple[OutputFile, ...]:
    """Return the annex of contacts as Word and PDF, in the document's language."""
    return document_files(annex_text(workspace, workspace.doc_lang))


def text_as_sent(guide: Guide, partnership: Partnership, text: Agreement) -> Agreement:
    """Return a text as it is sent: with the annex of contacts behind it, if the partnership has chosen so.

    The annex is in no kept version and is no part of what a yes is given to: a person who withdraws their agreement is
    in no later file.
    """
    if not partnership.setting(ANNEXED):
        return text
    return with_contacts_annex(guide, partnership, public_view(guide, partnership), text)


def contact_people(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the people of the active partners, in the order in which they are numbered."""
    partnership = workspace.partnership
    return tuple(row for partner in active(partnership) for row in people(partnership, partner.id))


def contact_words(workspace: Workspace, row: Entry) -> str:
    """Return a person with private addresses, in a line: « Ida Roy, directrice · ida@college.ca · 514 555-0101 »."""
    lang = workspace.lang
    name = row.text("name", lang) or _("unnamed person")
    name_and_title = ", ".join(filter(None, (name, row.text("title", lang))))
    return " · ".join(filter(None, (name_and_title, row.text("email", lang), row.text("phone", lang))))


def contact_lines(workspace: Workspace) -> Iterator[str]:
    """Yield the people, numbered, under the name of their partner, with a remark for those in the annex."""
    partner_id = ""
    for number, row in enumerate(contact_people(workspace), 1):
        if row.subject[0] != partner_id:
            partner_id = row.subject[0]
            partner = find_partner(workspace.partnership, partner_id)
            yield partner.name(workspace.lang) if partner is not None else partner_id
        listed = " · " + _("in the annex") if row.get("listed") else ""
        yield f"{number}. {contact_words(workspace, row)}{listed}"


def set_listed(workspace: Workspace, row: Entry, listed: bool) -> None:
    """Note whether a person agrees to stand in the annex of contacts."""
    workspace.edits.end_typing()
    workspace.set(row, "listed", listed or None)
