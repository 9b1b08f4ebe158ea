"""A draft numbered, kept, written and noted as sent, an adopted text kept, and versions read and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from tui.agreement.bilingual import in_both
from tui.agreement.blocks import Agreement, to_json
from tui.agreement.compose import Composer
from tui.agreement.numbering import NUMBERS, numbers_of
from tui.agreement.statement_page import statement_page
from tui.atomic_files import SIZE_LIMIT
from tui.comparison.compare import ELSEWHERE, SAME_WORDS, changed, compare
from tui.export.page_count import PageCount, count_pages
from tui.fast_dataclass import dataclass
from tui.i18n import _
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
    REPLACED,
    Sent,
    Version,
    next_number,
    read_versions,
    sending_changes,
    status_of,
    version_document,
    whole_text,
)
from tui.store.store_errors import StoreError
from tui.text.dates import format_date
from tui.text.moments import zone_name
from tui.workspace.attaching import attachment_files
from tui.workspace.board_packages import asked_on, package_files, texts_in_both
from tui.workspace.contacts import as_sent
from tui.workspace.cover_letters import CoverLetters, PartnerLetter, kept_text
from tui.workspace.kept_papers import PaperKeeper, PaperStore
from tui.workspace.output_files import MAIL, OutputFile, SendOptions, Written, write
from tui.workspace.partner_forms import sent_forms
from tui.workspace.sending_files import ZIP, Packages, sending_files
from tui.workspace.workspace import PartnershipStore, Workspace, current_moment

TODAY = "today"  # names the present text where a version is named by its id


class VersionStore(Protocol):
    """The part of a store that keeps versions; both methods raise StoreError."""

    def versions(self, partnership_id: str, /) -> list[dict[str, Any]]: ...
    def add_version(self, partnership_id: str, version: dict[str, Any], /) -> None: ...


def versions_of(workspace: Workspace, store: VersionStore) -> tuple[Version, ...]:
    """Return the versions kept, oldest first; none while they cannot be read (the store tells why when it is asked)."""
    try:
        return read_versions(store.versions(workspace.partnership.id))
    except StoreError:
        return ()


def text_of(workspace: Workspace, version: Version | None, lang: str) -> Agreement | None:
    """Return the agreement of a version in `lang`, None if it was kept in no such language; of None the present one."""
    if version is None:
        return Composer(workspace.guide).agreement(workspace.partnership, lang, workspace.region)
    return kept_text(version, lang)


def present_text(workspace: Workspace, code: str) -> Agreement:
    """Return today's text in one language ("fr", "en"), or in both as one document ("fr+en", "en+fr")."""
    return in_languages(workspace, workspace.partnership, code)


def in_languages(workspace: Workspace, partnership: Partnership, code: str) -> Agreement:
    """Return the text of `partnership`, open or to be, by `code` as in `present_text`, with its contacts."""
    first, *others = code.split("+")
    if others:
        text = in_both(workspace.guide, partnership, first, others[0], workspace.region)
    else:
        text = Composer(workspace.guide).agreement(partnership, first, workspace.region)
    return as_sent(workspace.guide, partnership, text)


def languages_of(*versions: Version | None) -> tuple[str, ...]:
    """Return the languages that all of these were kept in, French first; the present text has both."""
    kept = [set(version.snapshots) for version in versions if version is not None]
    return tuple(lang for lang in ("fr", "en") if all(lang in names for names in kept))


def changes_between(workspace: Workspace, old: Version | None, new: Version | None, lang: str) -> Agreement | None:
    """Return what changed from one text to another (None: the present one) as a document.

    None without a common language. Where nothing changed in the chosen language, it says whether the other one did;
    where what differs is no word of the text (who signed, who answered, a date that came), it says that too.
    """
    found = languages_of(old, new)
    if not found:
        return None
    chosen = lang if lang in found else found[0]
    before, after = _beside(workspace, old, new, chosen), _beside(workspace, new, old, chosen)
    if before is None or after is None:
        return None
    return compare(workspace.guide, before, after, verdict=_verdict(workspace, old, new, chosen))


def _verdict(workspace: Workspace, old: Version | None, new: Version | None, lang: str) -> str:
    """Return SAME_WORDS, ELSEWHERE (only another language differs) or "" (compare line by line).

    It asks what « changé depuis l'adoption » asks, so that both agree.
    """
    last = next((version for version in (old, new) if version is not None), None)
    if last is None or (old is not None and new is not None):
        same = old is not None and new is not None and old.text == new.text
    elif last.status == ADOPTED:
        mark = workspace.view.setting(ADOPTED_MARK)
        same = isinstance(mark, Mapping) and mark.get("version") == last.id and workspace.adoption == "adopted"
    else:
        same = last.number == workspace.partnership.setting("drafts") and same_as_last_draft(workspace)
    if same:
        return SAME_WORDS
    others = (language for language in languages_of(old, new) if language != lang)
    return ELSEWHERE if any(differ(workspace, old, new, other) for other in others) else ""


def differ(workspace: Workspace, old: Version | None, new: Version | None, lang: str) -> bool:
    """Return whether a word, a heading or a name differs between two texts; their dates and numbers do not count."""
    found = languages_of(old, new)
    chosen = lang if lang in found else next(iter(found), lang)
    before, after = _beside(workspace, old, new, chosen), _beside(workspace, new, old, chosen)
    return before is None or after is None or changed(before, after)


def _beside(workspace: Workspace, version: Version | None, other: Version | None, lang: str) -> Agreement | None:
    """Return the text of `version` to be laid beside that of `other`.

    Beside an adopted text the present one is as it would be adopted, so that nothing differs but words: « à préciser »
    in a draft is « non convenu à l'adoption » in an adopted text.
    """
    if version is None and other is not None and other.status == ADOPTED:
        return Composer(workspace.guide).agreement(workspace.partnership, lang, workspace.region, final=True)
    return text_of(workspace, version, lang)


def name_of(version: Version, lang: str) -> str:
    """Return « Ébauche 3, 22 novembre 2026 »; an adopted text by its date."""
    date = format_date(version.date, lang)
    if version.status == "draft":
        return _("Draft {number}, {date}").format(number=version.number, date=date)
    if version.amendment.get("joinder"):
        return _("Joining of a partner, adopted on {date}").format(date=date)
    if version.amendment:
        return _("Amendment no. {number}, adopted on {date}").format(
            number=version.amendment.get("number", 1), date=date
        )
    return _("Adopted text, {date}").format(date=date)


def name_within(version: Version | None, lang: str) -> str:
    """Return what a version (None: the present text) is called within a sentence: « l'ébauche 3, 22 novembre 2026 »."""
    if version is None:
        return _("today's text")
    date = format_date(version.date, lang)
    if version.status == DRAFT:
        return _("draft {number} of {date}").format(number=version.number, date=date)
    return _("the adopted text of {date}").format(date=date)


def status_words(versions: Sequence[Version], version: Version) -> str:
    """Return « ébauche », « adopté », « adopté hors de l'outil » or « remplacé »."""
    status = status_of(versions, version)
    if status == REPLACED:
        return _("replaced")
    if version.outside:
        return _("adopted outside of the program")
    return _("adopted") if status == "adopted" else _("draft")


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
    """Number and compose the draft; nothing is written yet. Raises StoreError if earlier typing cannot be saved."""
    workspace.flush()
    on = current_moment()
    before = versions_of(workspace, store)
    number = next_number(before, workspace.partnership)
    numbers = _numbers(workspace, on)
    numbered = apply(workspace.partnership, numbers, by="", at=on).partnership
    settings = (
        Change(SETTINGS, SETTINGS, "drafts", number),
        Change(SETTINGS, SETTINGS, DRAFT_TEXT, whole_text(workspace.guide, workspace.public.view)),
        Change(SETTINGS, SETTINGS, DRAFT_WORDS, Composer(workspace.guide).words(numbered, final=False)),
        *numbers,
        *_zone(workspace.partnership),
    )
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
    version = _version(workspace, partnership, number, on, options.reason, sent)
    changes = (*settings, *_sending_noted(partnership, version, options), *asked_on(partnership, packages, on[:10]))
    each = letters.to_each(whole[0])
    letter = each[0].letter if len(each) == 1 else letters.common(whole[0])
    return Prepared(version, sheets, letter, each, changes)


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


def same_as_last_draft(workspace: Workspace) -> bool:
    """Return whether the text is, word for word, the draft that was sent last."""
    return Composer(workspace.guide).is_last_draft(workspace.partnership)


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


def _version(workspace: Workspace, partnership: Partnership, number: int, on: str, reason: str, sent: Sent) -> Version:
    """Return the version of a draft that was composed on the ISO moment `on`."""
    public = published(workspace.guide, partnership)
    return Version(
        id=new_id(),
        number=number,
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
        "number": version.number,
        "means": options.means,
        "to": ", ".join(options.addresses) or None,
        "answer_by": options.answer_by or None,
        "partners": {"ids": list(options.partners), "group": ""} if options.partners else None,
        "version": version.id,
        "seen": dict(version.points),
    }
    return tuple(sending_changes(partnership, new_id(), fields))
