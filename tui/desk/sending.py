"""One draft numbered, kept, written to files and noted as sent; or a text kept as the one that was adopted.

Nothing leaves by itself: the files lie in the output folder, and a person sends them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tui.agreement.compose import Composer
from tui.agreement.snapshot import frozen
from tui.desk.desk import Desk, Keeping, now
from tui.desk.parcels import Order, cover_letter, parcel_sheets
from tui.desk.sheets import Sheet, Written, write
from tui.desk.versions import Shelf, in_languages, versions_of
from tui.project.changes import apply
from tui.project.ids import new_id
from tui.project.privacy import public_view
from tui.project.sending import Letter, noted
from tui.project.values import SETTINGS, Change, Project
from tui.project.versions import ADOPTED, DRAFT, Sent, Version, next_number, whole_text, written
from tui.project.wording import points
from tui.quick import dataclass


class Store(Keeping, Shelf, Protocol):
    """What sending needs of the store."""

    def keep_paper(self, project_id: str, version_id: str, name: str, data: bytes, /) -> Path: ...


@dataclass(frozen=True, slots=True)
class Parcel:
    """What came of it: the version, the files written, the letter in the first language, what was replaced."""

    version: Version
    files: tuple[Path, ...]
    addresses: tuple[str, ...]
    letter: Letter
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft numbered and composed, before anything is written: its files, its letter, what will be kept and noted."""

    version: Version
    sheets: tuple[Sheet, ...]
    letter: Letter
    changes: tuple[Change, ...]


def prepare(desk: Desk, store: Store, order: Order) -> Prepared:
    """Number and compose the draft. StoreError when what was typed before could not be saved."""
    desk.flush()
    on = now()
    number = next_number(versions_of(desk, store), desk.project)
    setting = Change(SETTINGS, SETTINGS, "drafts", number)
    project = apply(desk.project, (setting,), by="", at=on).project
    texts = [in_languages(desk, project, code) for code in order.languages]
    sheets = tuple(parcel_sheets(desk, texts, order))
    sent = Sent(on[:10], order.means, order.partners, order.others, order.answer_by)
    version = _version(desk, project, number, on, order.reason, sent)
    changes = (setting, *_note(project, version, order))
    return Prepared(version, sheets, cover_letter(desk, texts[0], order.answer_by), changes)


def conclude(desk: Desk, store: Store, order: Order, ready: Prepared, made: Written) -> Parcel:
    """Keep the version and note to whom it goes, once its files are there. StoreError when it cannot be kept."""
    store.add_version(desk.project.id, written(ready.version))
    store.save(desk.project.id, ready.changes)
    desk.reload()
    return Parcel(ready.version, made.files, order.addresses, ready.letter, made.warnings)


def send(desk: Desk, store: Store, order: Order) -> Parcel:
    """Number the draft, write the files, keep the version and note to whom it goes.

    StoreError, OSError or CannotExport when something could not be written; nothing is numbered or noted then.
    """
    ready = prepare(desk, store, order)
    return conclude(desk, store, order, ready, write(order.folder, ready.sheets))


def adopt(desk: Desk, store: Store, *, resolution: str = "", file: Path | None = None, reason: str = "") -> Version:
    """Keep the present text as the adopted one, with the paper `file` itself when it was adopted outside.

    OSError when the paper cannot be read, StoreError when something cannot be kept: nothing is adopted then.
    """
    desk.flush()
    on = now()
    paper = file.read_bytes() if file is not None else b""
    mark = hashlib.sha256(paper).hexdigest() if file is not None else ""
    view = public_view(desk.guide, desk.project)
    name, text = new_id(), whole_text(desk.guide, view)
    setting = Change(SETTINGS, SETTINGS, "adopted", {"version": name, "on": on[:10], "text": text})
    project = apply(desk.project, (setting,), by="", at=on).project
    version = Version(
        id=name,
        number=int(desk.project.setting("drafts", 0) or 0),
        status=ADOPTED,
        date=on[:10],
        reason=reason,
        snapshots=_snapshots(desk, project),
        points=points(desk.guide, view),
        text=text,
        resolution=resolution,
        file=file.name if file is not None else "",
        file_hash=mark,
    )
    if file is not None:
        store.keep_paper(project.id, name, file.name, paper)
    store.add_version(project.id, written(version))
    store.save(project.id, (setting,))
    desk.reload()
    return version


def _version(desk: Desk, project: Project, number: int, on: str, reason: str, sent: Sent) -> Version:
    view = public_view(desk.guide, project)
    return Version(
        id=new_id(),
        number=number,
        status=DRAFT,
        date=on[:10],
        reason=reason,
        snapshots=_snapshots(desk, project),
        points=points(desk.guide, view),
        text=whole_text(desk.guide, view),
        sent=sent,
    )


def _snapshots(desk: Desk, project: Project) -> dict[str, object]:
    composer = Composer(desk.guide)
    return {lang: frozen(composer.agreement(project, lang, desk.region)) for lang in ("fr", "en")}


def _note(project: Project, version: Version, order: Order) -> Sequence[Change]:
    fields = {
        "on": version.date,
        "number": version.number,
        "means": order.means,
        "to": ", ".join(order.addresses) or None,
        "answer_by": order.answer_by or None,
        "partners": {"ids": list(order.partners), "group": ""} if order.partners else None,
        "version": version.id,
        "seen": dict(version.points),
    }
    return tuple(noted(project, new_id(), fields))
