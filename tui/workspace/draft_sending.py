"""A draft numbered, kept, written and noted as sent, and the present text kept as the adopted one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from tui.agreement.blocks import to_json
from tui.agreement.compose import Composer
from tui.agreement.numbering import NUMBERS, numbers_of
from tui.agreement.statement_page import statement_page
from tui.atomic_files import SIZE_LIMIT
from tui.export.page_count import PageCount, count_pages
from tui.fast_dataclass import dataclass
from tui.named_files import read_named
from tui.partnership.attachments import adopted_attachments
from tui.partnership.changes import apply
from tui.partnership.cover_letter import Letter
from tui.partnership.ids import new_id
from tui.partnership.privacy import published
from tui.partnership.values import SETTINGS, TIME_ZONE, Change, Partnership
from tui.partnership.versions import (
    ADOPTED,
    ADOPTED_MARK,
    DRAFT,
    DRAFT_TEXT,
    DRAFT_WORDS,
    RESENT,
    Sent,
    Version,
    adopted_number,
    next_number,
    sending_changes,
    version_document,
    whole_text,
)
from tui.text.moments import zone_name
from tui.workspace.attaching import attachment_files
from tui.workspace.board_packages import asked_on, package_files, texts_in_both
from tui.workspace.cover_letters import CoverLetters, PartnerLetter
from tui.workspace.kept_papers import PaperKeeper, PaperStore
from tui.workspace.kept_versions import VersionStore, in_languages, present_text, versions_of
from tui.workspace.output_files import MAIL, OutputFile, SendOptions, Written, write
from tui.workspace.partner_forms import sent_forms
from tui.workspace.sending_files import ZIP, Packages, sending_files
from tui.workspace.workspace import PartnershipStore, Workspace, current_moment


class SendingStore(PartnershipStore, VersionStore, PaperStore, PaperKeeper, Protocol):
    """What sending and adopting need of a store."""


@dataclass(frozen=True, slots=True)
class SentDraft:
    """A draft that was sent, and what was written for it."""

    version: Version
    files: tuple[Path, ...]  # without the archive
    addresses: tuple[str, ...]  # the mail addresses it goes to
    letter: Letter  # in the first language
    warnings: tuple[str, ...] = ()  # sentences for the person who sends
    archive: Path | None = None  # the zip of all files; None where no file was asked for
    letters: tuple[PartnerLetter, ...] = ()  # one a partner


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft numbered and composed, before anything is written: its files, its letter, what will be kept and noted."""

    version: Version
    sheets: tuple[OutputFile, ...]  # the files to be written
    letter: Letter  # to everybody, in the first language
    letters: tuple[PartnerLetter, ...]  # one a partner
    changes: tuple[Change, ...]  # what is set in the partnership once the files are written


def prepare(workspace: Workspace, store: SendingStore, options: SendOptions) -> Prepared:
    """Number and compose the draft, or compose the adopted text, which takes no number; nothing is written yet.

    Raises StoreError if earlier typing cannot be saved.
    """
    workspace.flush()
    on = current_moment()
    before = versions_of(workspace, store)
    status, number = DRAFT, next_number(before, workspace.partnership)
    if workspace.adoption == "adopted":
        status, number = RESENT, adopted_number(before, workspace.partnership)
    numbers = _numbers(workspace, on)
    settings = (*numbers, *_zone(workspace.partnership))
    if status == DRAFT:
        settings = (*_drafted(workspace, number, numbers, on), *settings)
    partnership = apply(workspace.partnership, settings, by="", at=on).partnership
    whole = [in_languages(workspace, partnership, code) for code in options.languages]
    texts = [statement_page(workspace.guide, agreement) for agreement in whole] if options.statement else whole
    letters = CoverLetters(workspace, partnership, before, options)
    packages = _packages(workspace, partnership, options)
    sheets = tuple(
        sending_files(
            workspace,
            texts,
            options,
            letters,
            _with_forms(workspace, partnership, options, packages),
            attachment_files(workspace, store),
        )
    )
    sent = Sent(on[:10], options.means, options.partners, options.others, options.answer_by)
    version = replace(_version(workspace, partnership, on, options.reason, sent), number=number, status=status)
    changes = (*settings, *_sending_noted(partnership, version, options), *asked_on(partnership, packages, on[:10]))
    each = letters.to_each(whole[0])
    letter = each[0].letter if len(each) == 1 else letters.common(whole[0])
    return Prepared(version, sheets, letter, each, changes)


def _drafted(workspace: Workspace, number: int, numbers: tuple[Change, ...], on: str) -> tuple[Change, ...]:
    """Return the changes that make the present text, with these section numbers, the draft of a number."""
    numbered = apply(workspace.partnership, numbers, by="", at=on).partnership
    return (
        Change(SETTINGS, SETTINGS, "drafts", number),
        Change(SETTINGS, SETTINGS, DRAFT_TEXT, whole_text(workspace.guide, workspace.public.view)),
        Change(SETTINGS, SETTINGS, DRAFT_WORDS, Composer(workspace.guide).words(numbered, final=False)),
    )


def page_counts(workspace: Workspace, options: SendOptions) -> dict[str, PageCount]:
    """Return the number of pages of each text that goes out, by language code ("fr", "fr+en").

    It takes up to a second for each.
    """
    whole = {code: present_text(workspace, code) for code in options.languages}
    texts = {code: statement_page(workspace.guide, text) if options.statement else text for code, text in whole.items()}
    return {code: count_pages(text) for code, text in texts.items()}


def _packages(workspace: Workspace, partnership: Partnership, options: SendOptions) -> Packages:
    """Return the files for the boards of the partners that this draft goes to, by partner id; {} if not asked for."""
    if not options.packages:
        return {}
    papers = [name for name in options.formats if name != MAIL] or ["docx"]
    texts = texts_in_both(workspace, partnership)
    return package_files(workspace, partnership, texts, options.partners, papers, options.answer_by)


def _with_forms(workspace: Workspace, partnership: Partnership, options: SendOptions, packages: Packages) -> Packages:
    """Return `packages` with the Word file of each partner's form, by partner id, where forms are asked for."""
    if not options.forms:
        return packages
    forms = sent_forms(workspace, partnership, options.partners, options.answer_by, options.sender)
    return {name: (*packages.get(name, ()), *forms.get(name, ())) for name in options.partners}


def _numbers(workspace: Workspace, on: str) -> tuple[Change, ...]:
    """Return the change that keeps the sections' numbers: counted anew until a text is adopted, then kept."""
    partnership = workspace.partnership
    if not partnership.setting("adopted"):
        partnership = apply(partnership, (Change(SETTINGS, SETTINGS, NUMBERS, None),), by="", at=on).partnership
    sections = Composer(workspace.guide).agreement(partnership, "fr", workspace.region).sections
    return (Change(SETTINGS, SETTINGS, NUMBERS, numbers_of(sections)),)


def conclude(
    workspace: Workspace, store: SendingStore, options: SendOptions, ready: Prepared, made: Written
) -> SentDraft:
    """Keep the version and note to whom it goes, once its files are there. Raises StoreError when it cannot be kept."""
    store.add_version(workspace.partnership.id, version_document(ready.version))
    store.save(workspace.partnership.id, ready.changes)
    workspace.reload()
    files = tuple(path for path in made.files if path.suffix != ZIP)
    archive = next((path for path in made.files if path.suffix == ZIP), None)
    return SentDraft(ready.version, files, options.addresses, ready.letter, made.warnings, archive, ready.letters)


def send(workspace: Workspace, store: SendingStore, options: SendOptions) -> SentDraft:
    """Number the draft, write the files, keep the version and note to whom it goes.

    Raises StoreError, OSError or CannotExport when something cannot be written; nothing is numbered or noted then.
    """
    ready = prepare(workspace, store, options)
    return conclude(workspace, store, options, ready, write(options.folder, ready.sheets))


def adopt(
    workspace: Workspace, store: SendingStore, *, resolution: str = "", file: Path | None = None, reason: str = "",
    day: str = "", amendment: Mapping[str, Any] | None = None,
) -> Version:  # fmt: skip
    """Keep the present text as the adopted one, with the paper `file` itself when it was adopted outside.

    `day` is the ISO date of the adoption, today where it is ""; `reason` why it is adopted although something stands
    in the way. The text says its version, date and resolution and what it replaces; that it is consolidated, where it
    is adopted by an `amendment` (as `Version.amendment` keeps it).

    Raises OSError when the paper cannot be read, StoreError when something cannot be kept: nothing is adopted then.
    """
    workspace.flush()
    on = current_moment()
    day = day or on[:10]
    paper = read_named(file, SIZE_LIMIT) if file is not None else b""
    paper_hash = hashlib.sha256(paper).hexdigest() if file is not None else ""
    public = workspace.public
    name, text = new_id(), whole_text(workspace.guide, public.view)
    before = [version for version in versions_of(workspace, store) if version.status == ADOPTED]
    numbers = _numbers(workspace, on)
    numbered = apply(workspace.partnership, numbers, by="", at=on).partnership
    words = Composer(workspace.guide).words(numbered, final=True)
    mark: dict[str, object] = {"version": name, "on": day, "text": text, "words": words, "number": len(before) + 1}
    if resolution:
        mark["resolution"] = resolution
    if amendment:
        mark["amendment"] = {name: value for name, value in amendment.items() if name != "snapshots"}
    if before:
        mark["replaces"] = {"number": len(before), "on": before[-1].date}
    settings = (Change(SETTINGS, SETTINGS, ADOPTED_MARK, mark), *numbers)
    settings += (*_zone(workspace.partnership), *adopted_attachments(workspace.partnership, name))
    partnership = apply(workspace.partnership, settings, by="", at=on).partnership
    version = Version(
        id=name,
        number=int(workspace.partnership.setting("drafts", 0) or 0),
        status=ADOPTED,
        date=day,
        at=on,
        zone=zone_name(),
        reason=reason,
        snapshots=_snapshots(workspace, partnership),
        points=public.points,
        text=text,
        resolution=resolution,
        file=file.name if file is not None else "",
        file_hash=paper_hash,
        amendment=amendment or {},
    )
    if file is not None:
        store.keep_paper(partnership.id, name, file.name, paper)
    store.add_version(partnership.id, version_document(version))
    store.save(partnership.id, settings)
    workspace.reload()
    return version


def _zone(partnership: Partnership) -> tuple[Change, ...]:
    """Return the change that keeps the time zone of the first date with the partnership; () where one is kept."""
    zone = zone_name()
    return (Change(SETTINGS, SETTINGS, TIME_ZONE, zone),) if zone and not partnership.setting(TIME_ZONE) else ()


def _version(workspace: Workspace, partnership: Partnership, on: str, reason: str, sent: Sent) -> Version:
    """Return the version of a draft without a number, composed on the ISO moment `on`."""
    public = published(workspace.guide, partnership)
    return Version(
        id=new_id(),
        number=0,
        status=DRAFT,
        date=on[:10],
        at=on,
        zone=zone_name(),
        reason=reason,
        snapshots=_snapshots(workspace, partnership),
        points=public.points,
        text=whole_text(workspace.guide, public.view),
        sent=sent,
    )


def _snapshots(workspace: Workspace, partnership: Partnership) -> dict[str, object]:
    """Return the whole agreement as JSON by language, fr and en."""
    composer = Composer(workspace.guide)
    return {lang: to_json(composer.agreement(partnership, lang, workspace.region)) for lang in ("fr", "en")}


def _sending_noted(partnership: Partnership, version: Version, options: SendOptions) -> Sequence[Change]:
    """Return the changes that note the sending: when, how, to whom, the answers awaited, and the words sent."""
    fields = {
        "on": version.date,
        "number": version.draft_number or None,  # an adopted text is known by its version
        "means": options.means,
        "to": ", ".join(options.addresses) or None,
        "answer_by": options.answer_by or None,
        "partners": {"ids": list(options.partners), "group": ""} if options.partners else None,
        "version": version.id,
        "seen": dict(version.points),
    }
    return tuple(sending_changes(partnership, new_id(), fields))
