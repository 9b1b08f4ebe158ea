"""After a call: what was noted of a partner, told back to it by mail; its contributions and its people alone."""

from __future__ import annotations

from collections.abc import Iterator

from tui.agreement.compose import title
from tui.export.formats import Rendered
from tui.export.mail_draft import compose_draft
from tui.form.form_words import short_name
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
from tui.text.french_names import fill_sentence
from tui.text.name_matching import fold
from tui.workspace.note_sorting import SENT
from tui.workspace.output_files import OutputFile
from tui.workspace.partner_mail import PartnerMail, mail_file_name
from tui.workspace.workspace import Workspace

_CONTRIBUTIONS = "open.contributions"
_BESIDE = ("ceiling", "value", "effort", "due")  # what a contribution says besides its words
_FILES = {"fr": "relecture", "en": "read-back"}  # what the file of the mail begins with, by language


def read_back(workspace: Workspace, partner: str, sender: str = "") -> PartnerMail:
    """Return the mail that tells a partner its contributions and its people as they were noted, in its language.

    It goes to whom the last call was with, where that person has an address, else to all of the partner that have.
    Raises BadValue where nothing of the kind was noted.
    """
    guide, partnership = workspace.guide, workspace.partnership
    lang = language_of(partnership, partner, workspace.doc_lang)
    lists = (
        ("readback_brings", list(_contributions(workspace, partner, lang))),
        ("readback_people", list(_people(workspace, partner, lang))),
    )
    told = ["\n".join([guide.word(head, lang), *(f"– {line}" for line in lines)]) for head, lines in lists if lines]
    if not told:
        name = short_name(partnership, partner, workspace.lang)
        sentence = _("No contribution and nobody of {name} was noted: there is nothing to tell back.")
        raise BadValue(fill_sentence(sentence, name=name))
    call = next((call for call in calls_of(partnership, partner, lang) if call.reached), None)
    names, addresses = _reached(workspace, partner, call, lang)
    named = title(guide, workspace.view, lang)
    on = call.on if call is not None else ""
    about = guide.word("readback_call", lang, date=format_on(on, lang), title=named) if on else ""
    body = [
        greeting(guide, lang, names),
        " ".join(filter(None, (about or guide.word("readback_about", lang, title=named),
                               guide.word("readback_ask", lang)))),
        *told,
        guide.word("letter_bye", lang),
        *([sender] if sender else []),
    ]  # fmt: skip
    return PartnerMail(
        partner, addresses, Letter(guide.word("readback_subject", lang, title=named), "\n\n".join(body) + "\n")
    )


def _reached(
    workspace: Workspace, partner: str, call: Call | None, lang: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names to greet and the addresses: those of whom the call was with, where it is known."""
    known = [contact for contact in contacts(workspace.partnership, lang) if contact.partner == partner]
    with_whom = {fold(name) for name in (call.called, call.caller) if name} if call is not None else set()
    spoken = [contact for contact in known if fold(contact.name) in with_whom]
    reached = spoken or known
    names = dict.fromkeys(contact.name for contact in spoken if contact.name)
    return tuple(names), tuple(dict.fromkeys(contact.address for contact in reached))


def _contributions(workspace: Workspace, partner: str, lang: str) -> Iterator[str]:
    """Yield what a partner brings as it said it: confirmed or accepted, or sent on from the note of a call with it."""
    said = [
        fold(line.removeprefix(SENT))
        for call in calls_of(workspace.partnership, partner, lang)
        for line in call.text.split("\n")
        if line.startswith(SENT)
    ]
    for row in rows_of(workspace.partnership, _CONTRIBUTIONS, "rows", partner):
        text = " ".join(row.text("text", lang).split())
        if text and (row.get("state") in GIVEN or fold(text) in said):
            yield _with_facts(workspace, row, text, lang)


def _with_facts(workspace: Workspace, row: Entry, text: str, lang: str) -> str:
    reading = ParseContext(workspace.guide, workspace.partnership, lang)
    part = workspace.guide.question(_CONTRIBUTIONS).part("rows")
    assert part is not None
    facts = []
    for name in _BESIDE:
        field = part.field(name)
        assert field is not None
        value = row.text(name, lang) if field.translatable else row.get(name)
        if value not in (None, ""):
            facts.append(" ".join(str(value if field.translatable else format_value(reading, field, value)).split()))
    return f"{text} ({', '.join(facts)})" if facts else text


def _people(workspace: Workspace, partner: str, lang: str) -> Iterator[str]:
    """« Solange Viau, directrice, signe l'entente »: a partner's people as the document may name them."""
    part = workspace.guide.question(WHO).part(PEOPLE)
    assert part is not None
    for row in people(workspace.partnership, partner):
        facts = [" ".join(row.text(name, lang).split()) for name in ("name", "title")]
        flags = (part.field(name) for name in ("accountable", "signs") if row.get(name))
        facts += [field.label.get(lang)[:1].lower() + field.label.get(lang)[1:] for field in flags if field is not None]
        if facts[0]:
            yield ", ".join(filter(None, facts))


def read_back_file(workspace: Workspace, mail: PartnerMail) -> OutputFile:
    """Return the mail as a draft that a mail program opens; its name tells no partner that may not be named."""
    name = mail_file_name(workspace, mail, _FILES)
    return OutputFile(
        name,
        _("Mail that tells back what was noted"),
        lambda: Rendered(compose_draft(mail.addresses, one_line(mail.letter.subject), mail.letter.body)),
    )
