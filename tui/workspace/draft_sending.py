"""Sends a draft (numbered, written to files, kept as a version, noted as sent), and keeps the adopted text."""

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
from tui.workspace.board_packages import asked_on_changes, package_files, texts_in_both
from tui.workspace.cover_letters import CoverLetters, PartnerLetter
from tui.workspace.kept_papers import PaperKeeper, PaperStore
from tui.workspace.kept_versions import VersionStore, in_languages, present_text, versions_of
from tui.workspace.output_files import MAIL, OutputFile, SendOptions, WrittenFiles, write
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
class PreparedDraft:
    """A draft that is numbered and composed, before anything is written."""

    version: Version
    files: tuple[OutputFile, ...]  # to be written
    letter: Letter  # to everybody, in the first language
    letters: tuple[PartnerLetter, ...]  # one a partner
    changes: tuple[Change, ...]  # what is set in the partnership once the files are written


def prepare(workspace: Workspace, store: SendingStore, options: SendOptions) -> PreparedDraft:
    """Number and compose the draft to be sent; nothing is written yet.

    While the text is as adopted, it is sent under the number of that version and takes no draft number. Raises
    StoreError if earlier typing cannot be saved.
    """
    workspace.flush()
    now = current_moment()
    versions = versions_of(workspace, store)
    status, number = DRAFT, next_number(versions, workspace.partnership)
    if workspace.adoption == "adopted":
        status, number = RESENT, adopted_number(versions, workspace.partnership)
    numbers = _section_numbers(workspace, now)
    settings = (*numbers, *_time_zone(workspace.partnership))
    if status == DRAFT:
        settings = (*_draft_settings(workspace, number, numbers, now), *settings)
    partnership = apply(workspace.partnership, settings, by="", at=now).partnership
    agreements = [in_languages(workspace, partnership, code) for code in options.languages]
    texts = agreements
    if options.statement:
        texts = [statement_page(workspace.guide, agreement) for agreement in agreements]
    letters = CoverLetters(workspace, partnership, versions, options)
    packages = _packages(workspace, partnership, options)
    files = tuple(
        sending_files(
            workspace,
            texts,
            options,
            letters,
            _with_forms(workspace, partnership, options, packages),
            attachment_files(workspace, store),
        )
    )
    sent = Sent(now[:10], options.means, options.partners, options.others, options.answer_by)
    version = replace(_version(workspace, partnership, now, options.reason, sent), number=number, status=status)
    changes = (
        *settings,
        *_sending_changes(partnership, version, options),
        *asked_on_changes(partnership, packages, now[:10]),
    )
    partner_letters = letters.to_each(agreements[0])
    letter = partner_letters[0].letter if len(partner_letters) == 1 else letters.common(agreements[0])
    return PreparedDraft(version, files, letter, partner_letters, changes)


def _draft_settings(workspace: Workspace, number: int, numbers: tuple[Change, ...], at: str) -> tuple[Change, ...]:
    """Return the changes that make the present text draft `number`; `numbers` is the change of section numbers."""
    numbered = apply(workspace.partnership, numbers, by="", at=at).partnership
    return (
        Change(SETTINGS, SETTINGS, "drafts", number),
        Change(SETTINGS, SETTINGS, DRAFT_TEXT, whole_text(workspace.guide, workspace.public.view)),
        Change(SETTINGS, SETTINGS, DRAFT_WORDS, Composer(workspace.guide).words(numbered, final=False)),
    )


def page_counts(workspace: Workspace, options: SendOptions) -> dict[str, PageCount]:
    """Return the number of pages of each text to be sent, by language code ("fr", "fr+en"); it takes up to 1 s each."""
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
    return {partner_id: (*packages.get(partner_id, ()), *forms.get(partner_id, ())) for partner_id in options.partners}


def _section_numbers(workspace: Workspace, at: str) -> tuple[Change, ...]:
    """Return the change that keeps the sections' numbers; after an adoption each section keeps the number it has."""
    partnership = workspace.partnership
    if not partnership.setting("adopted"):
        partnership = apply(partnership, (Change(SETTINGS, SETTINGS, NUMBERS, None),), by="", at=at).partnership
    sections = Composer(workspace.guide).agreement(partnership, "fr", workspace.region).sections
    return (Change(SETTINGS, SETTINGS, NUMBERS, numbers_of(sections)),)


def conclude(
    workspace: Workspace, store: SendingStore, options: SendOptions, prepared: PreparedDraft, written: WrittenFiles
) -> SentDraft:
    """Keep the version and note to whom it goes, after its files were `written`.

    Raises StoreError when it cannot be kept.
    """
    store.add_version(workspace.partnership.id, version_document(prepared.version))
    store.save(workspace.partnership.id, prepared.changes)
    workspace.reload()
    files = tuple(path for path in written.files if path.suffix != ZIP)
    archive = next((path for path in written.files if path.suffix == ZIP), None)
    return SentDraft(
        prepared.version, files, options.addresses, prepared.letter, written.warnings, archive, prepared.letters
    )


def send(workspace: Workspace, store: SendingStore, options: SendOptions) -> SentDraft:
    """Number the draft, write the files, keep the version and note to whom it goes.

    Raises StoreError, OSError or CannotExport when something cannot be written; nothing is numbered or noted then.
    """
    prepared = prepare(workspace, store, options)
    return conclude(workspace, store, options, prepared, write(options.folder, prepared.files))


def adopt(
    workspace: Workspace, store: SendingStore, *, resolution: str = "", file: Path | None = None, reason: str = "",
    day: str = "", amendment: Mapping[str, Any] | None = None,
) -> Version:  # fmt: skip
    """Keep the present text as the adopted one, with the paper `file` itself when it was adopted outside.

    `day` is the ISO date of the adoption, today where it is ""; `resolution` the number of the resolution, "" for none;
    `reason` why it is adopted although something stands in the way. The text then says its version, date and
    resolution and what it replaces. Where it is adopted by an `amendment` (as `Version.amendment` keeps it), it says
    that it is consolidated.

    Raises OSError when the paper cannot be read, StoreError when something cannot be kept: nothing is adopted then.
    """
    workspace.flush()
    now = current_moment()
    day = day or now[:10]
    paper = read_named(file, SIZE_LIMIT) if file is not None else b""
    paper_hash = hashlib.sha256(paper).hexdigest() if file is not None else ""
    public = workspace.public
    version_id, text = new_id(), whole_text(workspace.guide, public.view)
    before = [version for version in versions_of(workspace, store) if version.status == ADOPTED]
    numbers = _section_numbers(workspace, now)
    numbered = apply(workspace.partnership, numbers, by="", at=now).partnership
    words = Composer(workspace.guide).words(numbered, final=True)
    mark: dict[str, object] = {
        "version": version_id, "on": day, "text": text, "words": words, "number": len(before) + 1,
    }  # fmt: skip
    if resolution:
        mark["resolution"] = resolution
    if amendment:
        mark["amendment"] = {name: value for name, value in amendment.items() if name != "snapshots"}
    if before:
        mark["replaces"] = {"number": len(before), "on": before[-1].date}
    settings = (Change(SETTINGS, SETTINGS, ADOPTED_MARK, mark), *numbers)
    settings += (*_time_zone(workspace.partnership), *adopted_attachments(workspace.partnership, version_id))
    partnership = apply(workspace.partnership, settings, by="", at=now).partnership
    version = Version(
        id=version_id,
        number=int(workspace.partnership.setting("drafts", 0) or 0),
        status=ADOPTED,
        date=day,
        at=now,
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
        store.keep_paper(partnership.id, version_id, file.name, paper)
    store.add_version(partnership.id, version_document(version))
    store.save(partnership.id, settings)
    workspace.reload()
    return version


def _time_zone(partnership: Partnership) -> tuple[Change, ...]:
    """Return the change that keeps the present time zone with the partnership; () where it has one already."""
    zone = zone_name()
    return (Change(SETTINGS, SETTINGS, TIME_ZONE, zone),) if zone and not partnership.setting(TIME_ZONE) else ()


def _version(workspace: Workspace, partnership: Partnership, at: str, reason: str, sent: Sent) -> Version:
    """Return the version of a draft, with the number 0, composed at the ISO moment `at`."""
    public = published(workspace.guide, partnership)
    return Version(
        id=new_id(),
        number=0,
        status=DRAFT,
        date=at[:10],
        at=at,
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


def _sending_changes(partnership: Partnership, version: Version, options: SendOptions) -> Sequence[Change]:
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
