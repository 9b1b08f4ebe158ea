"""The few words a document needs beside those of the Agreement, in its own language, not the interface's."""

from __future__ import annotations

import re
from datetime import datetime

from tui.agreement.blocks import Agreement, Run, Runs, Section
from tui.quick import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of one document language; `colon` carries the space that goes before it."""

    between: str
    version: str
    date: str
    colon: str
    attached: str
    row: str
    language: str


_RUNNING = 72  # letters of the running title

_WORDS = {
    "fr": Wording(
        "Entre", "Version", "Date", "\u00a0:", "Vous trouverez ci-joint\u00a0: {document}.", "Ligne", "Français"
    ),
    "en": Wording("Between", "Version", "Date", ":", "Please find attached: {document}.", "Row", "English"),
}


def wording(agreement: Agreement) -> Wording:
    """Return the words of the agreement's language; any language but French gets the English ones."""
    return _WORDS["fr" if agreement.lang == "fr" else "en"]


def tag(agreement: Agreement) -> str:
    """Return the language tag of the document, with its region (« fr-CA »): BCP 47, for w:lang, lang= and PDF."""
    return agreement.region or {"fr": "fr-CA", "en": "en-CA"}.get(agreement.lang, agreement.lang)


def on_letter(agreement: Agreement) -> bool:
    """Return whether the region prints on US Letter (Canada does, CAN/CGSB 9.60 P4 is set aside); else A4."""
    return tag(agreement).endswith(("-CA", "-US"))


def document_name(agreement: Agreement) -> str:
    """Return « Énoncé de partenariat — Mieux-être », or the one of the two there is."""
    return " — ".join(part for part in (agreement.kind.strip(), agreement.title.strip()) if part)


def running_title(agreement: Agreement) -> str:
    """Return what stands above the later pages: the title, cut where it would take more than a line."""
    title = " ".join((agreement.title or document_name(agreement)).split())
    return title if len(title) <= _RUNNING else title[: _RUNNING - 1].rstrip() + "…"


def heading(section: Section) -> str:
    """Return the heading of a section with its number: « 3. Vision et buts communs »."""
    return f"{section.number}. {section.heading}"


def facts(agreement: Agreement) -> str:
    """Return the line under the title: « Ébauche 3 · 22 novembre 2026 »."""
    version = agreement.version.strip()
    return " · ".join(part for part in (version[:1].upper() + version[1:], agreement.date.strip()) if part)


def shown(run: Run) -> str:
    """Return the text of a run; a hole stands in square brackets, so that it reads as one without colour."""
    if not run.hole or run.text.startswith("["):
        return run.text
    return f"[{run.text.strip('«» ' + chr(0xA0) + chr(0x202F))}]"


def flat(runs: Runs) -> str:
    """Return the words of runs on one line, without their styles."""
    return "".join(shown(run).replace("\n", " ") for run in runs)


def moment(agreement: Agreement) -> datetime:
    """Return the day of the last change at midnight, for metadata; 1980-01-01 (ZIP's first day) when there is none."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", agreement.iso_date)
    if not found:
        return datetime(1980, 1, 1)
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        return datetime(year, month, day)
    except ValueError:
        return datetime(1980, 1, 1)
