"""The versions of the open partnership: read once and again when the files change, and compared with each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from tui.agreement.bilingual import both
from tui.agreement.blocks import Agreement
from tui.agreement.compare import changed, compare
from tui.agreement.compose import Composer
from tui.agreement.snapshot import NotASnapshot, thawed
from tui.desk.desk import Desk
from tui.project.values import Project
from tui.project.versions import REPLACED, Version, read, status_of
from tui.store.errors import StoreError
from tui.text.dates import format_date
from tui.words import _

TODAY = "today"  # stands for the present text where a version may stand


class Shelf(Protocol):
    """What keeping versions needs of a store."""

    def versions(self, project_id: str, /) -> list[dict[str, Any]]: ...
    def add_version(self, project_id: str, version: dict[str, Any], /) -> None: ...


def versions_of(desk: Desk, store: Shelf) -> tuple[Version, ...]:
    """The versions kept, oldest first; none while they cannot be read (the store tells why when it is asked)."""
    try:
        return read(store.versions(desk.project.id))
    except StoreError:
        return ()


def text_of(desk: Desk, version: Version | None, lang: str) -> Agreement | None:
    """The agreement of a version in `lang`, or the present one for None; None when it was kept in no such language."""
    if version is None:
        return Composer(desk.guide).agreement(desk.project, lang, desk.region)
    raw = version.snapshots.get(lang)
    if raw is None:
        return None
    try:
        return thawed(raw)
    except NotASnapshot:
        return None


def present_text(desk: Desk, code: str) -> Agreement:
    """Today's text in one language ("fr", "en"), or in both as one document ("fr+en", "en+fr")."""
    return in_languages(desk, desk.project, code)


def in_languages(desk: Desk, project: Project, code: str) -> Agreement:
    """The text of `project`, the desk's or one about to be, as `present_text` tells."""
    composer = Composer(desk.guide)
    first, *others = (composer.agreement(project, lang, desk.region) for lang in code.split("+"))
    return both(desk.guide, first, others[0]) if others else first


def languages_of(*versions: Version | None) -> tuple[str, ...]:
    """The languages that all of these were kept in, French first; the present text has both."""
    kept = [set(one.snapshots) for one in versions if one is not None]
    return tuple(lang for lang in ("fr", "en") if all(lang in one for one in kept))


def changes_between(desk: Desk, old: Version | None, new: Version | None, lang: str) -> Agreement | None:
    """What changed from one text to another (None: the present one) as a document; None without a common language."""
    found = languages_of(old, new)
    if not found:
        return None
    chosen = lang if lang in found else found[0]
    before, after = text_of(desk, old, chosen), text_of(desk, new, chosen)
    return compare(desk.guide, before, after) if before is not None and after is not None else None


def differ(desk: Desk, old: Version | None, new: Version | None, lang: str) -> bool:
    """Whether a word, a heading or a name differs between two texts; what only dates or numbers them does not count."""
    found = languages_of(old, new)
    chosen = lang if lang in found else next(iter(found), lang)
    before, after = text_of(desk, old, chosen), text_of(desk, new, chosen)
    return before is None or after is None or changed(before, after)


def name_of(version: Version, lang: str) -> str:
    """« Ébauche 3, 22 novembre 2026 »; an adopted text by its date."""
    date = format_date(version.date, lang)
    if version.status == "draft":
        return _("Draft {number}, {date}").format(number=version.number, date=date)
    return _("Adopted text, {date}").format(date=date)


def status_words(versions: Sequence[Version], version: Version) -> str:
    """« ébauche », « adopté », « adopté hors de l'outil » or « remplacé »."""
    status = status_of(versions, version)
    if status == REPLACED:
        return _("replaced")
    if version.outside:
        return _("adopted outside of the program")
    return _("adopted") if status == "adopted" else _("draft")
