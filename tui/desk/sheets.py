"""The files an agreement becomes: which languages, formats and copies, each named, then written one after the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tui.agreement.addressed import addressed, addressees
from tui.agreement.blocks import Agreement
from tui.desk.handed import hand_over
from tui.export.formats import by_id, render
from tui.export.naming import stem
from tui.export.rendered import Rendered
from tui.guide.types import Guide
from tui.quick import dataclass
from tui.words import _

JSON = "json"  # the partnership to hand over: no document, so no row of the table of formats
Told = Callable[[int, int, str], None]  # how many files are done, of how many, and what the next one is


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file to be made: its name, what it is in a few words, and how."""

    name: str
    label: str
    make: Callable[[], Rendered]


@dataclass(frozen=True, slots=True)
class Written:
    """The files there are now, and what was replaced on the way, each said once."""

    files: tuple[Path, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of one copy in one language: its text, the id of the partner it is for ("" for all), its files."""

    text: Agreement
    partner: str
    base: str  # their name, without an ending
    sheets: tuple[Sheet, ...]


def bundles(
    guide: Guide, texts: Iterable[Agreement], formats: Sequence[str], *, common: bool = True,
    partners: Sequence[str] = (),
) -> list[Bundle]:  # fmt: skip
    """The files of some texts and formats: one common copy, and one for each of the `partners` (their ids).

    A partner who may not be named yet gets none. Two whose names give one file name are told apart by a number.
    """
    made: list[Bundle] = []
    taken: set[str] = set()
    for text in texts:
        known = {one.id: one.name for one in addressees(text)}
        copies = [("", "", text)] if common else []
        copies += [(one, known[one], addressed(guide, text, one)) for one in partners if one in known]
        for partner, name, copy in copies:
            base = _free(stem(copy, partner=name), taken)
            files = tuple(_sheet(copy, form, base, name) for form in formats)
            made.append(Bundle(copy, partner, base, files))
    return made


def _free(name: str, taken: set[str]) -> str:
    found, n = name, 2
    while found in taken:
        found, n = f"{name}-{n}", n + 1
    taken.add(found)
    return found


def _sheet(text: Agreement, form: str, base: str, partner: str) -> Sheet:
    kind = by_id(form)
    language = " + ".join(_("French") if part.lang == "fr" else _("English") for part in text.parts)
    kept: list[Rendered] = []

    def make() -> Rendered:
        """Made once: a mail draft carries the same file."""
        if not kept:
            kept.append(render(text, kind))
        return kept[0]

    return Sheet(base + kind.ending, " · ".join(filter(None, (kind.label, language, partner))), make)


def handed_over(document: Mapping[str, Any]) -> bytes:
    """The public tables of a partnership as the file that `entente import` takes in."""
    return (json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def write(folder: Path, listed: Sequence[Sheet], told: Told = lambda done, of, label: None) -> Written:
    """Make and write each file, telling how far it is. OSError or CannotExport at the first that cannot be written."""
    files, warnings = [], dict[str, None]()
    for done, sheet in enumerate(listed):
        told(done, len(listed), sheet.label)
        rendered = sheet.make()
        hand_over(folder / sheet.name, rendered.data)
        files.append(folder / sheet.name)
        warnings.update(dict.fromkeys(rendered.warnings))
    return Written(tuple(files), tuple(warnings))
