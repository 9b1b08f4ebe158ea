"""An answer given by telephone: noted with who said it, mailed to its partner, and confirmed by that partner's word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.agreement.compose import title
from tui.export.formats import Rendered
from tui.export.mail_draft import to_eml
from tui.form.form_words import name_in_sentence
from tui.i18n import _
from tui.partnership.cover_letter import Letter, greeting
from tui.partnership.field_kinds import BadValue
from tui.partnership.follow_up import language_of
from tui.partnership.form_codes import confirmation_code
from tui.partnership.ids import new_id
from tui.partnership.partner_words import OwnAnswer, may_be_shown_to_partner, own_answers
from tui.partnership.partners import people
from tui.partnership.positions import CONSENSUS
from tui.partnership.received_answers import (
    TELEPHONE,
    confirmed_changes,
    noted_by_telephone,
    noted_changes,
    questions_of,
    to_confirm_changes,
    unchanged_entries,
    words_digest,
)
from tui.partnership.values import Change, Entry
from tui.partnership.versions import contacts, last_sent_to
from tui.text.clean import one_line
from tui.text.dates import format_on
from tui.text.french_names import fill_sentence
from tui.workspace.output_files import OutputFile
from tui.workspace.partner_mail import PartnerMail, mail_file_name
from tui.workspace.workspace import Workspace

_FILE_NAMES = {"fr": "a-confirmer", "en": "to-confirm"}  # what the name of the mail's file begins with, by language


def note_by_telephone(workspace: Workspace, question: str, partner: str, said_by: str, noted_by: str, day: str) -> None:
    """Note that a partner's present answer to a question was said by telephone on an ISO day: it is to be confirmed.

    One step of undo takes the note and the mark back. Raises BadValue where there is nothing that can be noted so.
    """
    changes = telephone_changes(workspace, question, partner, said_by, noted_by, day)
    workspace.edits.end_typing()
    workspace.edit(changes)
    workspace.edits.end_typing()


def telephone_changes(
    workspace: Workspace, question: str, partner: str, said_by: str, noted_by: str, day: str
) -> list[Change]:
    """Return the changes of `note_by_telephone`. Raises BadValue where there is nothing that can be noted so."""
    guide, partnership = workspace.guide, workspace.partnership
    if question not in guide.by_id or not partner or not may_be_shown_to_partner(guide, guide.question(question)):
        raise BadValue(_("Only what a partner answers of itself is noted so: stand at its answer first."))
    said_by = one_line(said_by).strip()
    if not said_by:
        raise BadValue(_("Who said it? Give a name."))
    answers = own_answers(guide, partnership, question, partner, workspace.lang)
    if not answers:
        raise BadValue(_("There is no answer here yet: write it down first, then say who said it."))
    fields = {
        "on": day, "means": TELEPHONE, "said_by": said_by, "noted_by": one_line(noted_by).strip() or None,
        "entries": {own_answer.entry.id: words_digest(own_answer.entry) for own_answer in answers},
    }  # fmt: skip
    cells = {name: value for name, value in fields.items() if value is not None}
    return [
        *noted_changes(partnership, new_id(), partner, cells),
        *to_confirm_changes(partnership, partner, [question]),
    ]


def names_of_people(workspace: Workspace, partner: str) -> tuple[str, ...]:
    """Return the names of a partner's people, those first who are accountable or sign: one of them said it."""
    rows = sorted(
        people(workspace.partnership, partner), key=lambda row: not (row.get("accountable") or row.get("signs"))
    )
    return tuple(dict.fromkeys(name for row in rows if (name := row.text("name", workspace.lang))))


def confirm(workspace: Workspace, rows: Sequence[Entry], day: str) -> None:
    """Note that a partner confirmed these answers on an ISO day; one step of undo takes it back."""
    workspace.edits.end_typing()
    workspace.edit([change for row in rows for change in confirmed_changes(workspace.partnership, row, day)])
    workspace.edits.end_typing()


# -- the mail ----------------------------------------------------------------------------------------------------------


def confirmation_mail(workspace: Workspace, partner: str, sender: str = "") -> PartnerMail:
    """Return the mail to a partner on all that was noted by telephone and is not confirmed, in its language.

    It quotes the partner's own answers and nothing else. Raises BadValue where nothing waits to be confirmed.
    """
    guide, partnership = workspace.guide, workspace.partnership
    rows = noted_by_telephone(partnership, partner)
    lang = language_of(partnership, partner, workspace.doc_lang)
    lines = [f"– {words}" for words in noted_words(workspace, rows, partner, lang)]
    if not lines:
        name = name_in_sentence(partnership, partner, workspace.lang)
        raise BadValue(fill_sentence(_("Nothing that {name} said by telephone waits to be confirmed."), name=name))
    date = max(str(row.get("on", "")) for row in rows)
    agreement_title = title(guide, workspace.view, lang)
    partner_contacts = [contact for contact in contacts(partnership, lang) if contact.partner == partner]
    paragraphs = [
        greeting(guide, lang, tuple(dict.fromkeys(str(row.get("said_by", "")) for row in rows))),
        guide.word("noted_about", lang, date=format_on(date, lang), title=agreement_title),
        "\n".join([guide.word("noted_lines", lang), *lines]),
        guide.word("noted_ask", lang),
        guide.word("letter_bye", lang),
        *([sender] if sender else []),
        guide.word("noted_code", lang, code=confirmation_code(partnership, partner).text),
    ]
    subject = guide.word("noted_subject", lang, title=agreement_title)
    addresses = tuple(dict.fromkeys(contact.address for contact in partner_contacts))
    return PartnerMail(partner, addresses, Letter(subject, "\n\n".join(paragraphs) + "\n"))


def noted_words(workspace: Workspace, rows: Sequence[Entry], partner: str, lang: str) -> list[str]:
    """Return a line for each entry that still has the words noted in `rows`; a position with the draft it is about."""
    guide, partnership = workspace.guide, workspace.partnership
    unchanged = [entry for row in rows for entry in unchanged_entries(partnership, row)]
    unchanged_ids = {entry.id for entry in unchanged}
    lines = []
    for question in questions_of(unchanged):
        for own_answer in own_answers(guide, partnership, question, partner, lang):
            if own_answer.entry.id in unchanged_ids:
                lines.append(_words_with_draft(workspace, own_answer, partner, lang))
    return lines


def _words_with_draft(workspace: Workspace, own_answer: OwnAnswer, partner: str, lang: str) -> str:
    """Return the words of an answer; those of a position with the number of the draft sent last to the partner."""
    sending = last_sent_to(workspace.partnership, partner)
    draft_number = sending.get("number") if sending is not None else None
    is_position = own_answer.entry.question == CONSENSUS and not own_answer.entry.part
    if not is_position or not draft_number:
        return own_answer.words
    return workspace.guide.word("noted_on_draft", lang, words=own_answer.words, number=draft_number)


def confirmation_file(workspace: Workspace, mail: PartnerMail) -> OutputFile:
    """Return the mail as a draft that a mail program opens; its name tells no partner that may not be named."""
    name = mail_file_name(workspace, mail, _FILE_NAMES)
    return OutputFile(name, _("Mail to be confirmed"), _draft(workspace, mail))


def _draft(workspace: Workspace, mail: PartnerMail) -> Callable[[], Rendered]:
    def render() -> Rendered:
        letter = mail.letter
        data = to_eml(workspace.agreement, to=mail.addresses, subject=one_line(letter.subject), body=letter.body)
        return Rendered(data)

    return render
