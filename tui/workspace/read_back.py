"""Writes the mail that repeats to a partner, after a call, what was noted: its contributions and its people.

The partner can then put right what was noted wrongly. The page of calls, line mode and `entente call` use it.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.agreement.compose import title
from tui.export.formats import Rendered
from tui.export.mail_draft import compose_draft
from tui.form.form_words import name_in_sentence
from tui.i18n import _
from tui.partnership.calls import Call, calls_of
from tui.partnership.cover_letter import Letter, greeting
from tui.partnership.field_kinds import BadValue, ParseContext, format_value
from tui.partnership.follow_up import language_of
from tui.partnership.outcomes import GIVEN
from tui.partnership.partners import PEOPLE, WHO, people, rows_of
from tui.partnership.values import Entry
from tui.partnership.versions import contacts
from tui.text.clean import one_line
from tui.text.dates import format_on
from tui.text.french_names import fill_sentence, label_in_sentence
from tui.text.name_matching import fold
from tui.workspace.note_sorting import SENT
from tui.workspace.output_files import OutputFile
from tui.workspace.partner_mail import PartnerMail, mail_file_name
from tui.workspace.workspace import Workspace

_CONTRIBUTIONS = "open.contributions"
_FACTS = ("ceiling", "value", "effort", "due")  # the fields of a contribution that are told besides its words
_FILE_WORDS = {"fr": "relecture", "en": "read-back"}  # the first word of the name of the file, by language


def read_back_mail(workspace: Workspace, partner: str, sender: str = "") -> PartnerMail:
    """Return the mail that tells a partner (id) its contributions and its people as they were noted, in its language.

    It is addressed to the people of the partner named in the last call in which somebody was reached; if none of them
    has an address, to all its people with one. `sender` is who signs, "" for nobody. Raises BadValue if neither
    contributions nor people were noted.
    """
    guide, partnership = workspace.guide, workspace.partnership
    lang = language_of(partnership, partner, workspace.doc_lang)
    lists = (
        ("readback_brings", list(_contributions(workspace, partner, lang))),
        ("readback_people", list(_people(workspace, partner, lang))),
    )
    # Each list is a paragraph: its heading, then its lines.
    paragraphs = [
        "\n".join((guide.word(heading, lang), *(f"– {line}" for line in lines))) for heading, lines in lists if lines
    ]
    if not paragraphs:
        name = name_in_sentence(partnership, partner, workspace.lang)
        sentence = _("No contribution and nobody of {name} was noted: there is nothing to tell back.")
        raise BadValue(fill_sentence(sentence, name=name))
    call = next((call for call in calls_of(partnership, partner, lang) if call.has_reached_somebody), None)
    names, addresses = _recipients(workspace, partner, call, lang)
    agreement_title = title(guide, workspace.view, lang)
    if call is not None and call.on:
        about = guide.word("readback_call", lang, date=format_on(call.on, lang), title=agreement_title)
    else:
        about = guide.word("readback_about", lang, title=agreement_title)
    body = [
        greeting(guide, lang, names),
        " ".join(filter(None, (about, guide.word("readback_ask", lang)))),
        *paragraphs,
        guide.word("letter_bye", lang),
        *([sender] if sender else []),
    ]
    subject = guide.word("readback_subject", lang, title=agreement_title)
    return PartnerMail(partner, addresses, Letter(subject, "\n\n".join(body) + "\n"))


def _recipients(
    workspace: Workspace, partner: str, call: Call | None, lang: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (names to greet, addresses) of the people named in the call.

    If none of them has an address, there is no name, and the addresses are all those of the partner.
    """
    # A partner may have called itself: each of the two names may be that of one of its people.
    partner_contacts = [contact for contact in contacts(workspace.partnership, lang) if contact.partner == partner]
    names_in_call = {fold(name) for name in (call.called, call.caller) if name} if call is not None else set()
    spoken_to = [contact for contact in partner_contacts if fold(contact.name) in names_in_call]
    names = dict.fromkeys(contact.name for contact in spoken_to if contact.name)
    return tuple(names), tuple(dict.fromkeys(contact.address for contact in spoken_to or partner_contacts))


def _contributions(workspace: Workspace, partner: str, lang: str) -> Iterator[str]:
    """Yield the contributions of a partner: those confirmed or accepted, and those entered from the note of a call.

    A line of a note that was entered as an answer begins with the sign `SENT`.
    """
    entered_lines = {
        fold(line.removeprefix(SENT))
        for call in calls_of(workspace.partnership, partner, lang)
        for line in call.text.split("\n")
        if line.startswith(SENT)
    }
    for row in rows_of(workspace.partnership, _CONTRIBUTIONS, "rows", partner):
        text = " ".join(row.text("text", lang).split())
        if text and (row.get("state") in GIVEN or fold(text) in entered_lines):
            yield _with_facts(workspace, row, text, lang)


def _with_facts(workspace: Workspace, row: Entry, text: str, lang: str) -> str:
    """Return the words of a contribution, then in parentheses the fields of `_FACTS` that it has."""
    context = ParseContext(workspace.guide, workspace.partnership, lang)
    part = workspace.guide.question(_CONTRIBUTIONS).part("rows")
    assert part is not None
    facts = []
    for field_id in _FACTS:
        field = part.field(field_id)
        assert field is not None
        value = row.text(field_id, lang) if field.translatable else row.get(field_id)
        if value not in (None, ""):
            words = str(value) if field.translatable else format_value(context, field, value)
            facts.append(" ".join(words.split()))
    return f"{text} ({', '.join(facts)})" if facts else text


def _people(workspace: Workspace, partner: str, lang: str) -> Iterator[str]:
    """Yield a line for each of a partner's people: « Solange Viau, directrice, signe l'entente »."""
    part = workspace.guide.question(WHO).part(PEOPLE)
    assert part is not None
    for row in people(workspace.partnership, partner):
        facts = [" ".join(row.text(field_id, lang).split()) for field_id in ("name", "title")]
        flags = (part.field(field_id) for field_id in ("accountable", "signs") if row.get(field_id))
        labels = [field.label.get(lang) for field in flags if field is not None]
        facts += [label_in_sentence(label) for label in labels]
        if facts[0]:
            yield ", ".join(filter(None, facts))


def read_back_file(workspace: Workspace, mail: PartnerMail) -> OutputFile:
    """Return the mail as a file that a mail program opens as a draft.

    The name of the file leaves out a partner that may not be named yet.
    """
    name = mail_file_name(workspace, mail, _FILE_WORDS)
    return OutputFile(
        name,
        _("Mail that tells back what was noted"),
        lambda: Rendered(compose_draft(mail.addresses, one_line(mail.letter.subject), mail.letter.body)),
    )
