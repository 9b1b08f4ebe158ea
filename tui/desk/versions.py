"""The versions of the open partnership: read once and again when the files change, and compared with each other."""

from __future__ import annotations

from typing import Any, Protocol

from tui.agreement.bilingual import both
from tui.agreement.blocks import Agreement
from tui.agreement.compare import compare
from tui.agreement.compose import Composer
from tui.agreement.snapshot import NotASnapshot, thawed
from tui.desk.desk import Desk
from tui.project.values import Project
from tui.project.versions import Version, read
from tui.store.errors import StoreError

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
