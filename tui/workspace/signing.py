"""The signatures of an adopted text, for page, command and line mode: noted, refused, sent for, told in words.

An adopted version has parties (partners), and each party signers (people).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from tui.agreement.bilingual import joined_texts, text_in_both_languages, with_joint_signatures
from tui.agreement.blocks import Agreement
from tui.agreement.signature_pages import expected_signers, signature_page
from tui.export.formats import by_id, file_stem, plain_name, render, stem_from_title
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.i18n import _, language
from tui.partnership.attachments import ATTACHED
from tui.partnership.completion import answer_entry
from tui.partnership.field_kinds import BadValue
from tui.partnership.name_references import partner_id
from tui.partnership.partners import WHO, find_partner
from tui.partnership.signatures import (
    ALL_FROM,
    Party,
    Signer,
    Signing,
    annex_changes,
    annexes_of,
    signature_changes,
    signatures_of,
    signing_of,
)
from tui.partnership.translation import untranslated_words
from tui.partnership.values import Change, Entry, Partnership
from tui.partnership.versions import ADOPTED, ADOPTED_MARK, Version
from tui.text.dates import format_date
from tui.text.french_names import fill_sentence
from tui.text.list_numbers import list_number
from tui.text.name_matching import fold
from tui.workspace.amendments import file_words, text_to_sign
from tui.workspace.draft_sending import SendingStore
from tui.workspace.kept_papers import PaperStore, keep_copy, paper_file
from tui.workspace.kept_versions import VersionStore, versions_of
from tui.workspace.output_files import OutputFile, WrittenFiles, free_name, write
from tui.workspace.workspace import Workspace, current_moment

_PARTNER_LETTERS = 18  # at most, in the name of a file
HAND = "hand"  # the code of a signature by hand among the guide's "signing_means"
_SIGNED_FORMATS = ("docx", "pdf")
_BOTH = ("fr+en",)  # the languages of a document in both


@dataclass(frozen=True, slots=True)
class SignatureOptions:
    """One signature to be noted."""

    partner: str = ""  # the id of the partner that signs
    name: str = ""  # of the person who signed for it
    title: str = ""  # of that person
    day: str = ""  # the ISO day on which it was signed
    means: str = HAND  # a code of the guide's "signing_means"
    original: str = ""  # where the original is kept, in words
    file: Path | None = None  # a copy to keep beside the partnership


def adopted_versions(workspace: Workspace, store: VersionStore) -> tuple[Version, ...]:
    """Return the versions that are signed: the adopted ones, oldest first."""
    return tuple(version for version in versions_of(workspace, store) if version.status == ADOPTED)


def version_to_sign(workspace: Workspace, store: VersionStore, number: str = "") -> Version:
    """Return the adopted version of that number (from 1), the last one for "". Raises BadValue where there is none."""
    versions = adopted_versions(workspace, store)
    if not versions:
        raise BadValue(_("There is nothing to sign: no text is adopted yet. “Record the adopted text” keeps one."))
    if not number:
        return versions[-1]
    at = list_number(number, len(versions))
    if not at:
        raise BadValue(_("There is no adopted version {number}: there are {n}.").format(number=number, n=len(versions)))
    return versions[at - 1]


def signing_status(workspace: Workspace, version: Version) -> Signing:
    """Return who has signed an adopted version, who has still to sign, and since when it is in force."""
    text = text_to_sign(workspace, version, workspace.doc_lang) or text_to_sign(workspace, version, "fr")
    expected = expected_signers(text) if text is not None else ()
    signing = signing_of(workspace.partnership, version.id, expected)
    if not version.amendment:
        return signing
    return replace(signing, rule=ALL_FROM, effect_on=str(version.amendment.get("effect", "")))


def party_named(partnership: Partnership, signing: Signing, text: str) -> Party:
    """Return the party that `text` names. Raises BadValue when it names no partner that signs this version."""
    named_id = partner_id(partnership, text)
    party = next((party for party in signing.parties if party.partner == named_id), None)
    if party is None:
        names = ", ".join(party.name for party in signing.parties) or _("nobody")
        raise BadValue(_("“{name}” does not sign this version. These do: {names}.").format(name=text, names=names))
    return party


def usual_signer(workspace: Workspace, version: Version, partner: str) -> tuple[str, str]:
    """Return (name, title) of the first person who has still to sign for a partner; ("", "") for nobody."""
    parties = signing_status(workspace, version).parties
    party = next((party for party in parties if party.partner == partner), None)
    unsigned = [signer for signer in party.signers if signer.name and not signer.signed_on] if party is not None else []
    return (unsigned[0].name, unsigned[0].title) if unsigned else ("", "")


def read_signing_means(guide: Guide, text: str) -> str:
    """Return the code of the means of signing that `text` names in either language. Raises BadValue for none."""
    for code in guide.choices["signing_means"]:
        if fold(text) in {fold(words) for words in (code, *guide.words_of("signing_means", code))}:
            return code
    lang = language()
    choices = ", ".join(words.get(lang) for words in guide.choices["signing_means"].values())
    raise BadValue(_("“{word}” is none of: {choices}.").format(word=text, choices=choices))


def record_signature(workspace: Workspace, store: SendingStore, version: Version, options: SignatureOptions) -> Signing:
    """Note a signature of a version, keep the copy beside the partnership, and return the signatures after that.

    A partner for which everyone has signed becomes a signatory. Raises BadValue with what is missing or wrong, OSError
    when the copy cannot be read, StoreError when something cannot be kept: nothing is noted then, except that the
    signature stays if only the status of the partner cannot be saved.
    """
    signing = signing_status(workspace, version)
    party = next((party for party in signing.parties if party.partner == options.partner), None)
    if party is None:
        raise BadValue(_("For which partner? It signs by its own name in the adopted text."))
    _refuse_wrong_signature(workspace, party, options)
    row = _row_for(party, options.name)
    fields: dict[str, Any] = {
        "name": options.name.strip(), f"title@{workspace.doc_lang}": options.title.strip(), "on": options.day,
        "means": options.means, "original": options.original.strip(),
    }  # fmt: skip
    workspace.flush()
    fields |= keep_copy(workspace, store, options.file)
    changes = signature_changes(workspace.partnership, version.id, party.partner, fields, row)
    store.save(workspace.partnership.id, changes)
    workspace.reload()
    return _become_signatory(workspace, store, version, party.partner)


def _refuse_wrong_signature(workspace: Workspace, party: Party, options: SignatureOptions) -> None:
    """Raise BadValue, with what is missing or wrong, where a signature cannot be noted as it is given."""
    if not options.name.strip():
        names = ", ".join(signer.name for signer in party.signers if signer.name and not signer.signed_on)
        if not names and party.signed_on:
            raise BadValue(_("Everyone who signs for {partner} has signed this version.").format(partner=party.name))
        question = _("Who signed for {partner}? The text names: {names}.") if names else _("Who signed for {partner}?")
        raise BadValue(question.format(partner=party.name, names=names))
    if not options.day:
        raise BadValue(_("On which day did {name} sign?").format(name=options.name))
    if options.day > current_moment()[:10]:
        date = format_date(options.day, workspace.lang)
        raise BadValue(_("{date} is still to come: a signature is noted once it is given.").format(date=date))
    for signer in party.signers:
        if signer.signed_on and fold(signer.name) == fold(options.name):
            date = format_date(signer.signed_on, workspace.lang)
            raise BadValue(_("{name} has signed this version already, on {date}.").format(name=signer.name, date=date))


def _row_for(party: Party, name: str) -> Any:
    """Return the unsigned row made when the text went out for signature, None for none.

    It is the row of the person called `name`, else one without a name.
    """
    rows = [signer.row for signer in party.signers if signer.row is not None and not signer.signed_on]
    of_name = [row for row in rows if fold(str(row.get("name", ""))) == fold(name)]
    nameless = [row for row in rows if not row.get("name")]
    return next(iter([*of_name, *nameless]), None)


def _become_signatory(workspace: Workspace, store: SendingStore, version: Version, partner: str) -> Signing:
    """Make a committed partner a signatory once everyone has signed for it; return the signatures."""
    signing = signing_status(workspace, version)
    party = next(party for party in signing.parties if party.partner == partner)
    entry = workspace.partnership.entry(partner)
    if party.signed_on and entry is not None and entry.get("status") == "committed":
        store.save(workspace.partnership.id, (Change(partner, WHO, "status", "signatory", "", (partner,)),))
        workspace.reload()
    return signing


def note_annex(
    workspace: Workspace, store: SendingStore, version: Version, fields: Mapping[str, Any], file: Path | None = None
) -> None:
    """Note a paper beside a version, and keep a copy of it; `fields` are cells of a row of `follow.annexes`.

    Raises OSError when the file cannot be read, StoreError when it cannot be kept: nothing is noted then.
    """
    copy = keep_copy(workspace, store, file)
    workspace.edits.end_typing()
    workspace.edit(annex_changes(workspace.partnership, version.id, {**fields, **copy}))


def keep_annex_copy(workspace: Workspace, store: SendingStore, row: Entry, file: Path) -> None:
    """Keep a copy of a paper that is noted already, in place of the one there was. Raises OSError or StoreError."""
    copy = keep_copy(workspace, store, file)
    workspace.edits.end_typing()
    workspace.edit([Change(row.id, row.question, cell, value, row.part, row.subject) for cell, value in copy.items()])


def kept_papers(workspace: Workspace, store: PaperStore, version: Version) -> tuple[OutputFile, ...]:
    """Return the copies kept beside a version as files to be written: signed pages, annexes, resolutions.

    A copy that was changed since it was kept gives a warning when it is written. Raises BadValue where none is kept.
    """
    partnership = workspace.partnership
    used_names: set[str] = set()
    files = []
    for row in (*signatures_of(partnership, version.id), *annexes_of(partnership, version.id)):
        file = paper_file(workspace, store, row)
        if file is not None:
            base = free_name(PurePath(file.name).stem, used_names)
            files.append(replace(file, name=base + PurePath(file.name).suffix))
    if not files:
        raise BadValue(_("No copy is kept beside this version."))
    return tuple(files)


# -- sending for signature ---------------------------------------------------------------------------------------------


def signing_files(workspace: Workspace, version: Version) -> tuple[OutputFile, ...]:
    """Return the adopted text and one signature page for each party, as Word and PDF, in the document's language.

    A text that says which of its two languages prevails is written in both, signed once. Where the text is not kept in
    the document's language it is the French one. Raises BadValue where neither is kept.
    """
    signed_text = text_to_sign(workspace, version, workspace.doc_lang) or text_to_sign(workspace, version, "fr")
    if signed_text is None:
        raise BadValue(_("The text of this version is not kept here: send the paper that was adopted."))
    text, signed_text = _in_both_languages(workspace, version, signed_text) or (signed_text, signed_text)
    base = file_stem(text)
    if version.amendment:
        number, joinder = int(version.amendment.get("number", 1)), str(version.amendment.get("joinder", ""))
        words = (*file_words(workspace, number, joinder, text.lang), plain_name(text.version))  # « avenant-1-adopte »
        base = stem_from_title(text.title, *words, *(part.lang for part in text.parts))
    files = []
    for kind in map(by_id, _SIGNED_FORMATS):
        files.append(OutputFile(base + kind.ending, kind.label, partial(render, text, kind)))
        for number, (party, name, _people) in enumerate(expected_signers(signed_text), 1):
            page = signature_page(workspace.guide, signed_text, party)
            name_parts = (base, "signature", str(number), plain_name(name, _PARTNER_LETTERS))
            file_name = "-".join(filter(None, name_parts)) + kind.ending
            files.append(OutputFile(file_name, f"{kind.label} · {name}", partial(render, page, kind)))
    return tuple(files)


def _in_both_languages(workspace: Workspace, version: Version, first: Agreement) -> tuple[Agreement, Agreement] | None:
    """Return a version in both languages, and `first` with signature blocks in both; None if one language is signed.

    `first` is the text in the language that comes first. One language is signed where the text does not say which of
    two prevails, or where the other text is not kept.
    """
    legal = answer_entry(workspace.view, "extra.legal", ())
    other = "en" if first.lang == "fr" else "fr"
    second = text_to_sign(workspace, version, other)
    if legal is None or not legal.get("prevails") or second is None:
        return None
    if _is_present_text(workspace, version) and untranslated_words(workspace.guide, workspace.partnership, _BOTH):
        # Kept texts do not mark what is not translated; this one has the same words.
        joined = text_in_both_languages(workspace.guide, workspace.partnership, first.lang, other, workspace.region)
    else:
        joined = joined_texts(workspace.guide, first, second)
    return joined, with_joint_signatures(first, joined)


def _is_present_text(workspace: Workspace, version: Version) -> bool:
    """Return whether today's text is that of a version, adopted as a whole."""
    mark = workspace.partnership.setting(ADOPTED_MARK)
    is_last = isinstance(mark, Mapping) and mark.get("version") == version.id
    return is_last and not version.amendment and workspace.adoption == "adopted"


def _annexes_of_text(workspace: Workspace, store: PaperStore, version: Version) -> tuple[OutputFile, ...]:
    """Return the copies of the annexes that a version names, as they were when it was adopted."""
    rows = (row for row in annexes_of(workspace.partnership, version.id) if row.get(ATTACHED))
    files = [file for row in rows if (file := paper_file(workspace, store, row)) is not None]
    word = "annexe" if workspace.doc_lang == "fr" else "annex"
    return tuple(replace(file, name=f"{word}-{number}-{file.name}") for number, file in enumerate(files, 1))


def send_for_signature(workspace: Workspace, store: SendingStore, version: Version, folder: Path) -> WrittenFiles:
    """Write the files to be signed into `folder`, then note for each signer on which day it was asked to sign.

    Raises OSError or CannotExport when a file cannot be written, StoreError when nothing can be noted.
    """
    written = write(folder, (*signing_files(workspace, version), *_annexes_of_text(workspace, store, version)))
    day = current_moment()[:10]
    changes: list[Change] = []
    for party in signing_status(workspace, version).parties:
        for signer in party.signers or (Signer("", ""),):
            if not signer.signed_on:
                fields = {"name": signer.name, f"title@{workspace.doc_lang}": signer.title, "asked": day}
                changes += signature_changes(workspace.partnership, version.id, party.partner, fields, signer.row)
    workspace.flush()
    if changes:
        store.save(workspace.partnership.id, changes)
        workspace.reload()
    return written


# -- in words ----------------------------------------------------------------------------------------------------------


def force_words(guide: Guide, signing: Signing, lang: str, day: str) -> str:
    """Return « En vigueur depuis le 3 mars 2027. » as seen on an ISO day; else how many signatures are there."""
    since = signing.in_force_on
    if not since:
        return guide.word("not_in_force", lang, n=len(signing.signed), total=len(signing.parties))
    word = "in_force_since" if since <= day else "in_force_from"
    return guide.word(word, lang, date=format_date(since, lang))


def signer_words(workspace: Workspace, signer: Signer, *, private: bool = True) -> str:
    """Return « Solange Viau, directrice : 3 mars 2027, à la main, original : classeur » of a signer.

    Of one who has not signed it tells when they were asked. Without `private` original and copy are left out.
    """
    lang, row = workspace.lang, signer.row
    name = ", ".join(filter(None, (signer.name or _("who signs is not named"), signer.title)))
    if not signer.signed_on:
        asked_on = str(row.get("asked", "")) if row is not None else ""
        state = _("asked on {date}").format(date=format_date(asked_on, lang)) if asked_on else _("not asked yet")
        return name + _(": ") + state
    assert row is not None
    facts = [format_date(signer.signed_on, lang), workspace.guide.choice("signing_means", row.get("means", ""), lang)]
    if private and row.get("original"):
        facts.append(_("original: {place}").format(place=row.get("original")))
    if private and row.get("file"):
        facts.append(_("copy: {file}").format(file=row.get("file")))
    return name + _(": ") + ", ".join(filter(None, facts))


def version_words(workspace: Workspace, versions: Sequence[Version], version: Version) -> str:
    """Return « Version 2, adoptée le 3 décembre 2026 », or the like for an amendment or a partner that joined.

    `versions` are all adopted versions, by which the version gets its number.
    """
    number = [other.id for other in versions].index(version.id) + 1
    date = format_date(version.date, workspace.lang)
    if version.amendment.get("joinder"):  # the id of the partner that joined
        partner = find_partner(workspace.partnership, str(version.amendment["joinder"]))
        name = partner.in_sentence(workspace.lang) if partner is not None else ""
        return fill_sentence(_("Joining of {name}, adopted on {date}"), name=name, date=date)
    if version.amendment:
        sentence = _("Amendment no. {number}, adopted on {date}")
        return sentence.format(number=version.amendment.get("number", 1), date=date)
    return _("Version {number}, adopted on {date}").format(number=number, date=date)


def status_lines(workspace: Workspace, store: VersionStore, version: Version, *, private: bool = True) -> Iterator[str]:
    """Yield the signatures of a version as lines of text: since when it is in force, each party, the papers beside it.

    Without `private` where originals and copies are is left out.
    """
    signing = signing_status(workspace, version)
    yield version_words(workspace, adopted_versions(workspace, store), version)
    yield force_words(workspace.guide, signing, workspace.lang, current_moment()[:10])
    for party in signing.parties:
        yield f"  {party.name}"
        for signer in party.signers:
            yield f"    – {signer_words(workspace, signer, private=private)}"
    for row in annexes_of(workspace.partnership, version.id):
        yield f"  {annex_words(workspace, row, private=private)}"


def annex_words(workspace: Workspace, row: Entry, *, private: bool) -> str:
    """Return « Résolution CA-7 (extrait certifié de résolution), Collège, copie : ca-7.pdf » of a paper.

    `row` is a row of `follow.annexes`. Without `private` the copy is left out.
    """
    kind = workspace.guide.choice("annex_kind", row.get("kind", "annex"), workspace.lang)
    partner = find_partner(workspace.partnership, str(row.get("partner", "")))
    name = partner.name(workspace.lang) if partner is not None else ""
    facts = [f"{row.text('what', workspace.lang)} ({kind})", name]
    if private and row.get("file"):
        facts.append(_("copy: {file}").format(file=row.get("file")))
    return ", ".join(filter(None, facts))
