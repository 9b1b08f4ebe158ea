"""The kept versions of the agreement (drafts sent, texts adopted) and today's text: read, named and compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from tui.agreement.bilingual import text_in_both_languages
from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.comparison.compare import ELSEWHERE, SAME_WORDS, compare, texts_differ
from tui.i18n import _
from tui.partnership.values import Partnership
from tui.partnership.versions import (
    ADOPTED,
    ADOPTED_MARK,
    DRAFT,
    REPLACED,
    RESENT,
    Version,
    adopted_number,
    next_number,
    read_versions,
    status_of,
)
from tui.store.store_errors import StoreError
from tui.text.dates import format_date
from tui.workspace.contacts import text_as_sent
from tui.workspace.cover_letters import kept_text
from tui.workspace.workspace import Workspace


class VersionStore(Protocol):
    """The part of a store that keeps versions; both methods raise StoreError."""

    def versions(self, partnership_id: str, /) -> list[dict[str, Any]]: ...
    def add_version(self, partnership_id: str, version: dict[str, Any], /) -> None: ...


def versions_of(workspace: Workspace, store: VersionStore) -> tuple[Version, ...]:
    """Return the kept versions, the oldest first; () where they cannot be read."""
    try:
        return read_versions(store.versions(workspace.partnership.id))
    except StoreError:
        return ()


def text_of(workspace: Workspace, version: Version | None, lang: str) -> Agreement | None:
    """Return the agreement of a version (None: today's) in `lang`; None if it was not kept in that language."""
    if version is None:
        return Composer(workspace.guide).agreement(workspace.partnership, lang, workspace.region)
    return kept_text(version, lang)


def present_text(workspace: Workspace, code: str) -> Agreement:
    """Return today's text in one language ("fr", "en"), or in both as one document ("fr+en", "en+fr")."""
    return in_languages(workspace, workspace.partnership, code)


def in_languages(workspace: Workspace, partnership: Partnership, code: str) -> Agreement:
    """Return the text of `partnership`, the open one or as it will be, with its annex of contacts; `code` as above."""
    first, *others = code.split("+")
    if others:
        text = text_in_both_languages(workspace.guide, partnership, first, others[0], workspace.region)
    else:
        text = Composer(workspace.guide).agreement(partnership, first, workspace.region)
    return text_as_sent(workspace.guide, partnership, text)


def languages_of(*versions: Version | None) -> tuple[str, ...]:
    """Return the languages that all of these versions were kept in, French first; None, today's text, has both."""
    snapshot_languages = [set(version.snapshots) for version in versions if version is not None]
    return tuple(lang for lang in ("fr", "en") if all(lang in names for names in snapshot_languages))


def changes_between(workspace: Workspace, old: Version | None, new: Version | None, lang: str) -> Agreement | None:
    """Return a document of what changed from one version to another (None: today's text).

    It is in `lang` if both have it, and None without a common language. Where nothing changed in that language, it says
    whether the other language did; where only facts changed (who signed, who answered, a date), it says so.
    """
    languages = languages_of(old, new)
    if not languages:
        return None
    chosen = lang if lang in languages else languages[0]
    before, after = _comparable(workspace, old, new, chosen), _comparable(workspace, new, old, chosen)
    if before is None or after is None:
        return None
    return compare(workspace.guide, before, after, verdict=_verdict(workspace, old, new, chosen))


def _verdict(workspace: Workspace, old: Version | None, new: Version | None, lang: str) -> str:
    """Return SAME_WORDS, ELSEWHERE (only another language differs) or "" (compare line by line).

    It decides as « changé depuis l'adoption » does, so that the two never contradict each other.
    """
    kept_version = old or new  # where only one is kept, the other text is today's
    if kept_version is None:
        is_same = False
    elif old is not None and new is not None:
        is_same = old.text == new.text
    elif kept_version.status in (ADOPTED, RESENT):
        mark = workspace.view.setting(ADOPTED_MARK)
        adopted_hashes = {mark.get("version"), mark.get("text")} if isinstance(mark, Mapping) else set()
        own_hash = kept_version.id if kept_version.status == ADOPTED else kept_version.text
        is_same = workspace.adoption == "adopted" and own_hash in adopted_hashes
    else:
        was_sent_last = kept_version.number == workspace.partnership.setting("drafts")
        is_same = was_sent_last and same_as_last_draft(workspace)
    if is_same:
        return SAME_WORDS
    others = (language for language in languages_of(old, new) if language != lang)
    return ELSEWHERE if any(differ(workspace, old, new, other) for other in others) else ""


def differ(workspace: Workspace, old: Version | None, new: Version | None, lang: str) -> bool:
    """Return whether a word, a heading or a name differs between two texts; their dates and numbers do not count."""
    languages = languages_of(old, new)
    chosen = lang if lang in languages else next(iter(languages), lang)
    before, after = _comparable(workspace, old, new, chosen), _comparable(workspace, new, old, chosen)
    return before is None or after is None or texts_differ(before, after)


def _comparable(workspace: Workspace, version: Version | None, other: Version | None, lang: str) -> Agreement | None:
    """Return the text of `version` to be compared with that of `other`.

    Today's text is composed as an adopted one where the other is adopted: else « à préciser » of a draft would differ
    from « non convenu à l'adoption » of an adopted text. It bears its own day all the same, that of its last change.
    """
    text = text_of(workspace, version, lang)
    if text is not None and version is None and other is not None and other.status in (ADOPTED, RESENT):
        final = Composer(workspace.guide).agreement(workspace.partnership, lang, workspace.region, final=True)
        return replace(final, date=text.date, iso_date=text.iso_date)
    return text


def name_of(version: Version, lang: str) -> str:
    """Return « Ébauche 3, 22 novembre 2026 »; an adopted text by its date, a sending of it by both."""
    date = format_date(version.date, lang)
    if version.status == DRAFT:
        return _("Draft {number}, {date}").format(number=version.number, date=date)
    if version.status == RESENT:
        return _("Version {number}, sent on {date}").format(number=version.number, date=date)
    if version.amendment.get("joinder"):
        return _("Joining of a partner, adopted on {date}").format(date=date)
    if version.amendment:
        return _("Amendment no. {number}, adopted on {date}").format(
            number=version.amendment.get("number", 1), date=date
        )
    return _("Adopted text, {date}").format(date=date)


def name_within(version: Version | None, lang: str) -> str:
    """Return the name of a version (None: today's text) within a sentence: « l'ébauche 3 du 22 novembre 2026 »."""
    if version is None:
        return _("today's text")
    date = format_date(version.date, lang)
    if version.status == DRAFT:
        return _("draft {number} of {date}").format(number=version.number, date=date)
    if version.status == RESENT:
        return _("version {number} sent on {date}").format(number=version.number, date=date)
    return _("the adopted text of {date}").format(date=date)


def status_words(versions: Sequence[Version], version: Version) -> str:
    """Return « ébauche », « adopté », « adopté hors de l'outil », « remplacé » or « tel qu'adopté »."""
    status = status_of(versions, version)
    if status == REPLACED:
        return _("replaced")
    if status == RESENT:
        return _("as adopted")
    if version.outside:
        return _("adopted outside of the program")
    return _("adopted") if status == "adopted" else _("draft")


def next_sending_numbers(workspace: Workspace, store: VersionStore) -> tuple[int, int]:
    """Return the numbers that the text would be sent under: (draft, 0), or (0, version) while it is as adopted."""
    versions = versions_of(workspace, store)
    if workspace.adoption == "adopted":
        return 0, adopted_number(versions, workspace.partnership)
    return next_number(versions, workspace.partnership), 0


def ready_words(version: Version) -> str:
    """Return « Ébauche 3 : prête à être envoyée », or « Version 1 » of a text that was adopted."""
    if version.status == RESENT:
        return _("Version {number}: ready to be sent").format(number=version.number)
    return _("Draft {number}: ready to be sent").format(number=version.number)


def sending_words(draft: int, adopted: int) -> tuple[str, str]:
    """Return the title of a sending and the one action of it, by the numbers that `next_sending_numbers` returns."""
    if adopted:
        title = _("Send version {number}, as adopted").format(number=adopted)
        return title, _("Write the files of version {number}").format(number=adopted)
    title = _("Send draft {number}").format(number=draft)
    return title, _("Number it draft {number} and write the files").format(number=draft)


def same_as_last_draft(workspace: Workspace) -> bool:
    """Return whether the text is, word for word, the draft that was sent last, and is not the adopted text."""
    return workspace.adoption != "adopted" and Composer(workspace.guide).is_last_draft(workspace.partnership)
