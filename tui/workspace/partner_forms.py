"""Makes the forms that partners answer, each in its language: as mail drafts, Word files or web pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.agreement.partner_form import FormFacts, PartnerForm, partner_form
from tui.export.formats import Rendered, by_id, file_stem, plain_name
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.partnership.follow_up import language_of
from tui.partnership.ids import new_id
from tui.partnership.name_references import partner_id
from tui.partnership.partners import active, find_partner
from tui.partnership.privacy import published
from tui.partnership.values import Change, Partnership
from tui.partnership.versions import contacts, first_person, sending_changes, sendings
from tui.text.mail_addresses import read_addresses
from tui.workspace.output_files import OutputFile, alone_suffix, free_name, rendered_once
from tui.workspace.workspace import Workspace

MAIL, WORD, PAGE = "mail", "docx", "html"
FORM_FORMATS = (MAIL, WORD, PAGE)  # the likeliest to be answered first
_FOLDER_NAMES = {"fr": "formulaires", "en": "forms"}
_FILE_WORDS = {"fr": "formulaire", "en": "form"}  # in the name of a form's file
_TITLE_LETTERS, _PARTNER_LETTERS = 30, 18  # at most, in the name of a folder or file


@dataclass(frozen=True, slots=True)
class FormOrder:
    """Which forms are to be made, and where."""

    folder: Path  # where they are written
    partners: tuple[str, ...]  # their ids
    formats: tuple[str, ...] = (MAIL,)
    answer_by: str = ""  # the ISO date to answer by, "" for none; with a date it is noted who was asked
    sender: str = ""  # who sends them; the answers go to the mail address in it


def usual_order(workspace: Workspace, folder: Path, sender: str = "") -> FormOrder:
    """Return the default: a form by mail for each partner that may be named."""
    partner_ids = tuple(partner.id for partner in active(workspace.partnership) if partner.may_appear)
    return FormOrder(folder, partner_ids, sender=sender)


def partners_named(workspace: Workspace, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the partners that some names mean, each once. Raises BadValue for one that is not active."""
    active_ids = {partner.id for partner in active(workspace.partnership)}
    named_ids: dict[str, None] = {}  # a dictionary instead of a set, to keep their order
    for text in texts:
        named_id = partner_id(workspace.partnership, text)
        if named_id not in active_ids:
            sentence = _("“{name}” does not take part any more: there is no form for it.")
            raise BadValue(sentence.format(name=text))
        named_ids[named_id] = None
    return tuple(named_ids)


def draft_number(workspace: Workspace, partnership: Partnership) -> int:
    """Return the number of the last draft if the text has not changed since; else 0."""
    number = partnership.setting("drafts", 0)
    is_unchanged = isinstance(number, int) and Composer(workspace.guide).is_last_draft(partnership)
    return number if is_unchanged else 0


class PartnerForms:
    """Makes the forms of one partnership, each in the language that its partner is written to in."""

    def __init__(self, workspace: Workspace, partnership: Partnership, answer_by: str = "", sender: str = "") -> None:
        """`partnership` is the workspace's own, or as it will be once a draft is numbered; `answer_by` an ISO date."""
        self._workspace, self._partnership = workspace, partnership
        reply_to = next(iter(read_addresses(sender).found), "")
        self._facts = FormFacts(draft_number(workspace, partnership), answer_by, sender, reply_to)
        self._public = published(workspace.guide, partnership)
        self._texts: dict[str, Agreement] = {}

    def language_of(self, partner: str) -> str:
        """Return the language of a partner's form: its own where it is noted, else the document's."""
        return language_of(self._partnership, partner, self._workspace.doc_lang)

    def short(self, partner: str) -> str:
        """Return the short name of a partner, as it may be seen; "" while it may not be named."""
        public_partner = find_partner(self._public.view, partner)
        return public_partner.short(self.language_of(partner)) if public_partner is not None else ""

    def text(self, partner: str) -> Agreement:
        """Return the text that a partner's form is about, in its language."""
        lang = self.language_of(partner)
        if lang not in self._texts:
            composer = Composer(self._workspace.guide)
            self._texts[lang] = composer.agreement(self._partnership, lang, self._workspace.region)
        return self._texts[lang]

    def form(self, partner: str) -> PartnerForm:
        """Return the form of a partner in its language. Raises BadValue for an id that is no partner's."""
        form = partner_form(self._workspace.guide, self._public, self.text(partner), partner, self._facts)
        if form is None:
            raise BadValue(_("There is no partner of that id: {id}").format(id=partner))
        return form


def form_files(workspace: Workspace, order: FormOrder) -> tuple[OutputFile, ...]:
    """Return a file for each partner and format of an order, in a folder of their own where there are several.

    A mail draft is addressed to the first person of its partner alone. The name of a folder with mail drafts to several
    partners says that it is for the sender alone.
    """
    forms = PartnerForms(workspace, workspace.partnership, order.answer_by, order.sender)
    used_names: set[str] = set()
    files: list[OutputFile] = []
    for number, partner in enumerate(active(workspace.partnership), 1):
        if partner.id in order.partners:
            form = forms.form(partner.id)
            base = free_name(form_name(form, forms.text(partner.id), number, forms.short(partner.id)), used_names)
            files += [form_sheet(workspace, form, kind, base) for kind in order.formats]
    if len(files) < 2:
        return tuple(files)
    lang = workspace.doc_lang
    is_private = MAIL in order.formats and len(order.partners) > 1
    name_parts = (
        plain_name(workspace.agreement.title, _TITLE_LETTERS),
        _FOLDER_NAMES[lang],
        alone_suffix(lang) if is_private else "",
    )
    folder = "-".join(filter(None, name_parts))
    return tuple(replace(output_file, name=f"{folder}/{output_file.name}") for output_file in files)


def form_sheet(workspace: Workspace, form: PartnerForm, kind: str, base: str) -> OutputFile:
    """Return one form as a file of the given format; `base` is its name without an ending."""

    def make() -> Rendered:
        if kind == WORD:
            from tui.export.partner_form_word import form_word_file

            return form_word_file(form)
        if kind == PAGE:
            from tui.export.partner_form_page import form_page

            return form_page(form)
        from tui.export.partner_form_text import form_mail

        return form_mail(form, first_addresses(workspace, form.partner))

    file_format = by_id("eml" if kind == MAIL else kind)
    return OutputFile(base + file_format.ending, " · ".join(filter(None, (_("Form"), form.name))), rendered_once(make))


def form_body(form: PartnerForm) -> str:
    """Return a form as text to put below the letter of a sending, to be answered between its lines."""
    from tui.export.partner_form_text import form_text

    return f"\n* * *\n\n{form_text(form)}"


def sent_forms(
    workspace: Workspace, partnership: Partnership, partners: Iterable[str], answer_by: str, sender: str
) -> dict[str, tuple[OutputFile, ...]]:
    """Return the Word file of each partner's form, by the partner's id, to be sent with a draft."""
    forms = PartnerForms(workspace, partnership, answer_by, sender)
    numbers = {partner.id: number for number, partner in enumerate(active(partnership), 1)}
    used_names: set[str] = set()
    files: dict[str, tuple[OutputFile, ...]] = {}
    for partner in partners:
        if partner in numbers:
            form = forms.form(partner)
            name = form_name(form, forms.text(partner), numbers[partner], forms.short(partner))
            files[partner] = (form_sheet(workspace, form, WORD, free_name(name, used_names)),)
    return files


def first_addresses(workspace: Workspace, partner: str) -> tuple[str, ...]:
    """Return the addresses of the person who is accountable or signs, else of the first person; () for none."""
    everyone = contacts(workspace.partnership, workspace.lang)
    return tuple(contact.address for contact in first_person(everyone, partner))


def form_name(form: PartnerForm, text: Agreement, number: int, short: str) -> str:
    """Return « une-porte-ebauche-3-fr-formulaire-la-boussole », the name of a form's files without an ending.

    `text` is the text that the form is about. A partner that may not be named yet has the `short` name "": the name
    then has its `number` in the list of partners.
    """
    partner_name = (
        plain_name(short, _PARTNER_LETTERS) or f"{'organisme' if form.lang == 'fr' else 'organization'}-{number}"
    )
    return "-".join((file_stem(text), _FILE_WORDS[form.lang], partner_name))


def asking_changes(workspace: Workspace, order: FormOrder, on: str) -> Sequence[Change]:
    """Return the changes that note on an ISO day who was asked by a form; none without a date for the answers.

    They make a row among the sendings: the answers will be answers on the text of that day.
    """
    if not order.answer_by or not order.partners:
        return ()
    number = draft_number(workspace, workspace.partnership)
    sent_draft = next((row for row in reversed(sendings(workspace.partnership)) if row.get("number") == number), None)
    fields = {
        "on": on,
        "number": number or None,
        "means": "email" if MAIL in order.formats else "other",
        "answer_by": order.answer_by,
        "partners": {"ids": list(order.partners), "group": ""},
        "version": (sent_draft.get("version") or None) if number and sent_draft is not None else None,
        "seen": dict(workspace.public.points),
    }
    return tuple(
        change for change in sending_changes(workspace.partnership, new_id(), fields) if change.value is not None
    )
