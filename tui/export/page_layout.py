"""What all paged formats share: widths of columns, blocks kept together, where a line may break, words of the page."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime

from tui.agreement.blocks import Agreement, Block, Paragraph, Run, Runs, Section, Signature, Table
from tui.fast_dataclass import dataclass
from tui.text.right_to_left import with_direction_marks
from tui.text.typography import typographic

_AMOUNT = re.compile(r"[\d\s.,–-]*\d[\d\s.,]*(?:\s?[$€%]|\s?h)?|[$€]\s?[\d\s.,]+|—|-|")


_LETTERS = 84  # that stand side by side in a table as wide as the page: 10 points, letters of the wider kind
_PADDING = 2  # letters: the space beside the words of a cell
_BOLD = 1.25  # how much wider the letters of a head are: bold, and in a house's own font wide ones
_LONGEST_WORD = 24  # letters: longer words are broken in a cell (`break_long_words`)
_HANDWRITING = 10  # letters: what each column of a table that is filled in by hand asks for beside its words
_WORDS_OF_CELL = re.compile(r"[ \t\n]+|(?<=-)(?=\w)")  # where a line may break: never at a no-break space


def column_shares(table: Table) -> list[float]:
    """Return each column's share of the width (they add up to 1): room for its longest word, the rest by its text."""
    columns = [
        [runs_text(cell).strip() for cell in column]
        for column in zip(table.head, *(row.cells for row in table.rows), strict=True)
    ]
    needed, wanted = [], []
    for column in columns:
        head, *texts = column
        longest = max((len(word) for text in texts for word in _WORDS_OF_CELL.split(text)), default=0)
        bold = max((len(word) for word in _WORDS_OF_CELL.split(head)), default=0)
        word = max(longest, math.ceil(bold * _BOLD))
        needed.append(max(min(word, _LONGEST_WORD) + _PADDING, 8))
        whole = math.ceil(max(map(len, column), default=0) * _BOLD) + _PADDING  # « La MRC » on one line
        wanted.append(max(min(whole, 42), needed[-1]))
    if table.tall:  # what is filled in by hand is longer than what stands there
        wanted = [need + _HANDWRITING for need in needed]
    spare, asked = _LETTERS - sum(needed), sum(wanted) - sum(needed)
    if spare < 0 or not asked:  # where not even its longest words have room, each column gives way alike
        return [number / sum(needed) for number in needed]
    widths = [need + spare * (want - need) / asked for need, want in zip(needed, wanted, strict=True)]
    return [width / sum(widths) for width in widths]


def is_amount_column(table: Table, column: int) -> bool:
    """Return whether a column holds amounts only, so that it is set to the right; the first names its row."""
    if column == 0:
        return False
    texts = [runs_text(row.cells[column]).strip() for row in table.rows]
    return any(any(map(str.isdigit, text)) for text in texts) and all(map(_AMOUNT.fullmatch, texts))


_SIGN_TOGETHER = 4  # people whose lines to sign on, with what stands above them, have room on one page


def with_keep_flags(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield each block with whether it stays with the next: a lead, a paragraph above the first signature, a signature.

    Signatures of a few people stay together, of more the last two: none stands alone on a page.
    """
    listed = list(blocks)
    signatures = [block for block in listed if isinstance(block, Signature)]
    few = sum(len(block.signatories) for block in signatures) <= _SIGN_TOGETHER
    first = next((at for at, item in enumerate(listed) if isinstance(item, Signature)), 0)
    for at, block in enumerate(listed):
        if isinstance(block, Signature):
            following = listed[at + 1] if at + 1 < len(listed) else None
            yield block, isinstance(following, Signature) and not following.page and (few or block is signatures[-2])
        else:
            yield block, isinstance(block, Paragraph) and (block.lead or first - 4 <= at < first)


def place_and_date_line(block: Signature, blank: str) -> str:
    """Return « Signé à ____, le ____ », the line above a signature; "" for a text kept before there was one."""
    return f"{block.place_label} {blank}, {block.date_label} {blank}" if block.place_label else ""


JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")  # an emoji and its joiners may not be parted
_LONG = re.compile(r"\S{31,}")
_LONG_IN_CELL = re.compile(r"\S{25,}")
_STRETCH, _STRETCH_IN_CELL = 24, 8


def page_text(text: str) -> str:
    """Return `text` as a page needs it: right-to-left words between marks, which are dropped from what comes back."""
    return with_direction_marks(text)


def break_long_words(text: str, *, in_cell: bool = False) -> str:
    """Return `text` with U+200B inside its very long words, so that no line runs off the page or out of its column.

    That is every 24 characters in words longer than 30; in the cell of a table every 8, in words longer than 24.
    """
    pattern, stretch = (_LONG_IN_CELL, _STRETCH_IN_CELL) if in_cell else (_LONG, _STRETCH)
    return pattern.sub(lambda found: _broken(found[0], stretch), page_text(text))


def _broken(word: str, stretch: int) -> str:
    pieces, since = [], 0
    for letter in word:
        if since >= stretch and letter not in JOINERS and not unicodedata.combining(letter):
            pieces.append("\u200b")
            since = 0
        pieces.append(letter)
        since += 1
    return "".join(pieces)


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


_RUNNING = 84  # letters of the running title

_WORDS = {
    "fr": Wording(
        "Entre", "Version", "Date", "\u00a0:", "Vous trouverez ci-joint\u00a0: {document}.", "Ligne", "Français"
    ),
    "en": Wording("Between", "Version", "Date", ":", "Please find attached: {document}.", "Row", "English"),
}


def wording(agreement: Agreement) -> Wording:
    """Return the words of the agreement's language; any language but French gets the English ones."""
    return _WORDS["fr" if agreement.lang == "fr" else "en"]


def language_tag(agreement: Agreement) -> str:
    """Return the language tag of the document, with its region (« fr-CA »): BCP 47, for w:lang, lang= and PDF."""
    return agreement.region or {"fr": "fr-CA", "en": "en-CA"}.get(agreement.lang, agreement.lang)


def is_us_letter(agreement: Agreement) -> bool:
    """Return whether the region prints on US Letter (Canada does, CAN/CGSB 9.60 P4 is set aside); else A4."""
    return language_tag(agreement).endswith(("-CA", "-US"))


def document_name(agreement: Agreement) -> str:
    """Return « Énoncé de partenariat — Mieux-être », or the one of the two there is."""
    return " — ".join(part for part in (agreement.kind.strip(), agreement.title.strip()) if part)


def running_title(agreement: Agreement) -> str:
    """Return what stands above the later pages: title, version and date; a long title is cut behind a word."""
    title, said = " ".join((agreement.title or document_name(agreement)).split()), facts_line(agreement)
    room = max(_RUNNING - len(said) - 3, 20) if said else _RUNNING
    if len(title) > room:
        title = title[:room].rsplit(" ", 1)[0].rstrip(" ,;:–—-")[: room - 1] + "…"
    return " · ".join(filter(None, (title, said)))


def numbered_heading(section: Section) -> str:
    """Return the heading of a section with its number, if it has one: « 3. Vision et buts communs »."""
    return f"{section.label}. {section.heading}" if section.number else section.heading


def facts_line(agreement: Agreement) -> str:
    """Return the line under the title: « Ébauche 3 · 22 novembre 2026 »."""
    return " · ".join(part for part in (typographic(agreement.standing), agreement.date.strip()) if part)


def run_text(run: Run) -> str:
    """Return the text of a run; a hole stands in square brackets, so that it reads as one without colour."""
    if not run.hole or run.text.startswith("["):
        return run.text
    return f"[{run.text.strip('«» ' + chr(0xA0) + chr(0x202F))}]"


def runs_text(runs: Runs) -> str:
    """Return the words of runs on one line, without their styles."""
    return "".join(run_text(run).replace("\n", " ") for run in runs)


def last_change_day(agreement: Agreement) -> datetime:
    """Return the day of the last change at midnight, for metadata; 1980-01-01 (ZIP's first day) when there is none."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", agreement.iso_date)
    if not found:
        return datetime(1980, 1, 1)
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        return datetime(year, month, day)
    except ValueError:
        return datetime(1980, 1, 1)
