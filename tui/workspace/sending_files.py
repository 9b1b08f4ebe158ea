"""The files of one sending: documents, mail drafts and letters of each language and copy, in one folder and one zip."""

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
from tui.partnership.partners import find_partner as partner_of
from tui.partnership.versions import contacts
from tui.text.dates import format_date
from tui.workspace.cover_letters import CoverLetters
from tui.workspace.output_files import MAIL, Bundle, OutputFile, SendOptions, alone, bundles, free_name, made_once
from tui.workspace.workspace import Workspace

ZIP, CALENDAR = ".zip", ".ics"
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can tell: equal files give equal bytes


Packages = Mapping[str, Sequence[OutputFile]]  # the files for the board of each partner, by its id
NO_PACKAGES: Packages = {}


def sending_files(
    workspace: Workspace,
    texts: Sequence[Agreement],
    order: SendOptions,
    letters: CoverLetters,
    packages: Packages,
    annexes: Sequence[OutputFile],
) -> list[OutputFile]:
    """Return every file of one sending, all in one new folder, and the zip that holds them; [] where there is none.

    The `annexes` of the text lie beside it, and each mail draft carries them.

    Raises OSError when the folder that is to hold them cannot be read.
    """
    files = list(parcel_sheets(workspace, texts, order, letters, packages, annexes))
    if not files:
        return []
    files += annexes
    base = new_name(order.folder, file_stem(texts[0], languages=False))
    marked = any(f"-{alone(texts[0].lang)}/" in file.name for file in files)
    return in_one_folder(files, base, f"{base}-{alone(texts[0].lang)}" if marked else base)


def in_one_folder(files: Sequence[OutputFile], folder: str, archive: str) -> list[OutputFile]:
    """Return the files in a folder of this name, and the zip `archive` (its name without an ending) that holds it."""
    inside = [replace(file, name=f"{folder}/{file.name}") for file in files]
    return [*inside, OutputFile(archive + ZIP, _("All the files in one"), lambda: Rendered(_zipped(inside)))]


def new_name(folder: Path, name: str) -> str:
    """Return `name`, with a number behind it where `folder` holds something of it: nothing is ever replaced."""
    there = {path.name.removesuffix(ZIP) for path in folder.iterdir()} if folder.is_dir() else set()
    taken = {text.removesuffix(f"-{alone(lang)}") for text in there for lang in ("fr", "en")}
    return free_name(name, taken)


def _zipped(files: Sequence[OutputFile]) -> bytes:
    """Return the files as one zip, in their order, each as it is written beside it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            member = zipfile.ZipInfo(file.name, _FIRST_MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            archive.writestr(member, file.make().data)
    return data.getvalue()


def parcel_sheets(
    workspace: Workspace,
    texts: Sequence[Agreement],
    order: SendOptions,
    letters: CoverLetters,
    packages: Packages,
    annexes: Sequence[OutputFile],
) -> Iterator[OutputFile]:
    """Every file of one sending: for each language the documents of each copy and their mail drafts, then the letters.

    With `copies`, each partner's addresses get the copy that is for it, and whoever else is written to the common one.
    A partner whose language is known is written to in that language alone, where the sending has a text in it. Each of
    two partners that share an address gets a mail draft of its own there.
    Addresses are private: no mail draft names those of two partners. Where there are several drafts they lie in a
    folder whose name says that it is for oneself alone. A package for a partner's board goes with its mail.
    """
    papers = tuple(name for name in order.formats if name != MAIL)
    first = ""
    for text in texts:
        read_by, addresses = _in_language(workspace, texts, text, order, letters)
        own = _own_addresses(workspace, text, replace(order, addresses=addresses))
        others = {address: [name for name in names if name not in own] for address, names in read_by.items()}
        rest = tuple(address for address in addresses if others.get(address, [address]))
        made = bundles(workspace.guide, [text], papers, common=not own or bool(rest), partners=tuple(own))
        first = first or made[0].base
        whole = made[0].base if len(made) == 1 else file_stem(text)  # what goes to all bears no partner's name
        dates = (_calendar_sheet(workspace, whole, text, order.answer_by),) if order.answer_by else ()
        for bundle in made:
            yield from bundle.sheets
            to = own.get(bundle.partner, rest)
            wanted = to or (not bundle.partner and not order.addresses)  # who has no address is given it otherwise
            if MAIL in order.formats and wanted:
                dated = replace(bundle, sheets=(*bundle.sheets, *dates))
                owners = {address: [bundle.partner] for address in to} if bundle.partner else others
                yield from _mails(workspace, dated, to, owners, letters, packages, annexes)
        if order.formats:
            yield from dates
    for files in packages.values():
        yield from files
    if order.formats:
        yield from _letter_sheets(workspace, first, texts[0], order, letters)


def _in_language(
    workspace: Workspace, texts: Sequence[Agreement], text: Agreement, order: SendOptions, letters: CoverLetters
) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """Return whom `text` is sent to: the ids of partners by address, and every address, those of no partner too.

    A partner whose language is that of another text of the sending is not among them.
    """
    others = {part.lang for agreement in texts for part in agreement.parts} - {part.lang for part in text.parts}
    owned: set[str] = set()
    read_by: dict[str, list[str]] = {}
    for contact in contacts(workspace.partnership, text.lang):
        if contact.partner not in order.partners:
            continue
        owned.add(contact.address)
        named = read_by.setdefault(contact.address, [])
        if contact.partner not in named and letters.language_of(contact.partner) not in others:
            named.append(contact.partner)
    return read_by, tuple(text for text in order.addresses if text not in owned or read_by[text])


def _own_addresses(workspace: Workspace, text: Agreement, order: SendOptions) -> dict[str, tuple[str, ...]]:
    """Return the addresses of each partner that gets a copy of its own."""
    if not order.copies:
        return {}
    people = contacts(workspace.partnership, text.lang)
    named = {addressee.id for addressee in addressees(text)}
    return {
        name: tuple(
            contact.address for contact in people if contact.partner == name and contact.address in order.addresses
        )
        for name in order.partners
        if name in named
    }


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

    `owners` are the ids of the partners that an address is of.
    """
    groups: dict[str, list[str]] = {}
    for address in to:
        for owner in owners.get(address) or (address,):
            groups.setdefault(owner, []).append(address)

    def cover(owner: str) -> Letter:
        known = partner_of(workspace.partnership, owner) is not None
        return letters.to_partner(owner, bundle.text) if known else letters.common(bundle.text)

    def with_package(owner: str) -> Bundle:
        return replace(bundle, sheets=(*bundle.sheets, *packages.get(owner, ())))

    if len(groups) < 2:
        owner = next(iter(groups), bundle.partner)
        yield _mail(with_package(owner), to, cover(owner), annexes)
        return
    taken: set[str] = set()
    for owner, addresses in groups.items():
        base = f"{bundle.base}-{alone(bundle.text.lang)}/{free_name(_named(workspace, bundle.text, owner), taken)}"
        yield _mail(with_package(owner), addresses, cover(owner), annexes, base)


def _named(workspace: Workspace, text: Agreement, owner: str) -> str:
    """Return how the file for a partner, or for an address of no partner, is named."""
    known = partner_of(workspace.partnership, owner)
    if known is None:
        return plain_name(owner) or "courriel"
    return plain_name(known.short(text.lang)) or ("partenaire" if text.lang == "fr" else "partner")


def _mail(
    bundle: Bundle, to: Sequence[str], cover: Letter, annexes: Sequence[OutputFile], base: str = ""
) -> OutputFile:
    """Return the mail draft that carries the documents of one copy, or the Word file when there are none."""

    def make() -> Rendered:
        carried = [(sheet.name, sheet.make()) for sheet in bundle.sheets]
        if all(name.endswith(CALENDAR) for name, _rendered in carried):
            carried = [(f"{bundle.base}.docx", render(bundle.text, "docx")), *carried]
        carried += [(annex.name, annex.make()) for annex in annexes]
        parts = tuple((name, rendered.data) for name, rendered in carried)
        warnings = tuple(warning for _name, rendered in carried for warning in rendered.warnings)
        subject = " ".join(cover.subject.split())
        return Rendered(to_eml(bundle.text, to=to, subject=subject, body=cover.body, attachments=parts), warnings)

    kind = by_id(MAIL)
    listed = " · ".join([kind.label, *([", ".join(to)] if base else [])])  # several: each with whom it goes to
    return OutputFile((base or bundle.base) + kind.ending, listed, made_once(make))


def _letter_sheets(
    workspace: Workspace, base: str, text: Agreement, order: SendOptions, letters: CoverLetters
) -> Iterator[OutputFile]:
    """Yield the letter as text to be pasted: that of the one partner it goes to, else one for all and one for each."""
    word = "lettre" if text.lang == "fr" else "letter"
    each = letters.to_each(text)
    if len(each) != 1:
        base = file_stem(text)  # that of all, whoever the first copy is for
    yield _letter_sheet(f"{base}-{word}", each[0].letter if len(each) == 1 else letters.common(text))
    taken: set[str] = set()
    for partner_letter in each if len(each) > 1 else ():
        name = free_name(_named(workspace, text, partner_letter.partner), taken)
        yield _letter_sheet(f"{base}-{alone(text.lang)}/{word}-{name}", partner_letter.letter)


def _letter_sheet(base: str, cover: Letter) -> OutputFile:
    said = f"{cover.subject}\n\n{cover.body}"
    return OutputFile(f"{base}.txt", _("Cover letter"), lambda: Rendered(said.encode()))


def _calendar_sheet(workspace: Workspace, base: str, text: Agreement, answer_by: str) -> OutputFile:
    """The day by which an answer is expected, for the calendars of those it goes to; a later sending moves it."""

    def make() -> Rendered:
        from tui.export.calendar_file import CalendarEvent, calendar_file

        word, known = workspace.guide.word, workspace.partnership
        said = word("due_answer_by", text.lang, title=text.title)
        when = word("letter_answer_by", text.lang, date=format_date(answer_by, text.lang))
        event = CalendarEvent(f"{known.id}-answer@entente", answer_by, said, known.rev, known.changed, when)
        return Rendered(calendar_file([event]))

    return OutputFile(base + CALENDAR, _("Calendar entry: answer expected"), make)
