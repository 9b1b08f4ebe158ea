"""Makes the files of one sending: documents, mail drafts and letters, in one folder and in one zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tui.agreement.blocks import Agreement
from tui.agreement.partner_copies import addressees
from tui.export.formats import Rendered, by_id, file_stem, plain_name, render
from tui.export.mail_draft import to_eml
from tui.i18n import _
from tui.partnership.cover_letter import Letter
from tui.partnership.partners import find_partner
from tui.partnership.versions import contacts
from tui.text.dates import format_date
from tui.workspace.cover_letters import CoverLetters
from tui.workspace.output_files import (
    MAIL,
    Bundle,
    OutputFile,
    SendOptions,
    alone_suffix,
    bundles,
    free_name,
    rendered_once,
)
from tui.workspace.workspace import Workspace

ZIP, CALENDAR = ".zip", ".ics"
# The earliest date that a zip can hold, given to each file in it, so that the same files make the same bytes.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


Packages = Mapping[str, Sequence[OutputFile]]  # the files for the board of each partner, by its id
NO_PACKAGES: Packages = {}


def sending_files(
    workspace: Workspace,
    texts: Sequence[Agreement],
    options: SendOptions,
    letters: CoverLetters,
    packages: Packages,
    annexes: Sequence[OutputFile],
) -> list[OutputFile]:
    """Return all files of one sending in one new folder, then the zip that holds them; [] where there are none.

    `texts` are one a language. `packages` go with the mail to their partner; the `annexes` with each mail. Raises
    OSError when the folder that is to hold the files cannot be read.
    """
    files = list(_files_of_sending(workspace, texts, options, letters, packages, annexes))
    if not files:
        return []
    files += annexes
    base = new_name(options.folder, file_stem(texts[0], languages=False))
    suffix = alone_suffix(texts[0].lang)
    has_private_folder = any(f"-{suffix}/" in file.name for file in files)
    return in_one_folder(files, base, f"{base}-{suffix}" if has_private_folder else base)


def in_one_folder(files: Sequence[OutputFile], folder: str, archive: str) -> list[OutputFile]:
    """Return the files moved into `folder`, then a zip that holds them; `archive` is its name without an ending."""
    inside = [replace(file, name=f"{folder}/{file.name}") for file in files]
    return [*inside, OutputFile(archive + ZIP, _("All the files in one"), lambda: Rendered(_zipped(inside)))]


def new_name(folder: Path, name: str) -> str:
    """Return `name`, with a number behind it where `folder` has a sending of that name already.

    Raises OSError when the folder cannot be read.
    """
    names = {path.name.removesuffix(ZIP) for path in folder.iterdir()} if folder.is_dir() else set()
    used_names = {text.removesuffix(f"-{alone_suffix(lang)}") for text in names for lang in ("fr", "en")}
    return free_name(name, used_names)


def _zipped(files: Sequence[OutputFile]) -> bytes:
    """Return the bytes of a zip that holds the files in their order."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            member = zipfile.ZipInfo(file.name, _ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16  # where a zip keeps the mode of a file
            archive.writestr(member, file.make().data)
    return data.getvalue()


def _files_of_sending(
    workspace: Workspace,
    texts: Sequence[Agreement],
    options: SendOptions,
    letters: CoverLetters,
    packages: Packages,
    annexes: Sequence[OutputFile],
) -> Iterator[OutputFile]:
    """Yield the files of one sending: for each text the documents and mail drafts, then packages, then letters.

    With `copies`, each partner's addresses get the copy for that partner, and all other addresses the common one. A
    partner whose language is known gets only the text in that language, where there is one. Partners that share an
    address get a mail draft each. Addresses are private: no mail draft has those of two partners, and several drafts
    lie in a folder whose name says that it is for the sender alone.
    """
    formats = tuple(format_id for format_id in options.formats if format_id != MAIL)
    first_base = ""
    for text in texts:
        partners_by_address, addresses = _partners_and_addresses(workspace, texts, text, options, letters)
        own_addresses = _own_addresses(workspace, text, replace(options, addresses=addresses))
        common_partners = {
            address: [partner_id for partner_id in partner_ids if partner_id not in own_addresses]
            for address, partner_ids in partners_by_address.items()
        }
        # An address whose partners all have a copy of their own does not get the common one; [address]: of no partner.
        common = tuple(address for address in addresses if common_partners.get(address, [address]))
        copies = bundles(
            workspace.guide, [text], formats, common=not own_addresses or bool(common), partners=tuple(own_addresses)
        )
        first_base = first_base or copies[0].base
        base = copies[0].base if len(copies) == 1 else file_stem(text)  # the name of what goes to all names no partner
        calendar = (_calendar_entry(workspace, base, text, options.answer_by),) if options.answer_by else ()
        for bundle in copies:
            yield from bundle.sheets
            to = own_addresses.get(bundle.partner, common)
            # Without any address there is one draft all the same: the person fills in to whom it goes.
            wants_mail = to or (not bundle.partner and not options.addresses)
            if MAIL in options.formats and wants_mail:
                with_calendar = replace(bundle, sheets=(*bundle.sheets, *calendar))
                owners = {address: [bundle.partner] for address in to} if bundle.partner else common_partners
                yield from _mails(workspace, with_calendar, to, owners, letters, packages, annexes)
        if options.formats:
            yield from calendar
    for files in packages.values():
        yield from files
    if options.formats:
        yield from _letter_files(workspace, first_base, texts[0], letters)


def _partners_and_addresses(
    workspace: Workspace, texts: Sequence[Agreement], text: Agreement, options: SendOptions, letters: CoverLetters
) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """Return (the ids of the partners that `text` is sent to, by address; all addresses that it is sent to).

    The addresses include those of no partner. A partner whose language is that of another of `texts` is left out.
    """
    other_languages = {part.lang for other in texts for part in other.parts} - {part.lang for part in text.parts}
    partners: dict[str, list[str]] = {}
    for contact in contacts(workspace.partnership, text.lang):
        if contact.partner not in options.partners:
            continue
        ids = partners.setdefault(contact.address, [])
        if contact.partner not in ids and letters.language_of(contact.partner) not in other_languages:
            ids.append(contact.partner)
    # An address without partners in the end belongs only to partners who read another language.
    return partners, tuple(address for address in options.addresses if partners.get(address, [address]))


def _own_addresses(workspace: Workspace, text: Agreement, options: SendOptions) -> dict[str, tuple[str, ...]]:
    """Return the addresses of each partner that gets a copy of its own, by partner id; {} without `copies`."""
    if not options.copies:
        return {}
    people = contacts(workspace.partnership, text.lang)
    named = {addressee.id for addressee in addressees(text)}
    own_addresses: dict[str, tuple[str, ...]] = {}
    for partner_id in options.partners:
        if partner_id in named:
            addresses = (contact.address for contact in people if contact.partner == partner_id)
            own_addresses[partner_id] = tuple(address for address in addresses if address in options.addresses)
    return own_addresses


def _mails(
    workspace: Workspace,
    bundle: Bundle,
    to: Sequence[str],
    owners: Mapping[str, Sequence[str]],
    letters: CoverLetters,
    packages: Packages,
    annexes: Sequence[OutputFile],
) -> Iterator[OutputFile]:
    """Yield the mail drafts of one copy: one for each partner's addresses, and one for each address of no partner.

    `owners` are, by address, the ids of the partners that it belongs to.
    """
    groups: dict[str, list[str]] = {}  # addresses by the id of their partner, or by the address itself
    for address in to:
        for owner in owners.get(address) or (address,):
            groups.setdefault(owner, []).append(address)

    def letter_to(owner: str) -> Letter:
        is_partner = find_partner(workspace.partnership, owner) is not None
        return letters.to_partner(owner, bundle.text) if is_partner else letters.common(bundle.text)

    def with_package(owner: str) -> Bundle:
        return replace(bundle, sheets=(*bundle.sheets, *packages.get(owner, ())))

    if len(groups) < 2:
        owner = next(iter(groups), bundle.partner)
        yield _mail(with_package(owner), to, letter_to(owner), annexes)
        return
    used_names: set[str] = set()
    for owner, addresses in groups.items():
        name = free_name(_file_base(workspace, bundle.text, owner), used_names)
        base = f"{bundle.base}-{alone_suffix(bundle.text.lang)}/{name}"
        yield _mail(with_package(owner), addresses, letter_to(owner), annexes, base)


def _file_base(workspace: Workspace, text: Agreement, owner: str) -> str:
    """Return the name, without ending, of the file for `owner`: a partner's id, or an address of no partner."""
    partner = find_partner(workspace.partnership, owner)
    if partner is None:
        return plain_name(owner) or "courriel"
    return plain_name(partner.short(text.lang)) or ("partenaire" if text.lang == "fr" else "partner")


def _mail(
    bundle: Bundle, to: Sequence[str], letter: Letter, annexes: Sequence[OutputFile], base: str = ""
) -> OutputFile:
    """Return the mail draft that carries the documents of one copy, or the Word file where it has none.

    `base` is its name without ending where there are several drafts, "" where it is the only one.
    """

    def make() -> Rendered:
        attached = [(file.name, file.make()) for file in bundle.sheets]
        if all(name.endswith(CALENDAR) for name, _rendered in attached):
            attached = [(f"{bundle.base}.docx", render(bundle.text, "docx")), *attached]
        attached += [(annex.name, annex.make()) for annex in annexes]
        parts = tuple((name, rendered.data) for name, rendered in attached)
        warnings = tuple(warning for _name, rendered in attached for warning in rendered.warnings)
        subject = " ".join(letter.subject.split())
        return Rendered(to_eml(bundle.text, to=to, subject=subject, body=letter.body, attachments=parts), warnings)

    kind = by_id(MAIL)
    label = f"{kind.label} · {', '.join(to)}" if base else kind.label
    return OutputFile((base or bundle.base) + kind.ending, label, rendered_once(make))


def _letter_files(workspace: Workspace, base: str, text: Agreement, letters: CoverLetters) -> Iterator[OutputFile]:
    """Yield the letters as text to be pasted: the letter to the only partner, else one to all and one to each.

    `base` begins the name of the letter to the only partner.
    """
    word = "lettre" if text.lang == "fr" else "letter"
    each = letters.to_each(text)
    if len(each) != 1:
        base = file_stem(text)  # the name of a letter to all names no partner
    yield _letter_file(f"{base}-{word}", each[0].letter if len(each) == 1 else letters.common(text))
    used_names: set[str] = set()
    if len(each) < 2:
        return
    for partner_letter in each:
        name = free_name(_file_base(workspace, text, partner_letter.partner), used_names)
        yield _letter_file(f"{base}-{alone_suffix(text.lang)}/{word}-{name}", partner_letter.letter)


def _letter_file(base: str, letter: Letter) -> OutputFile:
    data = f"{letter.subject}\n\n{letter.body}".encode()
    return OutputFile(f"{base}.txt", _("Cover letter"), lambda: Rendered(data))


def _calendar_entry(workspace: Workspace, base: str, text: Agreement, answer_by: str) -> OutputFile:
    """Return a calendar file with the ISO day by which an answer is expected; that of a later sending moves the day."""

    def make() -> Rendered:
        from tui.export.calendar_file import CalendarEvent, calendar_file

        word, partnership = workspace.guide.word, workspace.partnership
        summary = word("due_answer_by", text.lang, title=text.title)
        details = word("letter_answer_by", text.lang, date=format_date(answer_by, text.lang))
        uid = f"{partnership.id}-answer@entente"  # the same in each sending, so that calendars move the entry
        event = CalendarEvent(uid, answer_by, summary, partnership.rev, partnership.changed, details)
        return Rendered(calendar_file([event]))

    return OutputFile(base + CALENDAR, _("Calendar entry: answer expected"), make)
