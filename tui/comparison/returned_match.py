"""A returned text, pasted or in a file, matched to the version and the language it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path, PurePath

from tui.agreement.bilingual import both, unmarked
from tui.agreement.blocks import (
    NOWHERE,
    Agreement,
    Block,
    ListBlock,
    NotASnapshot,
    Origin,
    Paragraph,
    Signature,
    Subheading,
    Table,
    from_json,
)
from tui.agreement.compose import Composer
from tui.comparison.returned_diff import Difference, OriginalLine, ReturnedLine, match_lines
from tui.comparison.returned_word_file import LARGEST, CannotRead, Returned, read_word
from tui.export.page_layout import facts, flat, heading, wording
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.named_files import RefusedFile, read_named
from tui.partnership.partners import WHO
from tui.partnership.values import Partnership
from tui.partnership.versions import Version
from tui.text.clean import clean
from tui.text.word_diff import keys

_TITLE, _NAME = ("extra.title", "own"), ("extra.name", "name")
_NUMBER = re.compile(r"\d+\. ")  # of a heading, which plain text cannot tell from that of an item
_TEXTS = ("line", "prose", "effort")


def agreement_lines(guide: Guide, agreement: Agreement, *, by_row: bool = False) -> list[OriginalLine]:
    """The lines of an agreement in reading order; with `by_row` a row of a table is one line, else each cell is."""
    return [one for part in agreement.parts for one in _Told(guide, part, by_row).all()]


def with_origins(
    told: Sequence[OriginalLine], lines: Sequence[ReturnedLine], *, bare: bool = False
) -> list[OriginalLine]:
    """The lines of our text in some format, each with what is known of it; one that only the format has comes from
    nowhere."""
    found = [OriginalLine(line.text) for line in lines]
    said = [_NUMBER.sub("", one.text, count=1) if bare else one.text for one in told]
    matcher = SequenceMatcher(None, list(map(keys, said)), [keys(one.text) for one in lines], autojunk=False)
    for block in matcher.get_matching_blocks():
        for at in range(block.size):
            found[block.b + at] = replace(told[block.a + at], text=lines[block.b + at].text)
    before = OriginalLine("")
    for at, one in enumerate(found):
        if not one.heading:
            found[at] = replace(one, section=before.section, heading=before.heading, lang=before.lang)
        before = found[at]
    return found


class _Told:
    """Tells the lines of one agreement."""

    def __init__(self, guide: Guide, agreement: Agreement, by_row: bool) -> None:
        self._guide, self._agreement, self._by_row = guide, agreement, by_row
        self._section, self._heading = "", agreement.kind

    def all(self) -> Iterator[OriginalLine]:
        """Front, preamble and sections."""
        agreement = self._agreement
        names = {flat(block.runs): block.origin for one in agreement.sections for block in _named(one.blocks)}
        yield self._line(agreement.kind, Origin(_TITLE[0], _TITLE[1], _TITLE[0]))
        yield self._line(agreement.title, Origin(_NAME[0], _NAME[1], _NAME[0]))
        words = wording(agreement)
        yield self._line(words.between + words.colon)
        for name in () if agreement.parties else agreement.partners:
            where = next((origin for text, origin in names.items() if text.startswith(name)), NOWHERE)
            yield self._line(name, where)
        yield replace(self._line(facts(agreement)), drawn=True)
        yield from self._blocks(agreement.preamble)
        for section in agreement.sections:
            self._section, self._heading = section.id, heading(section)
            yield self._line(self._heading)
            yield from self._blocks(section.blocks)

    def _line(self, text: str, origin: Origin = NOWHERE, *, whole: bool = False) -> OriginalLine:
        return OriginalLine(text, origin, self._section, self._heading, self._agreement.lang, whole)

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[OriginalLine]:
        for block in blocks:
            match block:
                case Paragraph() | Subheading():
                    hole = len(block.runs) == 1 and block.runs[0].hole
                    yield self._line(flat(block.runs), block.origin, whole=hole)
                case ListBlock():
                    for item in block.items:
                        for one in self._blocks(item.blocks):
                            yield replace(one, origin=item.origin) if one.origin == NOWHERE else one
                case Table():
                    yield from self._table(block)
                case Signature():
                    yield from self._signature(block)

    def _table(self, table: Table) -> Iterator[OriginalLine]:
        if self._by_row:
            yield self._line(" ".join(map(flat, table.head)))
            for row in table.rows:
                yield self._line(" ".join(map(flat, row.cells)), row.origin)
            return
        for cell in table.head:
            yield replace(self._line(flat(cell)), cell=True)
        for row in table.rows:
            for at, cell in enumerate(row.cells):
                field = row.fields[at] if at < len(row.fields) else row.origin.field if at == 0 else ""
                origin = replace(row.origin, field=field)
                yield replace(self._line(flat(cell), origin, whole=not self._typed(origin)), cell=True)

    def _typed(self, origin: Origin) -> bool:
        """Whether the field is one of text, whose words can be changed one by one."""
        question = self._guide.by_id.get(origin.question)
        fields = [field for part in question.parts for field in part.fields] if question is not None else []
        kinds = {field.kind for field in fields if field.id == origin.field}
        return not kinds or bool(kinds & set(_TEXTS))

    def _signature(self, block: Signature) -> Iterator[OriginalLine]:
        partner = block.origin.entry
        yield self._line(block.partner, Origin(partner, "name", WHO, partner))
        for text, origin in ((block.authorisation, block.origin), (block.note, NOWHERE)):
            if text:
                yield self._line(text, origin)
        for one in block.signatories:
            place = f"{block.place_label} {'_' * 20}, {block.date_label} {'_' * 20}" if block.place_label else ""
            for text in (place, block.signature_label, block.date_label, ", ".join(filter(None, (one.name, one.title))),
                         block.name_label):  # fmt: skip
                if text:
                    yield self._line(text)


def _named(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The paragraphs that begin with a partner's name."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from (one for one in item.blocks if isinstance(one, Paragraph) and one.origin.question == WHO)


__all__ = ["CannotRead", "MatchedText", "Returned", "lay_beside", "read_back", "read_returned"]

_LATEST = 6  # versions that are looked at: what comes back answers one of the last
_SHARE = 0.3  # of the lines of a language that must be there for a text to be in that language too
_OTHERS = (b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # PDF, Word before 2007 or with a password, rich text


@dataclass(frozen=True, slots=True)
class MatchedText:
    """What came of it: the differences, and the text of ours they are with, of a version or (None) the present one."""

    differences: tuple[Difference, ...]
    agreement: Agreement
    version: Version | None
    author: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The language or languages of the text."""
        return tuple(part.lang for part in self.agreement.parts)


def read_returned(path: Path) -> bytes:
    """The bytes of a file that came back. CannotRead for a folder, a pipe or a device, OSError when it is not there."""
    if path.is_dir():
        raise CannotRead(_("“{name}” is a folder: name the file that came back.").format(name=path.name))
    try:
        return read_named(path, LARGEST)
    except RefusedFile as error:
        raise CannotRead(str(error)) from error


def read_back(data: bytes, name: str = "") -> Returned:
    """What came back, as bytes: a Word file, or plain text in UTF-8 or the Windows code page. CannotRead if neither."""
    if data[:4] == b"PK\x03\x04" or PurePath(name).suffix.lower() == ".docx":
        return read_word(data)
    if data.startswith(_OTHERS) or b"\0" in data[:4096]:
        called = PurePath(name).name or _("This file")
        raise CannotRead(
            _("“{name}” cannot be read. Ask for a .docx file without a password, or paste its text.").format(
                name=called
            )
        )
    if len(data) > LARGEST:
        raise CannotRead(_("This file is too large to be an agreement ({size} MB).").format(size=len(data) // 10**6))
    return Returned(read_text(_decoded(data)))


def _decoded(data: bytes) -> str:
    for code in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def lay_beside(
    guide: Guide,
    partnership: Partnership,
    versions: Sequence[Version],
    returned: Returned,
    base: Agreement | None = None,
) -> MatchedText:
    """Lay what came back beside `base`, else beside the version it is nearest to, the latest of the equally near."""
    version: Version | None = None
    returned = replace(returned, lines=tuple(replace(one, text=unmarked(guide, one.text)) for one in returned.lines))
    agreement = base
    if agreement is None:
        version, agreement = _nearest(guide, partnership, versions, returned.lines)
    ours = _best(guide, agreement, returned.lines, word=returned.word)
    found = match_lines(ours, returned.lines)
    signed = tuple(one if one.author else replace(one, author=returned.author) for one in found)
    return MatchedText(signed, agreement, version, returned.author)


def _nearest(
    guide: Guide, partnership: Partnership, versions: Sequence[Version], lines: Sequence[ReturnedLine]
) -> tuple[Version | None, Agreement]:
    """The version, and the text of it in the language or languages that came back."""
    theirs = {keys(line.text): at for at, line in reversed(list(enumerate(lines)))}
    best: tuple[int, Version | None, Agreement] | None = None
    for version in (None, *reversed(versions[-_LATEST:])):
        texts = dict(_texts(guide, partnership, version))
        shared = {lang: _lines_of(guide, text) for lang, text in texts.items()}
        for lang, text in texts.items():
            score = len(shared[lang] & theirs.keys())
            other = next((one for one in texts if one != lang), lang)
            own, its = shared[lang] - shared[other], shared[other] - shared[lang]
            here, there = ([theirs[line] for line in found if line in theirs] for found in (own, its))
            if own and its and min(len(here) / len(own), len(there) / len(its)) > _SHARE and min(here) < min(there):
                score += len(there)
                text = both(guide, text, texts[other])
            if best is None or score > best[0] or (score == best[0] and best[1] is None and version is not None):
                best = score, version, text
    assert best is not None
    return best[1], best[2]


def _lines_of(guide: Guide, text: Agreement) -> set[tuple[str, ...]]:
    return {keys(one.text) for one in agreement_lines(guide, text)}


def _texts(guide: Guide, partnership: Partnership, version: Version | None) -> Iterator[tuple[str, Agreement]]:
    """The texts of a version by language; None is the present one."""
    if version is None:
        composer = Composer(guide)
        first = "en" if partnership.setting("lang", "fr") == "en" else "fr"
        for lang in (first, "fr" if first == "en" else "en"):
            yield lang, composer.agreement(partnership, lang)
        return
    for lang in ("fr", "en"):
        try:
            yield lang, from_json(version.snapshots.get(lang))
        except NotASnapshot:
            continue


def _best(guide: Guide, agreement: Agreement, lines: Sequence[ReturnedLine], *, word: bool) -> list[OriginalLine]:
    """Our lines in the form that what came back is likest to: a Word file, a text file, a copy, Markdown."""
    from tui.export import markdown_text, plain_text, word_document

    cells, rows = agreement_lines(guide, agreement), agreement_lines(guide, agreement, by_row=True)
    written = read_word(word_document.write(agreement).data).lines
    if word:
        return with_origins(cells, written)
    forms = [with_origins(cells, read_text("\n\n".join(line.text for line in written)), bare=True)]
    texts = (plain_text.to_text(agreement), plain_text.to_text(agreement, None), markdown_text.to_markdown(agreement))
    forms += [with_origins(rows, read_text(text), bare=True) for text in texts]
    theirs = {keys(line.text) for line in lines}
    return max(forms, key=lambda form: sum(keys(one.text) in theirs for one in form) / max(len(form), 1))


_RULE = re.compile(r"[\s|:*_=#-]*")  # lines of dashes, equal signs or stars: they are drawn, not said
_BULLET = re.compile(r"(?:[-–—*+•◦▪‣·>]|\d{1,3}[.)])\s+")
_HEADING = re.compile(r"#{1,6}\s+")
_LONGEST_LINE = 100  # cells: text with longer lines is not wrapped


def read_text(text: str) -> tuple[ReturnedLine, ...]:
    """The paragraphs and items of a plain text or of Markdown, without the signs that only draw."""
    return tuple(ReturnedLine(one) for one in _paragraphs(clean(text).split("\n")))


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines that had been wrapped are one again: a line ended there because the next word had no room."""
    longest = max(map(len, lines), default=0)
    width = longest if longest <= _LONGEST_LINE else 0
    held, last = "", ""
    for raw in (*lines, ""):
        line = raw.strip()
        if _RULE.fullmatch(line):
            if held:
                yield held
            held = last = ""
            continue
        first = line.split(maxsplit=1)[0]
        goes_on = held and width and not _BULLET.match(line) and len(last.rstrip()) + 1 + len(first) > width
        if not goes_on and held:
            yield held
            held = ""
        bare = line if goes_on else _bare(line)
        held, last = f"{held} {bare}" if goes_on else bare, raw


def _bare(line: str) -> str:
    """The words of a line: without bullet, marks of a heading or bars of a table."""
    line = _HEADING.sub("", _BULLET.sub("", line, count=1), count=1)
    if line.startswith("|") and line.endswith("|"):
        line = " ".join(cell.strip() for cell in line.strip("|").split("|"))
    return line.strip()
