"""What goes with one sending: the files of each copy, its mail draft with them attached, the cover letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tui.agreement.addressed import addressees
from tui.agreement.blocks import Agreement
from tui.desk.desk import Desk
from tui.desk.sheets import Bundle, Sheet, bundles
from tui.export.formats import by_id, render
from tui.export.mail import to_eml
from tui.export.rendered import Rendered
from tui.project.sending import Letter, contacts, letter
from tui.quick import dataclass
from tui.words import _

MAIL = "eml"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be sent: in which languages ("fr", "en"), as which files ("docx", "pdf", "eml"), to whom, how."""

    folder: Path
    languages: tuple[str, ...] = ("fr",)  # "fr+en" is one document in both
    formats: tuple[str, ...] = ("docx", "pdf", "eml")
    partners: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    others: int = 0  # how many of the addresses belong to no partner
    means: str = "email"
    answer_by: str = ""  # ISO date
    reason: str = ""
    copies: bool = False  # one copy for each of the partners, with its own mail draft


def cover_letter(desk: Desk, text: Agreement, answer_by: str) -> Letter:
    """The letter that goes with a text, in its language, or in both one after the other."""
    letters = [
        letter(
            desk.guide, part.lang, kind=part.kind, title=part.title, version=part.version, draft=part.draft,
            answer_by=answer_by,
        )
        for part in text.parts
    ]  # fmt: skip
    return Letter(" / ".join(one.subject for one in letters), "\n* * *\n\n".join(one.body for one in letters))


def parcel_sheets(desk: Desk, texts: Sequence[Agreement], order: Order) -> Iterator[Sheet]:
    """Every file of one sending: for each language the documents of each copy, their mail draft, and the letter.

    With `copies`, each partner's addresses get the copy that is for it, and whoever else is written to the common one.
    """
    papers = tuple(name for name in order.formats if name != MAIL)
    for text in texts:
        cover = cover_letter(desk, text, order.answer_by)
        own = _own_addresses(desk, text, order)
        rest = tuple(one for one in order.addresses if not any(one in found for found in own.values()))
        made = bundles(desk.guide, [text], papers, common=not own or bool(rest), partners=tuple(own))
        for one in made:
            yield from one.sheets
            to = own.get(one.partner, rest)
            if MAIL in order.formats and (to or not one.partner):  # who has no address is given it otherwise
                yield _mail(one, to, cover)
        if order.formats:
            yield _letter_sheet(made[0].base, text, cover)


def _own_addresses(desk: Desk, text: Agreement, order: Order) -> dict[str, tuple[str, ...]]:
    """The addresses of each partner that gets a copy of its own."""
    if not order.copies:
        return {}
    people = contacts(desk.project, text.lang)
    named = {one.id for one in addressees(text)}
    return {
        name: tuple(one.address for one in people if one.partner == name and one.address in order.addresses)
        for name in order.partners
        if name in named
    }


def _mail(bundle: Bundle, to: Sequence[str], cover: Letter) -> Sheet:
    """The mail draft that carries the documents of one copy, or the Word file when there are none."""

    def make() -> Rendered:
        carried = [(one.name, one.make()) for one in bundle.sheets]
        carried = carried or [(f"{bundle.base}.docx", render(bundle.text, "docx"))]
        parts = tuple((name, rendered.data) for name, rendered in carried)
        warnings = tuple(warning for _name, rendered in carried for warning in rendered.warnings)
        subject = " ".join(cover.subject.split())
        return Rendered(to_eml(bundle.text, to=to, subject=subject, body=cover.body, attachments=parts), warnings)

    kind = by_id(MAIL)
    return Sheet(bundle.base + kind.ending, kind.label, make)


def _letter_sheet(base: str, text: Agreement, cover: Letter) -> Sheet:
    name = f"{base}-{'lettre' if text.lang == 'fr' else 'letter'}.txt"
    said = f"{cover.subject}\n\n{cover.body}"
    return Sheet(name, _("Cover letter"), lambda: Rendered(said.encode()))
