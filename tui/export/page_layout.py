"""What the writers of Word, PDF, HTML, Markdown and text share: widths of columns, page breaks, words of the page."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime

from tui.agreement.blocks import Agreement, Block, Paragraph, Run, Runs, Section, Signature, Table
from tui.fast_dataclass import dataclass
from tui.text.right_to_left import with_direction_marks
from tui.text.typography import curl_apostrophes

# A cell of a column of amounts: « 1 500,00 $ », « 10–20 % », « 12 h », "$1,500", « — » or nothing.
_AMOUNT = re.compile(r"[\d\s.,–-]*\d[\d\s.,]*(?:\s?[$€%]|\s?h)?|[$€]\s?[\d\s.,]+|—|-|")

# Widths of columns are counted in letters of 10 points, in a font of the wider kind.
_TABLE_LETTERS = 84  # in a table as wide as the page
_PADDING = 2  # the space beside the words of a cell
_BOLD_FACTOR = 1.25  # factor for the bold letters of a head, which an organisation's own font may make wide
_MAX_WORD = 24  # longer words are broken in a cell (`break_long_words`)
_MIN_COLUMN, _MAX_COLUMN = 8, 42  # a column is no narrower, and no wider unless a word needs it
_HANDWRITING = 10  # what each column of a table to be filled in by hand gets beside its words
_WORDS_OF_CELL = re.compile(r"[ \t\n]+|(?<=-)(?=\w)")  # where a line may break: never at a no-break space


def column_shares(table: Table) -> list[float]:
    """Return each column's share of a table's width; the shares add up to 1.

    Each column has room for its longest word (`needed`); the rest is shared in proportion to what the columns would
    take beyond that for their longest text (`wanted`).
    """
    columns = [
        [runs_text(cell).strip() for cell in column]
        for column in zip(table.head, *(row.cells for row in table.rows), strict=True)
    ]
    needed, wanted = [], []
    for column in columns:
        head, *texts = column
        longest_word = max((len(word) for text in texts for word in _WORDS_OF_CELL.split(text)), default=0)
        longest_head_word = max((len(word) for word in _WORDS_OF_CELL.split(head)), default=0)
        word = max(longest_word, math.ceil(longest_head_word * _BOLD_FACTOR))
        needed.append(max(min(word, _MAX_WORD) + _PADDING, _MIN_COLUMN))
        longest_text = math.ceil(max(map(len, column), default=0) * _BOLD_FACTOR) + _PADDING  # « La MRC » on one line
        wanted.append(max(min(longest_text, _MAX_COLUMN), needed[-1]))
    if table.tall:  # a table that is printed to be filled in by hand
        wanted = [need + _HANDWRITING for need in needed]
    spare, wanted_more = _TABLE_LETTERS - sum(needed), sum(wanted) - sum(needed)
    if spare < 0 or not wanted_more:  # Without room for the longest words, all columns shrink by the same factor.
        return [number / sum(needed) for number in needed]
    widths = [need + spare * (want - need) / wanted_more for need, want in zip(needed, wanted, strict=True)]
    return [width / sum(widths) for width in widths]


def is_amount_column(table: Table, column: int) -> bool:
    """Return whether a column holds amounts only, so that it is aligned to the right."""
    if column == 0:  # it names the row
        return False
    texts = [runs_text(row.cells[column]).strip() for row in table.rows]
    return any(any(map(str.isdigit, text)) for text in texts) and all(map(_AMOUNT.fullmatch, texts))


_MAX_SIGNING_TOGETHER = 4  # the lines to sign on of so many people fit on one page with the text above them
_ABOVE_SIGNATURES = 4  # paragraphs above the first signature that stay on its page


def with_keep_flags(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield (block, whether it stays on the page of the next block).

    A lead (a line above a list) stays, and the paragraphs right above the first signature. If few people sign, their
    signatures all stay together; of more people the last two do, so that none is alone on a page.
    """
    all_blocks = list(blocks)
    signatures = [block for block in all_blocks if isinstance(block, Signature)]
    few_sign = sum(len(block.signatories) for block in signatures) <= _MAX_SIGNING_TOGETHER
    first_signature = next((at for at, item in enumerate(all_blocks) if isinstance(item, Signature)), 0)
    for at, block in enumerate(all_blocks):
        if isinstance(block, Signature):
            next_block = all_blocks[at + 1] if at + 1 < len(all_blocks) else None
            has_signature_below = isinstance(next_block, Signature) and not next_block.page
            yield block, has_signature_below and (few_sign or block is signatures[-2])
        else:
            is_above_signature = first_signature - _ABOVE_SIGNATURES <= at < first_signature
            yield block, isinstance(block, Paragraph) and (block.lead or is_above_signature)


def place_and_date_line(block: Signature, blank: str) -> str:
    """Return « Signé à ____, le ____ », the line above a signature; `blank` is its ruled space.

    "" for a text stored by an early release, which had no such line.
    """
    return f"{block.place_label} {blank}, {block.date_label} {blank}" if block.place_label else ""


JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")  # they join characters, as in an emoji: no break before them
_LONG = re.compile(r"\S{31,}")
_LONG_IN_CELL = re.compile(r"\S{25,}")
_BREAK_EVERY, _BREAK_EVERY_IN_CELL = 24, 8  # characters between two places to break


def break_long_words(text: str, *, in_cell: bool = False) -> str:
    """Return `text` with U+200B (a place to break the line) inside its very long words, and direction marks.

    Such a place comes every 24 characters in words longer than 30; in the cell of a table every 8 in words longer than
    24.
    """
    pattern, break_every = (_LONG_IN_CELL, _BREAK_EVERY_IN_CELL) if in_cell else (_LONG, _BREAK_EVERY)
    return pattern.sub(lambda match: _broken(match[0], break_every), with_direction_marks(text))


def _broken(word: str, break_every: int) -> str:
    """Return a word with U+200B after each `break_every` characters, never before a joiner or an accent."""
    pieces, letters_since_break = [], 0
    for letter in word:
        if letters_since_break >= break_every and letter not in JOINERS and not unicodedata.combining(letter):
            pieces.append("\u200b")
            letters_since_break = 0
        pieces.append(letter)
        letters_since_break += 1
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of one document language."""

    between: str  # above the list of partners
    colon: str  # with the space that goes before it in French
    attached: str  # sentence of a mail; `{document}` is the document's name
    language: str  # its own name


_MAX_RUNNING_TITLE = 84  # letters
_MIN_CUT_TITLE = 20  # letters of the title that are left, whatever stands after it

_WORDS = {
    "fr": Wording("Entre", "\u00a0:", "Vous trouverez ci-joint\u00a0: {document}.", "Français"),
    "en": Wording("Between", ":", "Please find attached: {document}.", "English"),
}


_QUOTES_AND_SPACES = "«» \u00a0\u202f"


def wording(agreement: Agreement) -> Wording:
    """Return the words of the agreement's language; any language but French gets the English ones."""
    return _WORDS["fr" if agreement.lang == "fr" else "en"]


def language_tag(agreement: Agreement) -> str:
    """Return the language tag of the document, with its region (« fr-CA »): BCP 47, for w:lang, lang= and PDF."""
    return agreement.region or {"fr": "fr-CA", "en": "en-CA"}.get(agreement.lang, agreement.lang)


def is_us_letter(agreement: Agreement) -> bool:
    """Return whether the document's region prints on US Letter; all others print on A4."""
    return language_tag(agreement).endswith(("-CA", "-US"))


def document_name(agreement: Agreement) -> str:
    """Return kind and title, « Énoncé de partenariat — Mieux-être », or whichever of them is not empty."""
    return " — ".join(part for part in (agreement.kind.strip(), agreement.title.strip()) if part)


def running_title(agreement: Agreement) -> str:
    """Return the line above the second and later pages: title, version and date; a long title is cut after a word."""
    title, facts = " ".join((agreement.title or document_name(agreement)).split()), facts_line(agreement)
    separator = " · "
    room = _MAX_RUNNING_TITLE
    if facts:
        room = max(room - len(facts) - len(separator), _MIN_CUT_TITLE)
    if len(title) > room:
        title = title[:room].rsplit(" ", 1)[0].rstrip(" ,;:–—-")[: room - 1] + "…"
    return separator.join(filter(None, (title, facts)))


def numbered_heading(section: Section) -> str:
    """Return the heading of a section with its number, if it has one: « 3. Vision et buts communs »."""
    return f"{section.label}. {section.heading}" if section.number else section.heading


def facts_line(agreement: Agreement) -> str:
    """Return the line under the title: « Ébauche 3 · 22 novembre 2026 »."""
    return " · ".join(part for part in (curl_apostrophes(agreement.standing), agreement.date.strip()) if part)


def run_text(run: Run) -> str:
    """Return the text of a run; a hole (a missing answer) is put in square brackets: « [à préciser] »."""
    if not run.hole or run.text.startswith("["):
        return run.text
    return f"[{run.text.strip(_QUOTES_AND_SPACES)}]"


def runs_text(runs: Runs) -> str:
    """Return the text of runs on one line, without their styles."""
    return "".join(run_text(run).replace("\n", " ") for run in runs)


def last_change_day(agreement: Agreement) -> datetime:
    """Return the day of the last change at midnight, for metadata; 1980-01-01 (ZIP's first day) when there is none."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", agreement.iso_date)
    if not match:
        return datetime(1980, 1, 1)
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return datetime(year, month, day)
    except ValueError:
        return datetime(1980, 1, 1)
