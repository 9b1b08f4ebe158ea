"""One draft numbered, kept, written to files and noted as sent; or a text kept as the one that was adopted.

Nothing leaves by itself: the files lie in the output folder, and a person sends them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.agreement.snapshot import frozen
from tui.desk.desk import Desk, Keeping, now
from tui.desk.handed import hand_over
from tui.desk.versions import Shelf, versions_of
from tui.export.formats import render
from tui.export.mail import to_eml
from tui.project.changes import apply
from tui.project.ids import new_id
from tui.project.privacy import public_view
from tui.project.sending import Letter, letter, noted
from tui.project.values import SETTINGS, Change, Project
from tui.project.versions import ADOPTED, DRAFT, Sent, Version, next_number, whole_text, written
from tui.project.wording import points
from tui.text.names import fold


class Store(Keeping, Shelf, Protocol):
    """What sending needs of the store."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be sent: in which languages ("fr", "en"), as which files ("docx", "pdf", "eml"), to whom, how."""

    folder: Path
    languages: tuple[str, ...] = ("fr",)
    formats: tuple[str, ...] = ("docx", "pdf", "eml")
    partners: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    others: int = 0  # how many of the addresses belong to no partner
    means: str = "email"
    answer_by: str = ""  # ISO date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What came of it: the version, the files written, the letter in the first language, what was replaced."""

    version: Version
    files: tuple[Path, ...]
    addresses: tuple[str, ...]
    letter: Letter
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    data: bytes
    warnings: tuple[str, ...] = ()


def send(desk: Desk, store: Store, order: Order) -> Parcel:
    """Number the draft, write the files, keep the version and note to whom it goes.

    StoreError, OSError or CannotExport when something could not be written; nothing is numbered or noted then.
    """
    desk.flush()
    on = now()
    number = next_number(versions_of(desk, store), desk.project)
    setting = Change(SETTINGS, SETTINGS, "drafts", number)
    project = apply(desk.project, (setting,), by="", at=on).project
    composer = Composer(desk.guide)
    texts = {lang: composer.agreement(project, lang) for lang in order.languages}
    letters = {lang: _letter(desk, text, order.answer_by) for lang, text in texts.items()}
    made = [file for lang, text in texts.items() for file in _files(text, letters[lang], order)]
    paths = tuple(_put(order.folder, file) for file in made)
    sent = Sent(on[:10], order.means, order.partners, order.others, order.answer_by)
    version = _version(desk, project, number, on, order.reason, sent)
    store.add_version(project.id, written(version))
    store.save(project.id, (setting, *_note(project, version, order)))
    desk.reload()
    warnings = tuple(dict.fromkeys(warning for file in made for warning in file.warnings))
    return Parcel(version, paths, order.addresses, letters[order.languages[0]], warnings)


def adopt(desk: Desk, store: Store, *, resolution: str = "", file: Path | None = None, reason: str = "") -> Version:
    """Keep the present text as the adopted one; `file` is the paper when it was adopted outside (OSError if unread)."""
    desk.flush()
    on = now()
    mark = hashlib.sha256(file.read_bytes()).hexdigest() if file is not None else ""
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
    store.add_version(project.id, written(version))
    store.save(project.id, (setting,))
    desk.reload()
    return version


def file_stem(agreement: Agreement) -> str:
    """A name for files made of the public title and version: plain letters, digits and dashes, at most 60."""
    said = fold(f"{agreement.title} {agreement.version}")
    plain = "".join(one if one.isascii() and one.isalnum() else " " for one in said)
    return "-".join(plain.split())[:60].strip("-") or "entente"


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
    return {lang: frozen(composer.agreement(project, lang)) for lang in ("fr", "en")}


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


def _letter(desk: Desk, text: Agreement, answer_by: str) -> Letter:
    return letter(
        desk.guide, text.lang, kind=text.kind, title=text.title, version=text.version, draft=text.draft,
        answer_by=answer_by,
    )  # fmt: skip


def _files(text: Agreement, cover: Letter, order: Order) -> list[_File]:
    """The files of one language; the mail draft carries the others, or the Word file when there are none."""
    stem = f"{file_stem(text)}-{text.lang}"
    made = []
    for name in order.formats:
        if name != "eml":
            rendered = render(text, name)
            made.append(_File(f"{stem}.{name}", rendered.data, rendered.warnings))
    if "eml" in order.formats:
        carried = made or [_File(f"{stem}.docx", render(text, "docx").data)]
        subject = " ".join(cover.subject.split())
        parts = tuple((file.name, file.data) for file in carried)
        mail = to_eml(text, to=order.addresses, subject=subject, body=cover.body, attachments=parts)
        made.append(_File(f"{stem}.eml", mail))
    return made


def _put(folder: Path, file: _File) -> Path:
    path = folder / file.name
    hand_over(path, file.data)
    return path
